/** Reads typed values out of a mapping in the configuration file; every mistake becomes a diagnostic at its place. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { DiagnosticCode } from "../diagnostics/registry.ts";
import { compareText, isObject, type Json, type JsonObject } from "../json/json.ts";
import type { SourceText } from "../load/source-text.ts";
import { suggest } from "../diagnostics/suggest.ts";

/** Where diagnostics about one configuration file are gathered. */
export class ConfigReport {
  readonly diagnostics: Diagnostic[] = [];
  readonly #text: SourceText;

  constructor(text: SourceText) {
    this.#text = text;
  }

  add(
    code: DiagnosticCode,
    message: string,
    tokens: readonly string[],
    more: { on?: "key" | "value"; fix?: string } = {},
  ): void {
    const location = this.#text.locate(tokens, more.on);
    this.diagnostics.push(
      diagnose(code, message, { location, ...(more.fix === undefined ? {} : { fix: more.fix }) }),
    );
  }
}

/** A mapping of the file with the keys that it may have. */
export class Mapping {
  readonly #value: JsonObject;
  readonly #tokens: readonly string[];
  readonly #report: ConfigReport;

  private constructor(value: JsonObject, tokens: readonly string[], report: ConfigReport) {
    this.#value = value;
    this.#tokens = tokens;
    this.#report = report;
  }

  /** `undefined`, with a diagnostic, where `value` is not a mapping. `known` absent: any key. */
  static open(
    value: Json | undefined,
    tokens: readonly string[],
    report: ConfigReport,
    known?: readonly string[],
  ): Mapping | undefined {
    if (!isObject(value)) {
      report.add("lockstep/config-value", `${nameOf(tokens)} must be a mapping.`, tokens);
      return undefined;
    }
    for (const key of known === undefined ? [] : Object.keys(value)) {
      if (known?.includes(key) === true) continue;
      const near = suggest(key, known ?? []);
      const fix =
        near === undefined ? `Known here: ${(known ?? []).join(", ")}.` : `Did you mean \`${near}\`?`;
      const message = `${nameOf(tokens)} has no key \`${key}\`.`;
      report.add("lockstep/config-unknown-key", message, [...tokens, key], { on: "key", fix });
    }
    return new Mapping(value, tokens, report);
  }

  get keys(): readonly string[] {
    return Object.keys(this.#value);
  }

  /** The mapping under `key`; `undefined`, with a diagnostic, where there is none. */
  mapping(key: string, known?: readonly string[]): Mapping | undefined {
    if (!this.#has(key)) return undefined;
    return Mapping.open(this.#value[key], [...this.#tokens, key], this.#report, known);
  }

  /** The same where the key may be absent. */
  optionalMapping(key: string, known?: readonly string[]): Mapping | undefined {
    return Object.hasOwn(this.#value, key) ? this.mapping(key, known) : undefined;
  }

  /** The non-empty string under `key`; `undefined`, with a diagnostic, where there is none. */
  requiredString(key: string): string | undefined {
    if (!this.#has(key)) return undefined;
    return this.optionalString(key);
  }

  optionalString(key: string): string | undefined {
    const accept = (value: Json): string | undefined =>
      typeof value === "string" && value !== "" ? value : undefined;
    return this.#read(key, "a non-empty string", accept);
  }

  /** The root of a site, with a slash at its end. */
  siteUrl(key: string): string | undefined {
    return this.#read(key, "an `http` or `https` address without a query or fragment", (value) => {
      const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
      if (url === undefined || !/^https?:$/.test(url.protocol) || url.search + url.hash !== "")
        return undefined;
      return url.href.endsWith("/") ? url.href : `${url.href}/`;
    });
  }

  boolean(key: string): boolean | undefined {
    return this.#read(key, "`true` or `false`", (value) => (typeof value === "boolean" ? value : undefined));
  }

  strings(key: string): readonly string[] | undefined {
    return this.#read(key, "a list of strings", (value) => {
      const items = Array.isArray(value)
        ? value.filter((item) => typeof item === "string" && item !== "")
        : [];
      return Array.isArray(value) && items.length === value.length ? items : undefined;
    });
  }

  oneOf<Choice extends string>(key: string, choices: readonly Choice[]): Choice | undefined {
    const wanted = choices.map((choice) => `\`"${choice}"\``).join(" or ");
    return this.#read(key, wanted, (value) => choices.find((choice) => choice === value));
  }

  /** One of the choices, or a mapping of names to choices, in the order of the names. */
  oneOrEach<Choice extends string>(
    key: string,
    choices: readonly Choice[],
  ): Choice | Readonly<Record<string, Choice>> | undefined {
    if (!isObject(this.#value[key])) return this.oneOf(key, choices);
    const each = this.mapping(key);
    return Object.fromEntries(
      [...(each?.keys ?? [])].sort(compareText).flatMap((name) => {
        const choice = each?.oneOf(name, choices);
        return choice === undefined ? [] : [[name, choice] as const];
      }),
    );
  }

  /** The value under `key` as `accept` takes it; without the key `undefined`, with a wrong value a diagnostic too. */
  #read<Value>(key: string, wanted: string, accept: (value: Json) => Value | undefined): Value | undefined {
    const value = Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
    if (value === undefined) return undefined;
    const accepted = accept(value);
    if (accepted === undefined) {
      const tokens = [...this.#tokens, key];
      this.#report.add("lockstep/config-value", `${nameOf(tokens)} must be ${wanted}.`, tokens);
    }
    return accepted;
  }

  #has(key: string): boolean {
    if (Object.hasOwn(this.#value, key)) return true;
    const message = `${nameOf(this.#tokens)} lacks \`${key}\`.`;
    this.#report.add("lockstep/config-value", message, this.#tokens, { fix: `Add \`${key}\`.` });
    return false;
  }
}

function nameOf(tokens: readonly string[]): string {
  return tokens.length === 0 ? "The configuration" : `\`${tokens.join(".")}\``;
}
