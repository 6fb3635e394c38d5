/** Reads the entries of a HAR file one by one, so that its size does not matter. */
import type { Json } from "../../json/json.ts";

/** Characters of one entry that are read; a longer one is passed over. */
const maxEntry = 16 * 1024 * 1024;

/**
 * Splits the text of a HAR (`{"log": {"entries": [ … ]}}`) into its entries. Anything but the array `entries` at depth two is
 * passed over.
 */
export class HarEntries {
  /** Entries that are not JSON, or too long. */
  skipped = 0;
  /** True once the file was read to the end of its outermost object, and had entries. */
  complete = false;
  #hasEntries = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The string that ended last at depth two, for the name of the member. */
  #name = "";
  #text = "";
  #entriesDepth = -1;
  /** Parts of the entry that is being read. */
  #parts: string[] | undefined;
  #length = 0;

  /** The entries that end in this piece of the text. */
  *read(chunk: string): Generator<Json> {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const character = chunk.charCodeAt(index);
      if (this.#inString) {
        this.#string(chunk, index, character);
        continue;
      }
      if (character === quote) {
        this.#inString = true;
        this.#text = "";
      } else if (character === openBrace || character === openBracket) {
        if (this.#depth === this.#entriesDepth && character === openBrace) {
          this.#parts = [];
          this.#length = 0;
          start = index;
        }
        this.#open(character);
      } else if (character === closeBrace || character === closeBracket) {
        const entry = this.#close(chunk, start, index);
        if (entry !== undefined) yield entry;
      }
    }
    this.#keep(chunk.slice(start));
  }

  #string(chunk: string, index: number, character: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === backslash) this.#escaped = true;
    else if (character === quote) {
      this.#inString = false;
      this.#name = this.#text;
    } else if (this.#depth <= 2 && this.#text.length < 16) this.#text += chunk.charAt(index);
  }

  #open(character: number): void {
    this.#depth += 1;
    const isEntries = this.#depth === 3 && character === openBracket && this.#name === "entries";
    if (!isEntries) return;
    this.#entriesDepth = 3;
    this.#hasEntries = true;
  }

  #close(chunk: string, start: number, index: number): Json | undefined {
    this.#depth -= 1;
    if (this.#depth === 0) this.complete = this.#hasEntries;
    if (this.#depth < this.#entriesDepth) this.#entriesDepth = -1;
    if (this.#depth !== this.#entriesDepth || this.#parts === undefined) return undefined;
    this.#keep(chunk.slice(start, index + 1));
    const text = this.#length > maxEntry ? undefined : this.#parts.join("");
    this.#parts = undefined;
    try {
      if (text === undefined) throw new SyntaxError("too long");
      // What is not `Json` cannot come out of `JSON.parse`.
      return JSON.parse(text) as Json;
    } catch {
      this.skipped += 1;
      return undefined;
    }
  }

  #keep(part: string): void {
    if (this.#parts === undefined) return;
    this.#length += part.length;
    // Of an entry that is too long only its end is waited for.
    if (this.#length <= maxEntry) this.#parts.push(part);
    else this.#parts = [];
  }
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];
