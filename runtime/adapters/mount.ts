/** Where an API lives below the path that a framework has mounted it at. */

/** What becomes of paths below the mount that the API does not have: the API's own response, or the host's next route. */
export interface MountOptions {
  /** Where absent: `respond` below a base path of the API's own, `next` where it shares the root with the host. */
  readonly unrouted?: "respond" | "next";
}

/** True if the API leaves paths that it does not have to the host. */
export function leavesUnrouted(basePath: string, { unrouted }: MountOptions): boolean {
  return unrouted === undefined ? basePath === "" : unrouted === "next";
}

/**
 * The target as the API's router knows it; `undefined` where it lies outside. The base path counts from the mount; where the
 * mount ends with it already (`app.use("/v1", …)` for a base path of `/v1`), it is not asked for twice.
 *
 * @param mount the path that the framework has taken off, empty for none
 * @param rest path and query behind it
 */
export function mountedTarget(mount: string, rest: string, basePath: string): string | undefined {
  if (isWithin(rest, basePath)) return rest;
  return mount.endsWith(basePath) ? basePath + rest : undefined;
}

function isWithin(target: string, basePath: string): boolean {
  if (!target.startsWith(basePath)) return false;
  const after = target[basePath.length];
  return basePath === "" || after === undefined || after === "/" || after === "?";
}
