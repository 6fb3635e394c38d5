/** A schema together with the document that its references point into, as a flat list of what must hold. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { hide, hiddenNames } from "./hidden.ts";
import { derived, readSchema, type View } from "./reading.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";

export interface SchemaSide {
  readonly document: JsonObject;
  readonly schema: JsonSchema;
  /** Absent: `plain`. */
  readonly view?: View;
}

/**
 * What must hold at once: schemas without `$ref` and `allOf`. `never` where nothing is valid. A reference that leads
 * nowhere, or back to itself, makes it `opaque`: nothing can be proved about it.
 */
export interface Conjunction {
  readonly document: JsonObject;
  readonly view: View;
  readonly parts: readonly JsonObject[];
  readonly never: boolean;
  readonly opaque: boolean;
}

/** The documents of parts: two sides of a comparison can stand in one conjunction. */
const homes = new WeakMap<JsonObject, JsonObject>();

/** The document that references inside `part` point into. */
export function homeOf(all: Conjunction, part: JsonObject): JsonObject {
  return homes.get(part) ?? all.document;
}

type Located = readonly [document: JsonObject, schema: Json | undefined];

/** Flattens the conjunction of several schemas of one document. */
export function conjunction(
  document: JsonObject,
  schemas: readonly (Json | undefined)[],
  view: View = "plain",
): Conjunction {
  return together(
    document,
    view,
    schemas.map((schema) => [document, schema]),
  );
}

/** The schema of a side, flat. */
export function flatten({ document, schema, view = "plain" }: SchemaSide): Conjunction {
  return conjunction(document, [schema], view);
}

/** A conjunction as the schema of a side. */
export function sideOf(all: Conjunction): SchemaSide {
  return { document: all.document, view: all.view, schema: all.never ? false : { allOf: all.parts } };
}

/** Everything that `all` says and `schema` of `document` too. */
export function and(all: Conjunction, schema: Json | undefined, document = all.document): Conjunction {
  return together(all.document, all.view, [...parted(all), [document, schema]], all);
}

/** What `each` finds in every part, as one conjunction. */
export function gather(all: Conjunction, each: (part: JsonObject) => Json | undefined): Conjunction {
  return together(
    all.document,
    all.view,
    all.parts.map((part) => [homeOf(all, part), each(part)]),
    { never: false, opaque: all.opaque },
  );
}

/** The conjunction with one part replaced by other schemas of its document. */
export function replacePart(
  all: Conjunction,
  index: number,
  schemas: readonly (Json | undefined)[],
): Conjunction {
  const located = all.parts.flatMap((part, place): Located[] => {
    const home = homeOf(all, part);
    return place === index ? schemas.map((schema): Located => [home, schema]) : [[home, part]];
  });
  return together(all.document, all.view, located, all);
}

/** Both at once. */
export function both(a: Conjunction, b: Conjunction): Conjunction {
  const joined = together(a.document, a.view, [...parted(a), ...parted(b)]);
  return {
    ...joined,
    never: joined.never || a.never || b.never,
    opaque: joined.opaque || a.opaque || b.opaque,
  };
}

function parted(all: Conjunction): Located[] {
  return all.parts.map((part) => [homeOf(all, part), part]);
}

function together(
  document: JsonObject,
  view: View,
  schemas: readonly Located[],
  before?: Pick<Conjunction, "never" | "opaque">,
): Conjunction {
  const parts: JsonObject[] = [];
  let never = before?.never ?? false;
  let opaque = before?.opaque ?? false;
  const open = new Set<Json>();
  const add = (home: JsonObject, schema: Json | undefined): void => {
    if (schema === undefined || schema === true) return;
    if (schema === false) {
      never = true;
      return;
    }
    if (!isObject(schema) || open.has(schema)) {
      opaque = true;
      return;
    }
    open.add(schema);
    const reading = readSchema(home, schema, view);
    if (reading.opaque) opaque = true;
    for (const part of reading.together) add(home, part);
    if (reading.own !== undefined && !parts.includes(reading.own)) {
      homes.set(reading.own, home);
      parts.push(reading.own);
    }
    open.delete(schema);
  };
  for (const [home, schema] of schemas) add(home, schema);
  const hidden = view === "plain" ? none : hiddenNames(parts, (part) => homes.get(part) ?? document, view);
  if (hidden.size === 0) return { document, view, parts, never, opaque };
  const shown = parts.map((part) => {
    const stripped = hide(part, hidden);
    homes.set(stripped, homes.get(part) ?? document);
    return stripped;
  });
  return { document, view, parts: shown, never, opaque };
}

const none: ReadonlySet<string> = new Set();

