/** Adds to a list what another holds, however much that is: as arguments, a hundred thousand items overflow the stack. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
