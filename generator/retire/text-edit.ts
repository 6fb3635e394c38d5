/** Edits YAML and JSON text in place: what is not edited keeps every byte, comments and order included. Pure. */
import { isMap, isScalar, isSeq, parseDocument, stringify, type Document, type Node, type Pair } from "yaml";

/** Replaces `text.slice(start, end)`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text is written in a way that cannot be edited in place. */
export class FormatError extends Error {}

/** One file, parsed for editing. */
export class EditableText {
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #isJson: boolean;
  /** As the file's first line ends. */
  readonly #newline: "\n" | "\r\n";
  readonly #edits: TextEdit[] = [];

  /** @throws FormatError for text that is not YAML. */
  constructor(text: string) {
    this.#text = text;
    this.#isJson = /^\s*[[{]/.test(text);
    this.#newline = /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
    this.#document = parseDocument(text, { logLevel: "silent" });
    const [problem] = this.#document.errors;
    if (problem !== undefined) throw new FormatError("it is not valid YAML");
  }

  /** Removes an item of a list; with the last item the member that holds the list, where that is allowed. */
  removeItem(tokens: readonly string[], options: { readonly mayEmpty: boolean }): void {
    const list = this.#node(tokens.slice(0, -1));
    const index = Number(tokens.at(-1));
    if (!isSeq(list)) throw new FormatError("a list is not written out");
    if (list.items.length === 1) {
      if (!options.mayEmpty) throw new FormatError("it is the only item of its list");
      this.#removeMember(tokens.slice(0, -1));
      return;
    }
    const item = rangeOf(list.items[index]);
    if (list.flow === true) this.#removeFromFlow(item, index === 0);
    else this.#removeLine(item);
  }

  /** Replaces a scalar. */
  setScalar(tokens: readonly string[], value: string): void {
    const node = this.#node(tokens);
    if (!isScalar(node)) throw new FormatError("a value is not a scalar");
    const [start, end] = rangeOf(node);
    this.#edits.push({ start, end, text: this.#scalar(value) });
  }

  /** Adds members at the end of a mapping; one that exists gets the new value. */
  setMembers(tokens: readonly string[], members: readonly (readonly [name: string, value: string])[]): void {
    const map = this.#node(tokens);
    if (!isMap(map)) throw new FormatError("the entry is not a mapping");
    const fresh = members.filter(([name, value]) => {
      if (!map.has(name)) return true;
      this.setScalar([...tokens, name], value);
      return false;
    });
    if (fresh.length === 0) return;
    const last = map.items.at(-1);
    if (last === undefined) throw new FormatError("the entry is empty");
    const [keyStart] = rangeOf(last.key);
    const end = last.value === null ? rangeOf(last.key)[1] : rangeOf(last.value)[1];
    this.#edits.push(
      map.flow === true ? this.#inFlow(keyStart, end, fresh) : this.#inBlock(keyStart, end, fresh),
    );
  }

  /** The text with all edits. */
  toString(): string {
    let result = this.#text;
    for (const { start, end, text } of [...this.#edits].sort((a, b) => b.start - a.start)) {
      result = result.slice(0, start) + text + result.slice(end);
    }
    return result;
  }

  #node(tokens: readonly string[]): unknown {
    let node: unknown = this.#document.contents;
    for (const token of tokens) {
      if (isMap(node)) node = node.items.find((pair) => keyOf(pair) === token)?.value;
      else if (isSeq(node)) node = node.items[Number(token)];
      else throw new FormatError("an alias or a merge stands in between");
    }
    return node;
  }

  #lineStart(at: number): number {
    return this.#text.lastIndexOf("\n", at - 1) + 1;
  }

  #lineEnd(at: number): number {
    const end = this.#text.indexOf("\n", at);
    return end === -1 ? this.#text.length : end + 1;
  }

  /** `    - code # comment`, the line end included. */
  #removeLine([start, end]: Range): void {
    const from = this.#lineStart(start);
    if (this.#text.slice(from, start).trim() !== "-") throw new FormatError("a list item shares its line");
    this.#edits.push({ start: from, end: this.#lineEnd(end), text: "" });
  }

  #removeFromFlow([start, end]: Range, isFirst: boolean): void {
    if (isFirst) {
      const after = /^\s*,\s*/.exec(this.#text.slice(end));
      this.#edits.push({ start, end: end + (after?.[0].length ?? 0), text: "" });
    } else {
      const before = /,\s*$/.exec(this.#text.slice(0, start));
      this.#edits.push({ start: start - (before?.[0].length ?? 0), end, text: "" });
    }
  }

  #removeMember(tokens: readonly string[]): void {
    const map = this.#node(tokens.slice(0, -1));
    if (!isMap(map)) throw new FormatError("the list is not a member of a mapping");
    const index = map.items.findIndex((pair) => keyOf(pair) === tokens.at(-1));
    const pair = map.items[index];
    if (pair === undefined || map.items.length === 1) throw new FormatError("the mapping would be empty");
    const [start] = rangeOf(pair.key);
    const [, end] = rangeOf(pair.value);
    if (map.flow === true) {
      this.#removeFromFlow([start, end], index === 0);
      return;
    }
    const from = this.#lineStart(start);
    if (this.#text.slice(from, start).trim() !== "") throw new FormatError("a member shares its line");
    const last = this.#text[end - 1] === "\n" ? end : this.#lineEnd(end);
    this.#edits.push({ start: from, end: last, text: "" });
  }

  #inBlock(keyStart: number, valueEnd: number, members: readonly (readonly [string, string])[]): TextEdit {
    const indent = " ".repeat(keyStart - this.#lineStart(keyStart));
    let at = this.#text[valueEnd - 1] === "\n" ? valueEnd : this.#lineEnd(valueEnd);
    // A block scalar may end in empty lines that separate it from what follows.
    while (/\n[ \t]*\r?\n$/.test(this.#text.slice(0, at))) at = this.#text.lastIndexOf("\n", at - 2) + 1;
    const lead = at > 0 && this.#text[at - 1] !== "\n" ? this.#newline : "";
    const lines = members
      .map(([name, value]) => `${indent}${name}: ${this.#scalar(value)}${this.#newline}`)
      .join("");
    return { start: at, end: at, text: lead + lines };
  }

  #inFlow(keyStart: number, valueEnd: number, members: readonly (readonly [string, string])[]): TextEdit {
    const before = this.#text.slice(this.#lineStart(keyStart), keyStart);
    const separator = before.trim() === "" ? `,${this.#newline}${before}` : ", ";
    const name = (key: string): string => (this.#isJson ? JSON.stringify(key) : key);
    const text = members.map(([key, value]) => `${separator}${name(key)}: ${this.#scalar(value)}`).join("");
    return { start: valueEnd, end: valueEnd, text };
  }

  /** A string, quoted where YAML would read something else. */
  #scalar(value: string): string {
    return this.#isJson ? JSON.stringify(value) : stringify(value, { lineWidth: 0 }).trimEnd();
  }
}

type Range = readonly [start: number, end: number];

function rangeOf(node: unknown): Range {
  // Parsed nodes have a range; a missing value (`key:`) has none, and an alias cannot be edited.
  const range = (node as Node | null | undefined)?.range;
  if (range === undefined || range === null) throw new FormatError("a value is not written out");
  return [range[0], range[1]];
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}
