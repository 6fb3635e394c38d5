/** How deep parsed JSON may be nested before it is worth refusing. */

/** Deeper than any message needs, and shallower than what exhausts a stack. */
export const maxDepth = 100;

/** Looks with a list of its own, so that the measuring cannot exhaust the stack either. */
export function isTooDeep(root: unknown): boolean {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap(membersOf);
  }
  return false;
}

function membersOf(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
