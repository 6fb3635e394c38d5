/** One generated file: its functions, the constants they share, and what it imports. */
import { compareText } from "../../json/json.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { HelperName } from "./library.ts";

/** Everything in generated code that may be a name. */
export const identifiers = /[A-Za-z][\w$]*/g;
/** Where words are not identifiers: string literals, block comments, and names of members before a colon. */
const prose = /"(?:[^"\\\n]|\\.)*"|\/\*[^]*?\*\/|\w+\??:/g;
const made = /^\/\* @__PURE__ \*\/ \w+\(/;

/** What a module knows of its functions. */
export interface ModuleFunction {
  readonly name: string;
  readonly module: ValidatorModule;
  /** Another module calls it. */
  exported: boolean;
}

/** Name of the function that checks a schema. */
export function okName({ name }: { readonly name: string }): string {
  return `ok${name}`;
}

export class ValidatorModule<Function extends ModuleFunction = ModuleFunction> {
  /** Path of the file without extension, relative to the output folder of all validators: `schemas`, `operations/a`. */
  readonly path: string;
  readonly units: Function[] = [];
  /** Some function of it notes issues. */
  reports = false;
  readonly #constants = new Map<string, { readonly name: string; readonly type: string | undefined }>();
  readonly #names = new Map<string, number>();
  readonly #rules = new Set<string>();
  readonly #helpers = new Set<HelperName>();
  readonly #foreign = new Map<ValidatorModule, Set<string>>();

  constructor(path: string) {
    this.path = path;
  }

  /** A module constant with this initialiser; the same initialiser gives the same constant. */
  constant(kind: string, type: string | undefined, initialiser: string): string {
    const known = this.#constants.get(initialiser);
    if (known !== undefined) return known.name;
    const count = (this.#names.get(kind) ?? 0) + 1;
    this.#names.set(kind, count);
    const name = `${kind}${String(count)}`;
    this.#constants.set(initialiser, { name, type });
    return name;
  }

  /**
   * The constant that holds what an issue says where a rule is not met. It is called after the rule and what that asks
   * for: `maxLength$200`, `required$`, `enum$Active_Archived`.
   *
   * @param expected source of what the rule asks for
   */
  fault(rule: string, expected: string | undefined): string {
    this.#rules.add(rule);
    const asked = expected === undefined ? "" : `, ${expected}`;
    const initialiser = `/* @__PURE__ */ ${this.helper("fault")}(${stringLiteral(rule)}${asked})`;
    const known = this.#constants.get(initialiser);
    if (known !== undefined) return known.name;
    const base = `${rule}$${inWords(expected ?? "")}`;
    const count = (this.#names.get(base) ?? 0) + 1;
    this.#names.set(base, count);
    const name = count === 1 ? base : `${base}$${String(count)}`;
    this.#constants.set(initialiser, { name, type: undefined });
    return name;
  }

  /** Notes that the file uses a helper of the runtime library, and gives its name. */
  helper(name: HelperName): string {
    this.#helpers.add(name);
    return name;
  }

  /** Notes that the file reports this rule. */
  rule(name: string): string {
    this.#rules.add(name);
    return name;
  }

  get rules(): readonly string[] {
    return [...this.#rules];
  }

  /** Notes that the file calls a function, wherever it stands, and gives its name. */
  call(unit: ModuleFunction): string {
    const name = okName(unit);
    if (unit.module !== this) {
      unit.exported = true;
      const names = this.#foreign.get(unit.module) ?? new Set<string>();
      this.#foreign.set(unit.module, names.add(name));
    }
    return name;
  }

  get helpers(): readonly HelperName[] {
    return [...this.#helpers].sort(compareText);
  }

  /** Forgets the constants and helpers that the printed functions do not mention, themselves or through constants. */
  keepOnly(functions: string): void {
    const mentioned = new Set(functions.replace(prose, "").match(identifiers));
    // A constant mentions only constants before it.
    for (const [initialiser, { name }] of [...this.#constants].reverse()) {
      if (!mentioned.has(name)) this.#constants.delete(initialiser);
      // Of all constants only those that a helper makes mention anything but their own data.
      else if (made.test(initialiser))
        for (const word of initialiser.replace(prose, "").match(identifiers) ?? []) mentioned.add(word);
    }
    for (const name of this.#helpers) if (!mentioned.has(name)) this.#helpers.delete(name);
  }

  /** Declarations of the shared constants, in the order of their first use. */
  constants(): string[] {
    return [...this.#constants].map(
      ([initialiser, { name, type }]) =>
        `const ${name}${type === undefined ? "" : `: ${type}`} = ${initialiser};`,
    );
  }

  /** The functions that it takes from other modules. */
  imports(): { readonly module: ValidatorModule; readonly names: readonly string[] }[] {
    return [...this.#foreign]
      .map(([module, names]) => ({ module, names: [...names].sort(compareText) }))
      .sort((a, b) => compareText(a.module.path, b.module.path));
  }
}

/** The first words of some source, as a part of a name. */
function inWords(source: string): string {
  const [first = "", ...others] = source.match(/\w+/g) ?? [];
  let name = first.slice(0, 24);
  for (const word of others) {
    if (name.length + word.length >= 24) break;
    name += `_${word}`;
  }
  return name;
}
