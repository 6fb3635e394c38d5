/** Writes JSON data as block-style YAML that readers of YAML 1.1 and of YAML 1.2 turn back into the same data. */
import { isArray, type Json, type JsonObject } from "../json/json.ts";
import { yamlKey, yamlScalar } from "./yaml-scalar.ts";

type Collection = readonly Json[] | JsonObject;

/** The digits of a number at a path, where they are not those that JavaScript writes. */
export type NumberDigits = (value: number, path: readonly string[]) => string | undefined;

/** The document as YAML: two spaces a level, no anchors, no folded lines; ends with a line feed. */
export function yamlText(root: JsonObject, digits?: NumberDigits): string {
  return isEmpty(root) ? "{}\n" : new Writer(digits).block(root, "", "");
}

class Writer {
  readonly #digits: NumberDigits | undefined;
  readonly #path: string[] = [];

  constructor(digits: NumberDigits | undefined) {
    this.#digits = digits;
  }

  /** The lines of a collection that is not empty. `first` stands before the first one, `indent` before every other. */
  block(value: Collection, indent: string, first: string): string {
    return isArray(value) ? this.#items(value, indent, first) : this.#members(value, indent, first);
  }

  #items(value: readonly Json[], indent: string, first: string): string {
    let lines = "";
    let start = first;
    for (const [index, item] of value.entries()) {
      this.#path.push(String(index));
      lines += `${start}- ${isBlock(item) ? this.block(item, `${indent}  `, "") : `${this.#inline(item, indent)}\n`}`;
      this.#path.pop();
      start = indent;
    }
    return lines;
  }

  #members(value: JsonObject, indent: string, first: string): string {
    let lines = "";
    let start = first;
    for (const name of Object.keys(value)) {
      // `name` is a key of `value`.
      const member = value[name] as Json;
      this.#path.push(name);
      lines += `${start}${yamlKey(name, indent)}`;
      lines += isBlock(member)
        ? `\n${this.block(member, `${indent}  `, `${indent}  `)}`
        : ` ${this.#inline(member, indent)}\n`;
      this.#path.pop();
      start = indent;
    }
    return lines;
  }

  #inline(value: Json, indent: string): string {
    if (typeof value === "object" && value !== null) return isArray(value) ? "[]" : "{}";
    const digits = typeof value === "number" ? this.#digits?.(value, this.#path) : undefined;
    return digits ?? yamlScalar(value, `${indent}  `);
  }
}

function isBlock(value: Json): value is Collection {
  return typeof value === "object" && value !== null && !isEmpty(value);
}

function isEmpty(value: Collection): boolean {
  return isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
