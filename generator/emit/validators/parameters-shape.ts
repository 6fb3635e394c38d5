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

/** In the order in which a text is tried; an integer is a number, so both together are `number`. */
const scalarOrder = ["integer", "number", "boolean", "string", "null"];

export class ShapeReader {
  readonly #document: JsonObject;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Follows `$ref`, `allOf`, `anyOf` and `oneOf`; what `not` and `if` take away, the validator will. */
  read(schema: JsonSchema, depth = 0, seen: ReadonlySet<string> = new Set()): ShapeFacts {
    if (typeof schema === "boolean" || depth > maxDepth) return anything;
    const facts: ShapeFacts[] = [this.#own(schema, depth, seen)];
    const { $ref } = schema;
    const pointer = typeof $ref === "string" ? refPointer($ref) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(this.#document, pointer);
    if (pointer !== undefined && isObject(target) && !seen.has(pointer)) {
      facts.push(this.read(target, depth, new Set([...seen, pointer])));
    }
    for (const part of asArray(schema["allOf"])) facts.push(this.#part(part, depth, seen));
    for (const keyword of ["anyOf", "oneOf"]) {
      const branches = asArray(schema[keyword]).map((part) => this.#part(part, depth, seen));
      if (branches.length > 0) facts.push(branches.reduce(either));
    }
    return facts.reduce(both);
  }

  #part(part: Json, depth: number, seen: ReadonlySet<string>): ShapeFacts {
    return isObject(part) ? this.read(part, depth, seen) : anything;
  }

  #own(schema: JsonObject, depth: number, seen: ReadonlySet<string>): ShapeFacts {
    const members = new Map(
      Object.entries(asObject(schema["properties"])).map(
        ([name, member]) => [name, this.#part(member, depth + 1, seen)] as const,
      ),
    );
    const { items, prefixItems, additionalProperties } = schema;
    const prefix = asArray(prefixItems).map((item) => this.#part(item, depth + 1, seen));
    const invites = additionalProperties !== undefined && additionalProperties !== false;
    return {
      types: ownTypes(schema),
      members,
      ...(items === undefined ? {} : { items: this.#part(items, depth + 1, seen) }),
      ...(prefix.length === 0 ? {} : { prefix }),
      ...(invites ? { others: this.#part(additionalProperties, depth + 1, seen) } : {}),
    };
  }
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

/** May the value be an array? */
export function isArrayLike({ types, items, prefix }: ShapeFacts): boolean {
  return types === undefined ? (items ?? prefix) !== undefined : types.has("array");
}

/** May the value be an object? */
export function isObjectLike({ types, members, others }: ShapeFacts): boolean {
  return types === undefined ? members.size > 0 || others !== undefined : types.has("object");
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
