/** What the descriptors of a document have in common: constants that are printed once, guards and helpers that are imported. */
import { uniqueNames } from "../../json/identifier.ts";
import { compareText } from "../../json/json.ts";
import { runtimeNames } from "./names.ts";

/** Constants that several descriptors use: a literal that is printed once and named. */
export class SharedConstants {
  readonly #unique: (name: string) => string;
  readonly #names = new Map<string, string>();
  readonly #declarations: string[] = [];
  readonly #guards = new Set<string>();
  readonly #helpers = new Set<string>(["listOperations"]);

  constructor(taken: readonly string[]) {
    this.#unique = uniqueNames([...taken, ...runtimeNames]);
  }

  constant(wish: string, type: string, initializer: string): string {
    const key = `${type} ${initializer}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#unique(wish);
    this.#names.set(key, name);
    this.#declarations.push(`const ${name}: ${type} = ${initializer};`);
    return name;
  }

  guard(name: string): string {
    this.#guards.add(name);
    return name;
  }

  /** Notes that a function of the runtime is called, and gives its name. */
  helper(name: string): string {
    this.#helpers.add(name);
    return name;
  }

  helpers(): readonly string[] {
    return [...this.#helpers].sort(compareText);
  }

  guards(): readonly string[] {
    return [...this.#guards].sort(compareText);
  }

  /** The runtime's types that the declarations name. */
  types(): readonly string[] {
    return ["BodyKind", "Check", "CodeContract", "RequestForm"].filter((name) =>
      this.#declarations.some((text) => new RegExp(`\\b${name}\\b`).test(text)),
    );
  }

  declarations(): readonly string[] {
    return this.#declarations.length === 0 ? [] : [this.#declarations.join("\n")];
  }
}