/** The values that some part allows at most, where one of them lists values (`enum`, `const`). */
export function listedValues(all: Conjunction): readonly Json[] | undefined {
  for (const part of all.parts) {
    if (part["const"] !== undefined) return [part["const"]];
    if (Array.isArray(part["enum"])) return asArray(part["enum"]);
  }
  return undefined;
}

/** All type names of JSON Schema, with `integer` inside `number`. */
export const jsonTypes = ["null", "boolean", "object", "array", "number", "string"] as const;
export type TypeName = (typeof jsonTypes)[number] | "integer";

/** The types that a conjunction allows; `integer` only where `number` is not allowed. */
export function typesOf(all: Conjunction): ReadonlySet<TypeName> {
  let allowed = new Set<TypeName>(all.never ? [] : jsonTypes);
  for (const part of all.parts) {
    const declared = declaredTypes(part["type"]);
    if (declared !== undefined) allowed = intersect(allowed, declared);
  }
  // A multiple of a whole number is whole.
  const whole = all.parts.some(
    ({ multipleOf }) => typeof multipleOf === "number" && Number.isInteger(multipleOf),
  );
  if (whole && allowed.delete("number")) allowed.add("integer");
  const values = listedValues(all);
  return values === undefined ? allowed : intersect(allowed, new Set(values.map(typeOf)));
}

function declaredTypes(type: Json | undefined): ReadonlySet<TypeName> | undefined {
  if (type === undefined) return undefined;
  const names = typeof type === "string" ? [type] : asArray(type);
  const known: readonly Json[] = [...jsonTypes, "integer"];
  // Membership in the list of type names is what the filter proves.
  return new Set(names.filter((name): name is TypeName => known.includes(name)));
}

function intersect(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): Set<TypeName> {
  const result = new Set<TypeName>([...a].filter((type) => b.has(type)));
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.has("integer") && other.has("number") && !result.has("number")) result.add("integer");
  }
  return result;
}

/** The type of a value; a number without fraction is an `integer`. */
export function typeOf(value: Json): TypeName {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return isObject(value) ? "object" : "array";
}

/** One text for equal JSON values: members sorted. */
export function canonicalText(value: Json): string {
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`).join(",")}}`;
  }
  return typeof value === "object" && value !== null
    ? `[${asArray(value).map(canonicalText).join(",")}]`
    : JSON.stringify(value);
}

/** What a conjunction says about one property: where it is named, and where it falls under the rest. */
export function propertyOf(all: Conjunction, name: string): Conjunction {
  return gather(all, (part) => {
    const properties = asObject(part["properties"]);
    const own = Object.hasOwn(properties, name) ? [properties[name] ?? true] : [];
    const patterns = Object.entries(asObject(part["patternProperties"]));
    const matched = patterns.filter(([pattern]) => matchesPattern(pattern, name) !== false);
    // A pattern that cannot be run may match or not: what it asks for is not known to hold.
    const sure = matched.filter(([pattern]) => matchesPattern(pattern, name) === true);
    const all = [...own, ...sure.map(([, schema]) => schema)];
    if (all.length === 0) return matched.length === 0 ? part["additionalProperties"] : undefined;
    return all.length === 1 ? all[0] : inOne(all);
  });
}

/** What a conjunction says about properties that no part names and that match no pattern. */
export function restOf(all: Conjunction): Conjunction {
  return gather(all, (part) => part["additionalProperties"]);
}

/** Lists of schemas become one schema, the same each time. */
const joined = new WeakMap<object, Map<string, JsonObject>>();
const ids = new WeakMap<object, number>();
let lastId = 0;

function inOne(schemas: readonly Json[]): Json {
  const objects = schemas.filter(isObject);
  const [first] = objects;
  if (first === undefined) return { allOf: schemas };
  const key = schemas
    .map((schema) => (isObject(schema) ? String(idOf(schema)) : JSON.stringify(schema)))
    .join();
  const memory = joined.get(first) ?? new Map<string, JsonObject>();
  joined.set(first, memory);
  const result = memory.get(key) ?? { allOf: schemas };
  memory.set(key, result);
  return result;
}

/** A number for each object. */
export function idOf(object: object): number {
  const known = ids.get(object);
  if (known !== undefined) return known;
  ids.set(object, ++lastId);
  return lastId;
}

/** A copy without one member, the same each time. */
export function without(object: JsonObject, name: string): JsonObject {
  const memory = removed.get(object) ?? new Map<string, JsonObject>();
  removed.set(object, memory);
  const result =
    memory.get(name) ??
    derived(Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)), object);
  memory.set(name, result);
  return result;
}

const removed = new WeakMap<JsonObject, Map<string, JsonObject>>();

/** True if no type, or no listed value, is left. */
export function isEmpty(all: Conjunction): boolean {
  return all.never || typesOf(all).size === 0 || listedValues(all)?.length === 0;
}
