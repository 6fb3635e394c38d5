/** A document that overlays change, which knows for every node which file it comes from. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";

/** A place in the document itself (`file` undefined) or in an overlay. */
export interface Origin<File> {
  readonly file: File | undefined;
  readonly tokens: readonly string[];
}

/** Values are copied where they change, so what they were made of stays as it is. */
export class OverlaidDocument<File> {
  #root: JsonObject;
  /** By object: the members that do not come from where the object comes from. */
  readonly #members = new Map<object, Map<string, Origin<File>>>();

  constructor(root: JsonObject) {
    this.#root = root;
  }

  get root(): JsonObject {
    return this.#root;
  }

  /** Where the node at `tokens` comes from; what does not exist comes from where its parent does. */
  origin(tokens: readonly string[]): Origin<File> {
    let node: Json | undefined = this.#root;
    let origin: Origin<File> = { file: undefined, tokens: [] };
    for (const token of tokens) {
      origin = this.#originOf(node, origin, token);
      node = memberOf(node, token);
    }
    return origin;
  }

  /**
   * Merges `update` into the node: objects member by member, lists one behind the other, anything else is replaced
   * (Overlay 1.0 §4.4.3.1). To a list at the target itself, `update` is added as an item.
   */
  update(tokens: readonly string[], update: Json, from: Origin<File>): void {
    this.#change(tokens, (node) =>
      isArray(node) ? this.#appended(node, [update], () => from) : this.#merged(node, update, from),
    );
  }

  /** Takes the node out of its parent. */
  remove(tokens: readonly string[]): void {
    const last = tokens.at(-1);
    if (last === undefined) return;
    const parent = this.origin(tokens.slice(0, -1));
    this.#change(tokens.slice(0, -1), (node) => {
      if (!isArray(node)) {
        return isObject(node) && Object.hasOwn(node, last)
          ? this.#copied(node, Object.fromEntries(Object.entries(node).filter(([name]) => name !== last)))
          : node;
      }
      const kept = node.map((item, index) => ({ item, index })).filter(({ index }) => String(index) !== last);
      const copy = kept.map(({ item }) => item);
      const moved = kept.map(({ index }, at): [string, Origin<File>] => [
        String(at),
        this.#originOf(node, parent, String(index)),
      ]);
      this.#members.set(copy, new Map(moved));
      return copy;
    });
  }

  #originOf(node: Json | undefined, origin: Origin<File>, token: string): Origin<File> {
    const own = typeof node === "object" && node !== null ? this.#members.get(node)?.get(token) : undefined;
    return own ?? { file: origin.file, tokens: [...origin.tokens, token] };
  }

  #change(tokens: readonly string[], change: (node: Json) => Json): void {
    const set = (node: Json, depth: number): Json => {
      const token = tokens[depth];
      if (token === undefined) return change(node);
      if (isArray(node)) {
        const copy = node.map((item, index) => (String(index) === token ? set(item, depth + 1) : item));
        return this.#copied(node, copy);
      }
      if (!isObject(node) || !Object.hasOwn(node, token)) return node;
      const entries = Object.entries(node).map(([name, value]): [string, Json] => [
        name,
        name === token ? set(value, depth + 1) : value,
      ]);
      return this.#copied(node, Object.fromEntries(entries));
    };
    const changed = set(this.#root, 0);
    if (isObject(changed)) this.#root = changed;
  }

  #merged(node: Json, update: Json, from: Origin<File>): Json {
    const below = (name: string): Origin<File> => ({ file: from.file, tokens: [...from.tokens, name] });
    if (isArray(node) && isArray(update))
      return this.#appended(node, update, (index) => below(String(index)));
    if (!isObject(node) || !isObject(update)) return update;
    const members = new Map(Object.entries(node));
    const own = new Map(this.#members.get(node) ?? []);
    for (const [name, value] of Object.entries(update)) {
      const before = members.get(name);
      const merges = (isObject(before) && isObject(value)) || (isArray(before) && isArray(value));
      members.set(name, merges ? this.#merged(before, value, below(name)) : value);
      if (!merges) own.set(name, below(name));
    }
    const copy: JsonObject = Object.fromEntries(members);
    this.#members.set(copy, own);
    return copy;
  }

  #appended(node: readonly Json[], items: readonly Json[], from: (index: number) => Origin<File>): Json {
    const copy = this.#copied(node, [...node, ...items]);
    const own = new Map(this.#members.get(copy) ?? []);
    items.forEach((_, index) => own.set(String(node.length + index), from(index)));
    this.#members.set(copy, own);
    return copy;
  }

  #copied<Copy extends object>(node: object, copy: Copy): Copy {
    const own = this.#members.get(node);
    if (own !== undefined) this.#members.set(copy, own);
    return copy;
  }
}

function memberOf(node: Json | undefined, token: string): Json | undefined {
  if (typeof node !== "object" || node === null || !Object.hasOwn(node, token)) return undefined;
  // Own members only, proved by hasOwn; arrays are indexed the same way.
  return (node as JsonObject)[token];
}
