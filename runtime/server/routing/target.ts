/** Takes the target of a request apart (RFC 9112 §3.2). */

/** `path` below the base path; `undefined` where the target lies outside of it. */
export function splitTarget(
  target: string,
  basePath: string,
): { readonly path: string | undefined; readonly query: string } {
  const origin = target.startsWith("/") ? target : originForm(target);
  const mark = origin.indexOf("?");
  const path = mark === -1 ? origin : origin.slice(0, mark);
  const query = mark === -1 ? "" : origin.slice(mark + 1);
  if (basePath === "") return { path, query };
  const inside =
    path.startsWith(basePath) && (path.length === basePath.length || path[basePath.length] === "/");
  return { path: inside ? path.slice(basePath.length) : undefined, query };
}

/** The path and query of the absolute form that proxies send (RFC 9112 §3.2.2). */
function originForm(target: string): string {
  const authority = target.indexOf("://");
  const slash = authority === -1 ? -1 : target.indexOf("/", authority + 3);
  return slash === -1 ? "" : target.slice(slash);
}
