/** Gathers what many operations have in common, so that one finding can name them all. */

export interface Group<Key> {
  readonly key: Key;
  /** In the order in which they came. */
  readonly operations: readonly string[];
}

/** Collects operations under keys. */
export class Groups<Key> {
  readonly #groups = new Map<string, { key: Key; operations: string[] }>();

  /** Returns the key that the group has: that of the first who came. */
  add(id: string, key: Key, operation: string): Key {
    const group = this.#groups.get(id) ?? { key, operations: [] };
    this.#groups.set(id, group);
    if (!group.operations.includes(operation)) group.operations.push(operation);
    return group.key;
  }

  get all(): readonly Group<Key>[] {
    return [...this.#groups.values()];
  }
}
