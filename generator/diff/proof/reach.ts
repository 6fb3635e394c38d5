/** Which schemas lead to a component. */
import { append } from "../../json/append.ts";
import { asObject, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";

/** Follows references in one document; each component's own references are read once. */
export class Reach {
  readonly #document: JsonObject;
  readonly #refs = new Map<string, readonly string[]>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Does `value`, through any number of references, lead to `component` (`/components/schemas/Name`) or a place below? */
  leads(value: unknown, component: string): boolean {
    const seen = new Set<string>();
    const open = [...refsOf(value)];
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (ref === component || ref.startsWith(`${component}/`)) return true;
      if (seen.has(ref)) continue;
      seen.add(ref);
      append(open, this.#below(ref));
    }
    return false;
  }

  #below(ref: string): readonly string[] {
    const known = this.#refs.get(ref) ?? refsOf(asObject(resolvePointer(this.#document, ref)));
    this.#refs.set(ref, known);
    return known;
  }
}

function refsOf(value: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [name, member] of Object.entries(node)) {
      if (name === "$ref" && typeof member === "string") found.add(refPointer(member) ?? "");
      else visit(member);
    }
  };
  visit(value);
  return [...found];
}
