/** Collects the components that an expansion adds, and keeps them from replacing the author's. */
import { generatedByKey } from "../contract/vocabulary.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { asObject, compareText, isObject, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";

export type ComponentSection = "schemas" | "responses" | "headers" | "parameters";

export class ComponentPool {
  readonly #authored: JsonObject;
  readonly #added = new Map<ComponentSection, Map<string, JsonObject>>();
  readonly #findings = new Map<string, Finding>();

  /** `document` is the author's: without anything that an expansion made. */
  constructor(document: JsonObject) {
    this.#authored = asObject(document["components"]);
  }

  /** Names that the author already uses, each once. */
  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  /**
   * Adds a component, marked as generated, and returns its `$ref`. The same component again is the same; another one of
   * that name (`not_found` and `not-found` would share a schema) is reported.
   */
  add(section: ComponentSection, name: string, component: JsonObject): string {
    const pointer = joinPointer("/components", section, name);
    const existing = this.#entries(section).get(name);
    if (this.#isAuthored(section, name) || (existing !== undefined && !sameJson(existing, mark(component)))) {
      this.#findings.set(pointer, {
        code: "lockstep/name-taken",
        message: `Lockstep has to generate \`components.${section}.${name}\`, but the name is taken.`,
        pointer,
      });
    }
    if (existing === undefined) this.#entries(section).set(name, mark(component));
    return `#${pointer}`;
  }

  /** The same for components whose name says nothing to a caller: a name that is taken gets a number behind it. */
  addNumbered(section: ComponentSection, name: string, component: JsonObject): string {
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name}${String(n)}`;
      const existing = this.#entries(section).get(candidate);
      const free = existing === undefined || sameJson(existing, mark(component));
      if (free && !this.#isAuthored(section, candidate)) return this.add(section, candidate, component);
    }
  }

  /** The document with everything that was added, sorted by name behind the author's own. */
  into(document: JsonObject): JsonObject {
    if (this.#added.size === 0) return document;
    const components: Record<string, JsonObject[string]> = isObject(document["components"])
      ? { ...document["components"] }
      : {};
    for (const section of ["schemas", "responses", "parameters", "headers"] as const) {
      const added = this.#added.get(section);
      if (added === undefined || added.size === 0) continue;
      const authored = components[section];
      const sorted = [...added].sort(([a], [b]) => compareText(a, b));
      components[section] = { ...asObject(authored), ...Object.fromEntries(sorted) };
    }
    return { ...document, components };
  }

  #entries(section: ComponentSection): Map<string, JsonObject> {
    const entries = this.#added.get(section) ?? new Map<string, JsonObject>();
    this.#added.set(section, entries);
    return entries;
  }

  #isAuthored(section: ComponentSection, name: string): boolean {
    const authored = this.#authored[section];
    return isObject(authored) && Object.hasOwn(authored, name);
  }
}

function mark(component: JsonObject): JsonObject {
  return { ...component, [generatedByKey]: "lockstep" };
}

function sameJson(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
