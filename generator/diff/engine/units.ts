/**
 * Two documents as units: their components, path items and webhooks, and every other member of the root. A unit knows
 * whether both sides have the same text, and to which units it refers.
 */
import { append } from "../../json/append.ts";
import { asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer } from "../../json/pointer.ts";

export interface Unit {
  readonly base: Json | undefined;
  readonly revision: Json | undefined;
  /** The same text on both sides. */
  readonly isEqual: boolean;
  /** Pointers of the units that it refers to, on either side. */
  readonly refs: ReadonlySet<string>;
}

/** Members of the root whose entries are units. */
const maps: ReadonlySet<string> = new Set(["paths", "webhooks", "x-webhooks"]);

export class Units {
  /** By pointer. */
  readonly all: ReadonlyMap<string, Unit>;
  /** Units that differ, and those that lead to one that does. */
  readonly touched: ReadonlySet<string>;
  readonly #deep = new Set<string>();
  readonly #targets = new Map<string, string>();

  constructor(base: JsonObject, revision: JsonObject) {
    const [before, after] = [unitsOf(base), unitsOf(revision)];
    this.all = new Map(
      [...new Set([...before.keys(), ...after.keys()])].map((pointer) => [
        pointer,
        this.#unit(before.get(pointer), after.get(pointer)),
      ]),
    );
    this.touched = this.#findTouched();
  }

  #unit(base: Json | undefined, revision: Json | undefined): Unit {
    const [before, after] = [textOf(base), textOf(revision)];
    const isEqual = before === after;
    return { base, revision, isEqual, refs: this.refsIn(isEqual ? before : `${before} ${after}`) };
  }

  /** Does some reference lead into the unit, not just to it? */
  isDeep(pointer: string): boolean {
    return this.#deep.has(pointer);
  }

  /** The units that a text of JSON refers to: by `$ref`, in a mapping, or in whatever else looks like a reference. */
  refsIn(text: string): ReadonlySet<string> {
    const found = new Set<string>();
    for (const [literal] of text.matchAll(/"#\/(?:[^"\\]|\\.)*"/g)) found.add(this.target(literal));
    return found;
  }

  /** The unit that a reference, written as a JSON string, leads to. */
  target(literal: string): string {
    const known = this.#targets.get(literal);
    if (known !== undefined) return known;
    // The literal stands in JSON text, between the quotes of a string.
    const tokens = pointerTokens(refPointer(JSON.parse(literal) as string) ?? "");
    const length = lengthOf(tokens[0]);
    const target = joinPointer("", ...tokens.slice(0, length));
    this.#targets.set(literal, target);
    if (tokens.length > length) this.#deep.add(target);
    return target;
  }

  #findTouched(): ReadonlySet<string> {
    const referrers = new Map<string, string[]>();
    for (const [pointer, { refs }] of this.all) {
      for (const ref of refs) {
        const known = referrers.get(ref);
        if (known === undefined) referrers.set(ref, [pointer]);
        else known.push(pointer);
      }
    }
    const found = new Set<string>();
    const open = [...this.all].filter(([, { isEqual }]) => !isEqual).map(([pointer]) => pointer);
    for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
      if (found.has(pointer)) continue;
      found.add(pointer);
      append(open, referrers.get(pointer) ?? []);
    }
    return found;
  }
}

/** How many tokens the pointer of a unit in this member of the root has. */
function lengthOf(member: string | undefined): number {
  if (member === "components") return 3;
  return member !== undefined && maps.has(member) ? 2 : 1;
}

function unitsOf(document: JsonObject): Map<string, Json> {
  const units = new Map<string, Json>();
  mapUnits(document, (pointer, value) => {
    units.set(pointer, value);
    return value;
  });
  return units;
}

/** The document with what `map` gives for each unit; it leaves out those for which that is nothing. */
export function mapUnits(
  document: JsonObject,
  map: (pointer: string, value: Json) => Json | undefined,
): JsonObject {
  const inside = (value: Json, pointer: string, depth: number): Json | undefined =>
    depth === 0 || !isObject(value)
      ? map(pointer, value)
      : mapMembers(value, (name, member) => inside(member, joinPointer(pointer, name), depth - 1));
  return mapMembers(document, (name, value) => inside(value, joinPointer("", name), lengthOf(name) - 1));
}

/** Leaves out the members for which `map` gives nothing. */
export function mapMembers(
  node: JsonObject,
  map: (name: string, value: Json) => Json | undefined,
): JsonObject {
  const members = Object.entries(asObject(node)).flatMap(([name, value]): [string, Json][] => {
    const mapped = map(name, value);
    return mapped === undefined ? [] : [[name, mapped]];
  });
  return Object.fromEntries(members);
}

/** `""` for nothing, which no value has as its text. */
export function textOf(value: Json | undefined): string {
  return value === undefined ? "" : JSON.stringify(value);
}
