/** Parses JSONPath (RFC 9535): every selector and operator; no function extensions. */

export interface Segment {
  readonly descendant: boolean;
  readonly selectors: readonly Selector[];
}

export type Selector =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "wildcard" }
  | { readonly kind: "index"; readonly index: number }
  | {
      readonly kind: "slice";
      readonly start: number | undefined;
      readonly end: number | undefined;
      readonly step: number;
    }
  | { readonly kind: "filter"; readonly test: Test };

export type Test =
  | { readonly kind: "any" | "all"; readonly tests: readonly Test[] }
  | { readonly kind: "not"; readonly test: Test }
  | { readonly kind: "exists"; readonly query: Query }
  | { readonly kind: "compare"; readonly left: Operand; readonly operator: string; readonly right: Operand };

export type Operand = Query | { readonly kind: "literal"; readonly value: string | number | boolean | null };

export interface Query {
  readonly kind: "query";
  /** From the node that is tested, else from the root. */
  readonly relative: boolean;
  readonly segments: readonly Segment[];
}

/** Why a text is not a JSONPath. */
export class JsonPathError extends Error {}

const maxNesting = 50;

/** @throws JsonPathError */
export function parseJsonPath(text: string): readonly Segment[] {
  const parser = new Parser(text);
  parser.expect("$");
  const segments = parser.segments();
  parser.end();
  return segments;
}

class Parser {
  readonly #text: string;
  #at = 0;
  #nesting = 0;

  constructor(text: string) {
    this.#text = text;
  }

  segments(): Segment[] {
    const found: Segment[] = [];
    for (;;) {
      const before = this.#at;
      this.#space();
      if (this.#take("..")) {
        found.push({ descendant: true, selectors: this.#take("[") ? this.#bracket() : [this.#shorthand()] });
      } else if (this.#take(".")) found.push({ descendant: false, selectors: [this.#shorthand()] });
      else if (this.#take("[")) found.push({ descendant: false, selectors: this.#bracket() });
      else {
        this.#at = before;
        return found;
      }
    }
  }

  expect(token: string): void {
    if (!this.#take(token)) this.#fail(`\`${token}\` is missing`);
  }

  end(): void {
    if (this.#at < this.#text.length) this.#fail("this is not understood");
  }

  #shorthand(): Selector {
    if (this.#take("*")) return { kind: "wildcard" };
    const name = this.#match(/[A-Za-z_\u{80}-\u{10FFFF}][\w\u{80}-\u{10FFFF}]*/uy);
    if (name === undefined) return this.#fail("a name is missing");
    return { kind: "name", name };
  }

  #bracket(): Selector[] {
    const selectors: Selector[] = [];
    do {
      this.#space();
      selectors.push(this.#selector());
      this.#space();
    } while (this.#take(","));
    this.expect("]");
    return selectors;
  }

  #selector(): Selector {
    if (this.#take("*")) return { kind: "wildcard" };
    if (this.#take("?")) return { kind: "filter", test: this.#or() };
    const name = this.#string();
    if (name !== undefined) return { kind: "name", name };
    const first = this.#integer();
    this.#space();
    if (!this.#take(":")) {
      return first === undefined ? this.#fail("a selector is missing") : { kind: "index", index: first };
    }
    this.#space();
    const end = this.#integer();
    this.#space();
    let step: number | undefined;
    if (this.#take(":")) {
      this.#space();
      step = this.#integer();
    }
    return { kind: "slice", start: first, end, step: step ?? 1 };
  }

  #or(): Test {
    return this.#list("||", "any", () => this.#list("&&", "all", () => this.#basic()));
  }

  #list(operator: string, kind: "any" | "all", inner: () => Test): Test {
    const first = inner();
    const tests = [first];
    this.#space();
    while (this.#take(operator)) {
      tests.push(inner());
      this.#space();
    }
    return tests.length === 1 ? first : { kind, tests };
  }

  #basic(): Test {
    this.#space();
    if (this.#take("!")) {
      if (++this.#nesting > maxNesting) this.#fail("it nests too deeply");
      const test = this.#basic();
      this.#nesting--;
      return { kind: "not", test };
    }
    if (this.#take("(")) {
      if (++this.#nesting > maxNesting) this.#fail("it nests too deeply");
      const test = this.#or();
      this.#space();
      this.expect(")");
      this.#nesting--;
      return test;
    }
    const left = this.#operand();
    this.#space();
    const operator = this.#match(/==|!=|<=|>=|<|>/y);
    if (operator !== undefined) {
      this.#space();
      return { kind: "compare", left, operator, right: this.#operand() };
    }
    if (left.kind === "literal") return this.#fail("a value alone is not a test");
    return { kind: "exists", query: left };
  }

  #operand(): Operand {
    const start = this.#match(/[@$]/y);
    if (start !== undefined) {
      if (++this.#nesting > maxNesting) this.#fail("it nests too deeply");
      const query: Query = { kind: "query", relative: start === "@", segments: this.segments() };
      this.#nesting--;
      return query;
    }
    const text = this.#string();
    if (text !== undefined) return { kind: "literal", value: text };
    const number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: "literal", value: Number(number) };
    const word = this.#match(/\b(?:true|false|null)\b/y);
    if (word !== undefined) return { kind: "literal", value: word === "null" ? null : word === "true" };
    if (this.#match(/[a-z][a-z0-9_]*\(/y) !== undefined) this.#fail("functions are not supported");
    return this.#fail("a value or a query is missing");
  }

  #string(): string | undefined {
    const quoted = this.#match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy);
    if (quoted === undefined) return undefined;
    const inner = quoted.slice(1, -1).replaceAll("\\'", "'");
    const escaped = quoted.startsWith("'") ? inner.replaceAll(/(?<!\\)"/g, '\\"') : inner;
    try {
      const value: unknown = JSON.parse(`"${escaped}"`);
      if (typeof value === "string") return value;
    } catch {
      // Told below.
    }
    return this.#fail("the text in quotes is not valid");
  }

  #integer(): number | undefined {
    const digits = this.#match(/-?(?:0|[1-9]\d{0,15})/y);
    return digits === undefined ? undefined : Number(digits);
  }

  #space(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const [found] = sticky.exec(this.#text) ?? [];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #fail(what: string): never {
    throw new JsonPathError(`${what} at character ${String(this.#at + 1)}`);
  }
}
