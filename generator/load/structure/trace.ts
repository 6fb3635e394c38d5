/** The way back from a document that was repaired to the bundle that it was made from. */
import { joinPointer, pointerTokens } from "../../json/pointer.ts";

export class Trace {
  /** Lists that lost items: by their pointer in the bundle, the index that each item had. */
  readonly #lists = new Map<string, readonly number[]>();
  /** What was put in place of a reference: by the pointer of the reference, where it came from. */
  readonly #copies = new Map<string, string>();

  list(pointer: string, indices: readonly number[]): void {
    this.#lists.set(pointer, indices);
  }

  copy(pointer: string, from: string): void {
    this.#copies.set(pointer, from);
  }

  /** The pointer into the bundle of what is at `pointer` in the repaired document. */
  origin(pointer: string): string {
    if (this.#lists.size + this.#copies.size === 0) return pointer;
    let at = "";
    for (const token of pointerTokens(pointer)) {
      const index = this.#lists.get(at)?.[Number(token)];
      at = joinPointer(at, index === undefined ? token : String(index));
      at = this.#copies.get(at) ?? at;
    }
    return at;
  }
}
