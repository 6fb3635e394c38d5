/** What the texts of a parameter or a form field may stand for, read off its schema. */
import {
  asArray,
  asObject,
  asStrings,
  isArray,
  isObject,
  type Json,
  type JsonObject,
} from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { jsonLiteral, propertyKey } from "../../print/literal.ts";

/** The types and structure that a schema allows, as far as it says. */
export interface ShapeFacts {
  /** JSON Schema's names; `undefined`: the schema does not say. */
  readonly types: ReadonlySet<string> | undefined;
  readonly items?: ShapeFacts;
  /** Of the first items, each its own; `items` are those behind them. */
  readonly prefix?: readonly ShapeFacts[];
  readonly members: ReadonlyMap<string, ShapeFacts>;
  /** Of members without a name; present only where `additionalProperties` invites them. */
  readonly others?: ShapeFacts;
}

const anything: ShapeFacts = { types: undefined, members: new Map() };

/** Deeper structure is not read off: no style writes it. It bounds the work on recursive schemas, too. */
const maxDepth = 6;
/**
 * So often may schemas be read, or printed, more than once for one parameter or body. Where references make a mesh, their
 * number is multiplied by each level: then fewer levels are read.
 */
const maxRepeats = 2000;

/** What the reading of one schema knows. */
interface Reading {
  readonly depth: number;
  /** What has been read, by schema, and by how it was come to. */
  readonly known: Map<JsonObject, Map<string, ShapeFacts>>;
  repeats: number;
}

/** In the order in which a text is tried; an integer is a number, so both together are `number`. */
const scalarOrder = ["integer", "number", "boolean", "string", "null"];

export class ShapeReader {
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Follows `$ref`, `allOf`, `anyOf` and `oneOf`; what `not` and `if` take away, the validator will. */
  read(schema: JsonSchema): ShapeFacts {
    for (let depth = maxDepth; ; depth--) {
      const reading: Reading = { depth, known: new Map(), repeats: 0 };
      const facts = this.#read(schema, 0, new Set(), reading);
      const repeated = sizeOf(facts, new Map()) - reading.known.size;
      if (Math.max(reading.repeats, repeated) <= maxRepeats || depth === 1) return facts;
    }
  }

