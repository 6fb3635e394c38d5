/** The paths that a server serves an API below: of the document's first server, and of operations with one of their own. */
import type { ApiModel, ApiServer, Operation } from "../../model/api-model.ts";

/** What the paths of all servers begin with, whole segments each, without a slash at the end. */
export function basePath({ servers, operations }: ApiModel): string {
  const paths = [pathOf(servers[0]), ...operations.flatMap((operation) => ownPath(operation) ?? [])];
  const [first = [], ...others] = paths.map((path) => path.split("/"));
  const different = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  return (different === -1 ? first : first.slice(0, different)).join("/");
}

/** What stands between the base path and the path of the operation. */
export function prefixOf({ servers }: ApiModel, operation: Operation, base: string): string {
  return (ownPath(operation) ?? pathOf(servers[0])).slice(base.length);
}

function ownPath({ servers }: Operation): string | undefined {
  return servers?.[0] === undefined ? undefined : pathOf(servers[0]);
}

/** Variables take their defaults. */
function pathOf(server: ApiServer | undefined): string {
  const url = server?.defaultUrl ?? "";
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/[?#].*$/, "");
  return path.startsWith("/") ? path.replace(/\/+$/, "") : "";
}
