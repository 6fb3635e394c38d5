/** What can be said about the values that a schema accepts without having one: their types, and members that name a variant. */
import { asArray, asObject, asStrings, isArray, isObject } from "../../json/json.ts";
import type { JsonObject } from "../../json/json.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";
import { isSchema } from "./subschemas.ts";
import { anyType, parseTypes, typeOf, type TypeSet } from "./types.ts";

export interface Facts {
  /** No value of another type is accepted. */
  readonly types: TypeSet;
  /** Members that every accepted object has, with one of these constants. */
  readonly tags: ReadonlyMap<string, ReadonlySet<Tag>>;
}

/** A constant that tells alternatives apart. */
export type Tag = null | boolean | number | string;

interface Frame {
  readonly node: SchemaNode;
  readonly schema: JsonObject;
  /** What is still to be looked at before it, the next one last. */
  readonly parts: SchemaNode[];
}

const anything: Facts = { types: anyType, tags: new Map() };

/** Facts of each schema, computed once. */
export class FactIndex {
  readonly #known = new Map<SchemaNode, Facts>();
  readonly #store: SchemaStore;

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  of(node: SchemaNode): Facts {
    const { schema } = node;
    if (schema === false) return { types: 0, tags: new Map() };
    if (schema === true) return anything;
    // What it is made of comes first, by a stack of its own: references can lead far.
    const stack = this.#known.has(node) ? [] : [this.#begin(node, schema)];
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const next = frame.parts.pop();
      if (next === undefined) {
        stack.pop();
        this.#known.set(frame.node, this.#compute(frame.node, frame.schema));
      } else if (isObject(next.schema) && !this.#known.has(next)) {
        stack.push(this.#begin(next, next.schema));
      }
    }
    return this.#known.get(node) ?? anything;
  }

  #begin(node: SchemaNode, schema: JsonObject): Frame {
    // Of a schema inside itself nothing is known, which is always true.
    this.#known.set(node, anything);
    const parts = [
      ...inPlace(this.#store, node, schema),
      ...["anyOf", "oneOf"].flatMap((keyword) => alternatives(this.#store, node, schema, keyword)),
    ];
    return { node, schema, parts: parts.reverse() };
  }

  #compute(node: SchemaNode, schema: JsonObject): Facts {
    const store = this.#store;
    const parts = inPlace(store, node, schema).map((part) => this.of(part));
    const unions = ["anyOf", "oneOf"].flatMap((keyword): Facts[] => {
      const facts = alternatives(store, node, schema, keyword).map((one) => this.of(one));
      if (facts.length === 0) return [];
      return [{ types: facts.reduce((set, one) => set | one.types, 0), tags: new Map() }];
    });
    const own: Facts = { types: ownTypes(schema), tags: ownTags(store, node, schema) };
    return [own, ...parts, ...unions].reduce(both);
  }
}

/** References are followed this far to the values of a member; beyond, nothing is known. */
const maxDepth = 8;

/** The schemas that must hold as well: `$ref` and `allOf`. */
function inPlace(store: SchemaStore, node: SchemaNode, schema: JsonObject): SchemaNode[] {
  const { $ref } = schema;
  const target = typeof $ref === "string" ? store.resolve(node, $ref) : undefined;
  const parts = asArray(schema["allOf"]).flatMap((part, i) =>
    isSchema(part) ? [store.child(node, part, "allOf", i)] : [],
  );
  return target === undefined ? parts : [target, ...parts];
}

/** The schemas of which one must hold, by keyword. */
function alternatives(
  store: SchemaStore,
  node: SchemaNode,
  schema: JsonObject,
  keyword: string,
): SchemaNode[] {
  return asArray(schema[keyword])
    .filter(isSchema)
    .map((one, i) => store.child(node, one, keyword, i));
}

function ownTypes(schema: JsonObject): TypeSet {
  const { type, const: constant, enum: values } = schema;
  let set = type === undefined ? anyType : (parseTypes(type) ?? anyType);
  if (constant !== undefined) set &= typeOf(constant);
  if (isArray(values)) set &= values.reduce<TypeSet>((all, value) => all | typeOf(value), 0);
  return set;
}

function ownTags(store: SchemaStore, node: SchemaNode, schema: JsonObject): Facts["tags"] {
  const tags = new Map<string, ReadonlySet<Tag>>();
  const properties = asObject(schema["properties"]);
  for (const name of asStrings(schema["required"])) {
    const member = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const values = isObject(member)
      ? constants(store, store.child(node, member, "properties", name), 0)
      : undefined;
    if (values !== undefined) tags.set(name, values);
  }
  return tags;
}

/** The scalar constants that a schema allows, where it allows nothing else. */
function constants(store: SchemaStore, node: SchemaNode, depth: number): ReadonlySet<Tag> | undefined {
  const { schema } = node;
  if (typeof schema === "boolean" || depth > maxDepth) return undefined;
  const values = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
  if (isArray(values)) {
    const tags = values.filter((value): value is Tag => !isArray(value) && !isObject(value));
    return tags.length === values.length ? new Set(tags) : undefined;
  }
  for (const part of inPlace(store, node, schema)) {
    const found = constants(store, part, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function both(a: Facts, b: Facts): Facts {
  const tags = new Map(a.tags);
  for (const [name, values] of b.tags) {
    const known = tags.get(name);
    tags.set(name, known === undefined ? values : new Set([...known].filter((value) => values.has(value))));
  }
  return { types: a.types & b.types, tags };
}