  /** @param seen pointers of the references that led here */
  #read(schema: JsonSchema, depth: number, seen: ReadonlySet<string>, reading: Reading): ShapeFacts {
    if (typeof schema === "boolean" || depth > reading.depth) return anything;
    const key = [depth, ...[...seen].sort()].join(" ");
    const known = reading.known.get(schema);
    const before = known?.get(key);
    if (before !== undefined) return before;
    if (known !== undefined && ++reading.repeats > maxRepeats) return anything;
    const facts = this.#parts(schema, depth, seen, reading);
    reading.known.set(schema, (known ?? new Map<string, ShapeFacts>()).set(key, facts));
    return facts;
  }

  #parts(schema: JsonObject, depth: number, seen: ReadonlySet<string>, reading: Reading): ShapeFacts {
    const facts: ShapeFacts[] = [this.#own(schema, depth, seen, reading)];
    const { $ref } = schema;
    const pointer = typeof $ref === "string" ? refPointer($ref) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(this.#document, pointer);
    if (pointer !== undefined && isObject(target) && !seen.has(pointer)) {
      facts.push(this.#read(target, depth, new Set([...seen, pointer]), reading));
    }
    for (const part of asArray(schema["allOf"])) facts.push(this.#part(part, depth, seen, reading));
    for (const keyword of ["anyOf", "oneOf"]) {
      const branches = asArray(schema[keyword]).map((part) => this.#part(part, depth, seen, reading));
      if (branches.length > 0) facts.push(branches.reduce(either));
    }
    return facts.reduce(both);
  }

  #part(part: Json, depth: number, seen: ReadonlySet<string>, reading: Reading): ShapeFacts {
    return isObject(part) ? this.#read(part, depth, seen, reading) : anything;
  }

  #own(schema: JsonObject, depth: number, seen: ReadonlySet<string>, reading: Reading): ShapeFacts {
    const members = new Map(
      Object.entries(asObject(schema["properties"])).map(
        ([name, member]) => [name, this.#part(member, depth + 1, seen, reading)] as const,
      ),
    );
    const { items, prefixItems, additionalProperties } = schema;
    const prefix = asArray(prefixItems).map((item) => this.#part(item, depth + 1, seen, reading));
    const invites = additionalProperties !== undefined && additionalProperties !== false;
    return {
      types: ownTypes(schema),
      members,
      ...(items === undefined ? {} : { items: this.#part(items, depth + 1, seen, reading) }),
      ...(prefix.length === 0 ? {} : { prefix }),
      ...(invites ? { others: this.#part(additionalProperties, depth + 1, seen, reading) } : {}),
    };
  }
}

/** How many shapes there are to print: what is shared is printed wherever it is met. */
function sizeOf(facts: ShapeFacts, known: Map<ShapeFacts, number>): number {
  const before = known.get(facts);
  if (before !== undefined) return before;
  const { members, items, prefix = [], others } = facts;
  const inner = [...members.values(), ...prefix, items, others].filter((one) => one !== undefined);
  const size = inner.reduce((sum, one) => sum + sizeOf(one, known), 1);
  known.set(facts, size);
  return size;
}

function ownTypes(schema: JsonObject): ReadonlySet<string> | undefined {
  const { type } = schema;
  const declared =
    type === undefined ? undefined : new Set(isArray(type) ? asStrings(type) : asStrings([type]));
  const values = [...asArray(schema["enum"]), ...(schema["const"] === undefined ? [] : [schema["const"]])];
  if (values.length === 0) return declared;
  return intersection(declared, new Set(values.map(typeOf)));
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function intersection(
  a: ReadonlySet<string> | undefined,
  b: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const allows = (set: ReadonlySet<string>, type: string): boolean =>
    set.has(type) || (type === "integer" && set.has("number"));
  return new Set([...a, ...b].filter((type) => allows(a, type) && allows(b, type)));
}

/** A value that meets both schemas. */
function both(a: ShapeFacts, b: ShapeFacts): ShapeFacts {
  return merged(a, b, intersection(a.types, b.types), both);
}

/** A value that meets one of two schemas. */
function either(a: ShapeFacts, b: ShapeFacts): ShapeFacts {
  const types =
    a.types === undefined || b.types === undefined ? undefined : new Set([...a.types, ...b.types]);
  return merged(a, b, types, either);
}

function merged(
  a: ShapeFacts,
  b: ShapeFacts,
  types: ReadonlySet<string> | undefined,
  join: (a: ShapeFacts, b: ShapeFacts) => ShapeFacts,
): ShapeFacts {
  const members = new Map(a.members);
  for (const [name, facts] of b.members) {
    const known = members.get(name);
    members.set(name, known === undefined ? facts : join(known, facts));
  }
  const items = a.items && b.items ? join(a.items, b.items) : (a.items ?? b.items);
  const others = a.others && b.others ? join(a.others, b.others) : (a.others ?? b.others);
  const prefix = mergedPrefix(a.prefix, b.prefix, join);
  return {
    types,
    members,
    ...(items ? { items } : {}),
    ...(prefix ? { prefix } : {}),
    ...(others ? { others } : {}),
  };
}

function mergedPrefix(
  a: ShapeFacts["prefix"],
  b: ShapeFacts["prefix"],
  join: (a: ShapeFacts, b: ShapeFacts) => ShapeFacts,
): ShapeFacts["prefix"] {
  if (a === undefined || b === undefined) return a ?? b;
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((facts, i) => {
    const other = short[i];
    return other === undefined ? facts : join(facts, other);
  });
}

/** The scalar types that a text may spell, in the order in which they are tried. */
export function scalarTypes(facts: ShapeFacts): string[] {
  const { types } = facts;
  if (types === undefined) return isArrayLike(facts) || isObjectLike(facts) ? [] : ["string"];
  return scalarOrder.filter((name) => types.has(name) && !(name === "integer" && types.has("number")));
}

/** True if the value may be an array. */
export function isArrayLike({ types, items, prefix }: ShapeFacts): boolean {
  return types === undefined ? (items ?? prefix) !== undefined : types.has("array");
}

/** True if the value may be an object. */
export function isObjectLike({ types, members, others }: ShapeFacts): boolean {
  return types === undefined ? members.size > 0 || others !== undefined : types.has("object");
}

/** The shape of what is read as JSON: no text in it is taken apart, so all that counts is whether it may be a list. */
export function printJsonShape(facts: ShapeFacts): string {
  return isArrayLike(facts) ? '{ items: "any" }' : '"any"';
}

/** The shape as an expression of the generated code. */
export function printShape(facts: ShapeFacts): string {
  const scalars = scalarTypes(facts);
  const [only, second] = scalars;
  const isArrayToo = isArrayLike(facts);
  const isObjectToo = isObjectLike(facts);
  if (facts.types === undefined && !isArrayToo && !isObjectToo) return '"any"';
  if (!isArrayToo && !isObjectToo && second === undefined) return jsonLiteral(only ?? "string");
  const parts = [
    ...(only === undefined ? [] : [`scalars: ${jsonLiteral(scalars)}`]),
    ...(isArrayToo ? [`items: ${printShape(facts.items ?? anything)}`] : []),
    ...(isArrayToo && facts.prefix ? [`prefix: [${facts.prefix.map(printShape).join(", ")}]`] : []),
    ...(isObjectToo ? [printMembers(facts)] : []),
  ];
  return `{ ${parts.join(", ")} }`;
}

/** An object without members to mention is an object all the same. */
function printMembers({ members, others }: ShapeFacts): string {
  const named = [...members].map(([name, facts]) => `${propertyKey(name)}: ${printShape(facts)}`);
  const open = others === undefined ? "" : `, others: ${printShape(others)}`;
  return `members: ${named.length === 0 ? "{}" : `{ ${named.join(", ")} }`}${open}`;
}
