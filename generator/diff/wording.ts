/** How findings name things: lists that stay short, names that cannot break the sentence. */

/** Names that a list shows before it counts the rest. */
const shown = 3;

/** A name in backticks, without backticks of its own. */
export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "'")}\``;
}

/** `` `a` ``, `` `a` and `b` ``, `` `a`, `b`, `c` and 4 more ``. */
export function listed(names: readonly string[]): string {
  const visible = names.length > shown + 1 ? names.slice(0, shown) : names;
  const parts = visible.map(quoted);
  if (visible.length < names.length) parts.push(`${names.length - visible.length} more`);
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/** ` in `getBroadcast` and 2 more`: the operations, where there are few; their number, where there are many. */
export function inOperations(operations: readonly string[]): string {
  if (operations.length === 0) return "";
  return operations.length <= 2 ? ` in ${listed(operations)}` : ` in ${operations.length} operations`;
}

/** `1 operation`, `2 operations`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
