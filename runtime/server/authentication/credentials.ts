/** Reads the credentials of each kind of security scheme off a request. */
import type { SchemeContract } from "../contract.ts";
import type { ServerRequest } from "../exchange.ts";

export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** An API key or a token, a name with a password, or for mutual TLS the request itself. */
export type Credentials = string | BasicCredentials | ServerRequest;

/** `undefined` where the request carries none of this scheme. */
export function readCredentials(scheme: SchemeContract, request: ServerRequest): Credentials | undefined {
  switch (scheme.type) {
    case "apiKey":
      return readKey(scheme, request);
    case "http":
      return scheme.scheme === "basic"
        ? readBasic(request)
        : readAuthorization(request, scheme.scheme ?? "bearer");
    case "oauth2":
    case "openIdConnect":
      return readAuthorization(request, "bearer");
    case "mutualTLS":
      return request;
  }
}

/** What `WWW-Authenticate` says about a scheme (RFC 9110 §11.6.1); an API key has no registered challenge. */
export function challenge(scheme: SchemeContract, realm: string): string | undefined {
  const quoted = `realm="${realm.replace(/[^\x20-\x7e]/g, "?").replace(/["\\]/g, "\\$&")}"`;
  if (scheme.type === "oauth2" || scheme.type === "openIdConnect") return `Bearer ${quoted}`;
  if (scheme.type !== "http" || scheme.scheme === undefined) return undefined;
  const name = scheme.scheme.charAt(0).toUpperCase() + scheme.scheme.slice(1);
  return scheme.scheme === "basic" ? `${name} ${quoted}, charset="UTF-8"` : `${name} ${quoted}`;
}

function readKey(scheme: SchemeContract, request: ServerRequest): string | undefined {
  const name = scheme.name ?? "";
  switch (scheme.in) {
    case "query":
      return new URLSearchParams(queryOf(request.target)).get(name) ?? undefined;
    case "cookie":
      return readCookie(request.header("cookie") ?? "", name);
    default: {
      const value = request.header(name.toLowerCase());
      return value === "" ? undefined : value;
    }
  }
}

function queryOf(target: string): string {
  const mark = target.indexOf("?");
  return mark === -1 ? "" : target.slice(mark + 1);
}

/** RFC 6265 §4.2.1. */
function readCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(";")) {
    const equals = pair.indexOf("=");
    if (equals !== -1 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** The part of `Authorization` after the scheme's name, which is matched without regard to case (RFC 9110 §11.1). */
function readAuthorization(request: ServerRequest, scheme: string): string | undefined {
  const value = request.header("authorization");
  if (value?.charAt(scheme.length) !== " ") return undefined;
  if (value.slice(0, scheme.length).toLowerCase() !== scheme) return undefined;
  const credentials = value.slice(scheme.length + 1).trim();
  return credentials === "" ? undefined : credentials;
}

/** RFC 7617: base64 of `name:password` in UTF-8; malformed counts as absent. */
function readBasic(request: ServerRequest): BasicCredentials | undefined {
  const encoded = readAuthorization(request, "basic");
  if (encoded === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const colon = text.indexOf(":");
    return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch {
    return undefined;
  }
}
