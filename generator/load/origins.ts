/** Remembers which file every object came from, so that positions survive bundling. */
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import type { Json } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import type { LoadedFile } from "./resolver.ts";
import type { SourceText } from "./source-text.ts";

interface Origin {
  readonly text: SourceText;
  /** The object it stands in, and under which name; absent for the root of a file. */
  readonly parent?: object;
  readonly key?: string;
}

/** Bundling moves and changes objects but keeps their identity, so identity leads back to the file. */
export class Origins {
  readonly #origins = new WeakMap<object, Origin>();

  /** Records every object of a file. Call it before bundling. */
  record(file: LoadedFile): void {
    if (typeof file.value !== "object" || file.value === null) return;
    this.#origins.set(file.value, { text: file.text });
    const open: object[] = [file.value];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const [key, value] of Object.entries(node) as [string, unknown][]) {
        if (typeof value !== "object" || value === null) continue;
        this.#origins.set(value, { text: file.text, parent: node, key });
        open.push(value);
      }
    }
  }

  /** Where the author wrote the node at `pointer` of the bundled `root`; the nearest recorded ancestor where it is new. */
  locate(root: Json, pointer: string): SourceLocation | undefined {
    let node: unknown = root;
    let known: object | undefined;
    let rest: string[] = [];
    for (const token of pointerTokens(pointer)) {
      if (typeof node === "object" && node !== null && this.#origins.has(node)) {
        known = node;
        rest = [];
      }
      rest.push(token);
      // Own members only: a token such as `constructor` must not lead into the prototype.
      node =
        typeof node === "object" && node !== null && Object.hasOwn(node, token)
          ? Reflect.get(node, token)
          : undefined;
    }
    if (typeof node === "object" && node !== null && this.#origins.has(node)) {
      known = node;
      rest = [];
    }
    return known === undefined ? undefined : this.#place(known, rest);
  }

  #place(node: object, rest: readonly string[]): SourceLocation | undefined {
    const tokens: string[] = [...rest];
    let origin = this.#origins.get(node);
    for (; origin?.parent !== undefined; origin = this.#origins.get(origin.parent))
      tokens.unshift(origin.key ?? "");
    return origin?.text.locate(tokens);
  }
}
