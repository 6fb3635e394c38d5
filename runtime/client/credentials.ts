/** Where a credential travels: one function for each kind of security scheme, so that a bundle holds only those in use. */
import type { OperationDescriptor, ApiDescriptor } from "./contract.ts";
import { setHeader } from "./headers.ts";
import type { BasicCredentials, Credentials } from "./options.ts";
import { ownValue } from "./record.ts";

/** The parts of a request that credentials go into. */
export interface Placed {
  readonly headers: Headers;
  readonly url: URL;
}

/** Puts a secret into a request. `kept` says whether the caller has seen to a header. */
export type PlaceSecret = (
  request: Placed,
  secret: string & BasicCredentials,
  kept: (header: string) => boolean,
) => void;

/** A key in a header, or all of `Authorization` for a scheme that is none of ours. What the caller set stays. */
export function headerKey(name: string): PlaceSecret {
  return ({ headers }, secret, kept) => {
    if (!kept(name)) setHeader(headers, name, secret);
  };
}

/** A key in the query. It is taken out of `response.url`. */
export function queryKey(name: string): PlaceSecret {
  return ({ url }, secret) => {
    if (!url.searchParams.has(name)) url.searchParams.append(name, secret);
  };
}

/** A key in a cookie. Browsers send their own cookies and no others. */
export function cookieKey(name: string): PlaceSecret {
  return ({ headers }, secret) => {
    const cookies = [headers.get("cookie"), `${name}=${encodeURIComponent(secret)}`];
    headers.set("cookie", cookies.filter((cookie) => cookie !== null).join("; "));
  };
}

/** RFC 6750 §2.1. */
export const bearer: PlaceSecret = (request, secret, kept) => {
  headerKey("authorization")(request, authorization("Bearer", secret), kept);
};

/** RFC 7617 §2.1: the pair is UTF-8 before it is base64. */
export const basic: PlaceSecret = (request, { username, password }, kept) => {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  const pair = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  headerKey("authorization")(request, authorization("Basic", pair), kept);
};

function authorization(scheme: string, credentials: string): string & BasicCredentials {
  // A scheme is given the kind of secret that its type in `Auth` asks for; this one is text.
  return `${scheme} ${credentials}` as string & BasicCredentials;
}

/** The secrets in use, by the name of their scheme. */
export type Secrets = ReadonlyMap<string, unknown>;

/** What was rejected with 401 last, and what came in its place, by scheme. Shared by all calls of a client. */
export type Renewals = Map<string, { readonly rejected: string; readonly fresh: Promise<unknown> }>;

/**
 * The secrets of the first alternative that the caller has all secrets of. An alternative without any counts only where
 * there is no other: whoever has a token sends it. None: the server will say so. Rejects where the caller's function does.
 */
export async function chooseSecrets(
  { security = [] }: OperationDescriptor,
  credentials: Credentials = {},
  renewals: Renewals,
): Promise<Secrets> {
  for (const names of security) {
    const secrets = new Map<string, unknown>();
    for (const name of names) {
      const given = ownValue(credentials, name);
      const asked: unknown = typeof given === "function" ? await given({ refresh: false }) : given;
      const renewal = renewals.get(name);
      const isRejected = renewal !== undefined && renewal.rejected === JSON.stringify(asked);
      const secret = isRejected ? await renewal.fresh : asked;
      if (secret) secrets.set(name, secret);
      else break;
    }
    if (names.length > 0 && secrets.size === names.length) return secrets;
  }
  return new Map();
}

/** Puts secrets where their schemes want them. */
export function placeSecrets(
  request: Placed,
  secrets: Secrets,
  { schemes }: ApiDescriptor,
  kept: (header: string) => boolean,
): void {
  for (const [name, secret] of secrets) {
    // The generated type `Auth` pairs each scheme with its kind of secret.
    ownValue(schemes, name)?.(request, secret as string & BasicCredentials, kept);
  }
}

/**
 * Asks for other secrets in place of rejected ones, once for all calls that hold the same. True if there is another one
 * now. Rejects where the caller's function does; the next call asks again then.
 */
export async function renewSecrets(
  secrets: Secrets,
  credentials: Credentials = {},
  renewals: Renewals,
): Promise<boolean> {
  let renewed = false;
  for (const [name, secret] of secrets) {
    const given = ownValue(credentials, name);
    if (typeof given !== "function") continue;
    const rejected = JSON.stringify(secret);
    let renewal = renewals.get(name);
    if (renewal?.rejected !== rejected) {
      renewal = { rejected, fresh: (async () => given({ refresh: true }))() };
      renewals.set(name, renewal);
    }
    let fresh: unknown;
    try {
      fresh = await renewal.fresh;
    } finally {
      const isNew = fresh !== undefined && JSON.stringify(fresh) !== rejected;
      if (isNew) renewed = true;
      else if (renewals.get(name) === renewal) renewals.delete(name);
    }
  }
  return renewed;
}
