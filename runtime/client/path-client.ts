/** Another spelling of a client: by path first, then method. */
import type { ApiTypes, Client, PathClient } from "./client-types.ts";
import type { CallInput } from "./options.ts";

/** `byPath(client)["/broadcasts/{id}"].GET(…)` is `client.GET("/broadcasts/{id}", …)`. */
export function byPath<Api extends ApiTypes, Id extends keyof Api["operations"]>(
  client: Client<Api, Id>,
): PathClient<Api, Id> {
  // Every client has it; its type is a set of overloads by path, which are data here.
  const request = client.request as unknown as (method: string, path: string, input?: CallInput) => unknown;
  const methodsOf = (path: string): object =>
    new Proxy({}, { get: (_target, method) => (input?: CallInput) => request(String(method), path, input) });
  // A client is not a promise: whoever awaits one asks for `then`.
  const get = (_target: object, path: string | symbol): unknown =>
    typeof path === "string" && path !== "then" ? methodsOf(path) : undefined;
  // By the types, only paths and methods of the client are asked for.
  return new Proxy({}, { get }) as PathClient<Api, Id>;
}
