/**
 * Makes the engine's work as large as the change, not as the document. What stays keeps its pointers, and the engine
 * says the same about it: it looks at what differs, at the scalars around it, and at the way that leads to it, which
 * decides whether it travels in requests or in answers.
 */
import { append } from "../../json/append.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { mapMembers, mapUnits, textOf, Units, type Unit } from "./units.ts";

/** Both documents without what is the same on both sides and does not matter to what differs. */
export function prune(base: JsonObject, revision: JsonObject): readonly [JsonObject, JsonObject] {
  const pruning = new Pruning(new Units(base, revision));
  return [
    mapUnits(base, (pointer, value) => pruning.keep(pointer, value, "base")),
    mapUnits(revision, (pointer, value) => pruning.keep(pointer, value, "revision")),
  ];
}

type Pair = Pick<Unit, "base" | "revision">;

class Pruning {
  readonly #units: Units;
  /** Units that stay as they are: the engine may compare them with others than themselves. */
  readonly #whole = new Set<string>();
  /** Units of which some is left out. */
  readonly #reduced = new Map<string, Pair>();
  readonly #leads = new Map<Json, boolean>();

  constructor(units: Units) {
    this.#units = units;
    for (const [pointer, { refs }] of units.all) {
      if (isOther(pointer)) this.#keepWhole([pointer, ...refs]);
    }
    this.#keepReduced(units.touched);
  }

  keep(pointer: string, value: Json, side: keyof Pair): Json | undefined {
    return this.#whole.has(pointer) ? value : this.#reduced.get(pointer)?.[side];
  }

  /** Keeps units and all that they lead to. */
  #keepWhole(pointers: Iterable<string>): void {
    const open = [...pointers];
    for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
      const unit = this.#units.all.get(pointer);
      if (unit === undefined || this.#whole.has(pointer)) continue;
      this.#whole.add(pointer);
      append(open, unit.refs);
    }
  }

  /** Keeps what matters of units, and what that refers to. */
  #keepReduced(pointers: Iterable<string>): void {
    const open = [...pointers];
    for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
      const unit = this.#units.all.get(pointer);
      if (unit === undefined || this.#whole.has(pointer) || this.#reduced.has(pointer)) continue;
      // A reference into the unit needs the very place that it names.
      if (this.#units.isDeep(pointer)) {
        this.#keepWhole([pointer]);
        continue;
      }
      const pair = this.#pair(unit.base, unit.revision);
      this.#reduced.set(pointer, pair);
      append(open, [...this.#refs(pair.base), ...this.#refs(pair.revision)]);
    }
  }

  #refs(value: Json | undefined): ReadonlySet<string> {
    return this.#units.refsIn(textOf(value));
  }

  /** What to keep of two values that stand in the same place. */
  #pair(base: Json | undefined, revision: Json | undefined): Pair {
    if (isObject(base) && textOf(base) === textOf(revision)) {
      const reduced = this.#object(base, 1);
      return { base: reduced, revision: reduced };
    }
    const isReference = [base, revision].some((value) => isObject(value) && Object.hasOwn(value, "$ref"));
    if (isReference || !isObject(base) || !isObject(revision)) {
      this.#keepWhole([...this.#refs(base), ...this.#refs(revision)]);
      return { base, revision };
    }
    const members = new Map(
      [...new Set([...Object.keys(base), ...Object.keys(revision)])].map((name) => [
        name,
        this.#pair(memberOf(base, name), memberOf(revision, name)),
      ]),
    );
    return {
      base: mapMembers(base, (name) => members.get(name)?.base),
      revision: mapMembers(revision, (name) => members.get(name)?.revision),
    };
  }

  /**
   * An object that is the same on both sides: its scalars and lists of scalars, whatever leads to a change, and the same
   * of its members down to `depth`.
   */
  #object(node: JsonObject, depth: number): JsonObject {
    return mapMembers(node, (_name, value) => {
      if (isArray(value)) return this.#list(value);
      if (!isObject(value)) return value;
      return depth > 0 || this.#leadsToChange(value)
        ? this.#object(value, Math.max(0, depth - 1))
        : undefined;
    });
  }

  /** Items keep their places. */
  #list(list: readonly Json[]): Json | undefined {
    if (list.every((item) => !isNode(item))) return list;
    if (!this.#leadsToChange(list)) return undefined;
    return list.map((item) => {
      if (isArray(item)) return this.#list(item) ?? [];
      if (!isObject(item)) return item;
      return this.#leadsToChange(item) ? this.#object(item, 0) : {};
    });
  }

  #leadsToChange(value: Json): boolean {
    if (typeof value === "string")
      return value.startsWith("#/") && this.#units.touched.has(this.#units.target(JSON.stringify(value)));
    if (!isNode(value)) return false;
    const known = this.#leads.get(value);
    if (known !== undefined) return known;
    const leads = Object.values(value).some((member) => this.#leadsToChange(member));
    this.#leads.set(value, leads);
    return leads;
  }
}

/** Neither component nor path nor webhook: a member of the root, such as `/info`. */
function isOther(pointer: string): boolean {
  return !pointer.includes("/", 1);
}

function isNode(value: Json): value is JsonObject | readonly Json[] {
  return typeof value === "object" && value !== null;
}

/** Own members only. */
function memberOf(node: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(node, name) ? node[name] : undefined;
}
