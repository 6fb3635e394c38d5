/** Where a credential travels: one function for each kind of security scheme, so that a bundle holds only those in use. */
import type { OperationDescriptor, ApiDescriptor } from "./contract.ts";
import type { BasicCredentials, Credentials } from "./options.ts";
import { ownValue } from "./record.ts";

/** Puts a secret into a request; the request to send from now on. */
export type PlaceSecret = (request: Request, secret: string & BasicCredentials) => Request;

/** A key in a header, or all of `Authorization` for a scheme that is none of ours. */
export function headerKey(name: string): PlaceSecret {
  return (request, secret) => {
    request.headers.append(name, secret);
    return request;
  };
}

/** A key in the query. It becomes part of the URL, and so of `response.url`. */
export function queryKey(name: string): PlaceSecret {
  return (request, secret) => {
    const url = new URL(request.url);
    url.searchParams.append(name, secret);
    return new Request(url, request);
  };
}

/** A key in a cookie. Browsers send their own cookies and no others. */
export function cookieKey(name: string): PlaceSecret {
  return (request, secret) => {
    const cookies = [request.headers.get("cookie"), `${name}=${encodeURIComponent(secret)}`];
    request.headers.set("cookie", cookies.filter((cookie) => cookie !== null).join("; "));
    return request;
  };
}

/** RFC 6750 §2.1. */
export const bearer: PlaceSecret = (request, secret) =>
  headerKey("authorization")(request, authorization("Bearer", secret));

/** RFC 7617 §2.1: the pair is UTF-8 before it is base64. */
export const basic: PlaceSecret = (request, { username, password }) => {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return headerKey("authorization")(request, authorization("Basic", btoa(String.fromCharCode(...bytes))));
};

function authorization(scheme: string, credentials: string): string & BasicCredentials {
  // A scheme is given the kind of secret that its type in `Auth` asks for; this one is text.
  return `${scheme} ${credentials}` as string & BasicCredentials;
}

/**
 * The request with the credentials of the first alternative that the caller has all secrets of; as it is where there is
 * no such alternative, and the server will say so. Rejects where the caller's own function does.
 */
export async function authorize(
  request: Request,
  { security }: OperationDescriptor,
  { schemes }: ApiDescriptor,
  credentials: Credentials = {},
): Promise<Request> {
  let authorized = request;
  const chosen = security?.find((names) => names.every((name) => ownValue(credentials, name)));
  for (const name of chosen ?? []) {
    const given = ownValue(credentials, name);
    const secret = typeof given === "function" ? await given() : given;
    // The generated type `Auth` pairs each scheme with its kind of secret.
    authorized = ownValue(schemes, name)?.(authorized, secret as string & BasicCredentials) ?? authorized;
  }
  return authorized;
}
