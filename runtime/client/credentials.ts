/** Puts the caller's credentials where the security schemes of an operation want them. */
import type { ApiDescriptor, OperationDescriptor, SchemeDescriptor } from "./contract.ts";
import type { BasicCredentials, Credentials } from "./options.ts";
import { ownValue } from "./record.ts";

/** What goes into a request; kept apart from it until the target is known to be the API itself. */
export interface Attached {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * The credentials of the first alternative that the caller has all secrets of; none where there is no such alternative,
 * and the server will say so. Rejects where the caller's own function does.
 */
export async function attach(
  operation: OperationDescriptor,
  { schemes }: ApiDescriptor,
  credentials: Credentials,
): Promise<Attached> {
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  const chosen = operation.security?.find((names) => names.every((name) => ownValue(credentials, name)));
  for (const name of chosen ?? []) {
    const given = ownValue(credentials, name);
    const secret = typeof given === "function" ? await given() : given;
    const scheme = ownValue(schemes, name);
    if (scheme === undefined || secret === undefined) continue;
    place(scheme, typeof secret === "string" ? secret : basic(secret), headers, query);
  }
  return { headers, query };
}

function place(
  scheme: SchemeDescriptor,
  secret: string,
  headers: Record<string, string>,
  query: Record<string, string>,
): void {
  switch (scheme.in) {
    case "query":
      query[scheme.name] = secret;
      break;
    case "cookie": {
      const pair = `${scheme.name}=${encodeURIComponent(secret)}`;
      headers["cookie"] = headers["cookie"] === undefined ? pair : `${headers["cookie"]}; ${pair}`;
      break;
    }
    case "header":
      headers[scheme.name] = secret;
      break;
    case "bearer":
      headers["authorization"] = `Bearer ${secret}`;
      break;
    case "basic":
      headers["authorization"] = `Basic ${secret}`;
  }
}

/** RFC 7617 §2.1: the pair is UTF-8 before it is base64. */
function basic({ username, password }: BasicCredentials): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
}
