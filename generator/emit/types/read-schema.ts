/** Reads schemas as types. A type accepts every value that the schema does; docs/types.md lists what it accepts besides. */
import { isArray, type JsonObject } from "../../json/json.ts";
import { asksFor, hiddenNames } from "../../schema/analyse/direction.ts";
import { variantsOf, type Discriminated, type Variant } from "../../schema/analyse/discriminator.ts";
import type { FactIndex } from "../../schema/analyse/facts.ts";
import { enterResource } from "../../schema/analyse/scope.ts";
import type { SchemaNode } from "../../schema/analyse/store.ts";
import { anyNumber, anyType, parseTypes, types, type TypeSet } from "../../schema/analyse/types.ts";
import { intersect, unite } from "./combine.ts";
import type { LoopCutter } from "./loop-cutter.ts";
import { readList } from "./read-list.ts";
import { readObject } from "./read-object.ts";
import { beside, type SchemaSite } from "./schema-site.ts";
import type { TypeSettings } from "../type-settings.ts";
import {
  anyList,
  anyObject,
  atom,
  literalType,
  never,
  typesOf,
  unknown,
  type AtomType,
  type Member,
  type Type,
} from "./type.ts";

/** Keywords by which other schemas apply to the same value. */
const composing = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not"];

const scalars: readonly AtomType[] = [
  atom("string", types.string),
  atom("number", anyNumber),
  atom("boolean", types.boolean),
  atom("null", types.null),
];
const scalarTypes = new Map<TypeSet, Type>();

/** The type of all scalars of a set. */
function scalarType(set: TypeSet): Type {
  const known = scalarTypes.get(set);
  if (known !== undefined) return known;
  const type = unite(scalars.filter((scalar) => (set & scalar.types) !== 0));
  scalarTypes.set(set, type);
  return type;
}

export class SchemaReader {
  readonly facts: FactIndex;
  readonly settings: TypeSettings;
  readonly #nameOf: (node: SchemaNode, site: SchemaSite) => string;
  readonly loops: LoopCutter;

  /** @param nameOf the name of the type that a schema is declared as, which declares it where it is not yet */
  constructor(
    facts: FactIndex,
    settings: TypeSettings,
    loops: LoopCutter,
    nameOf: (node: SchemaNode, site: SchemaSite) => string,
  ) {
    this.facts = facts;
    this.settings = settings;
    this.loops = loops;
    this.#nameOf = nameOf;
  }

  read(given: SchemaSite): Type {
    const { node } = given;
    const { schema } = node;
    if (typeof schema === "boolean") return schema ? unknown : never;
    const scope = enterResource(given.scope, node.resource, given.compiler.store);
    if (!composing.some((keyword) => keyword in schema))
      return this.#own(scope === given.scope ? given : { ...given, scope }, schema);
    const known = given.known & this.facts.of(node).types;
    return known === 0 ? never : this.#composed({ ...given, scope, known }, schema);
  }

  /** What the schema says by itself, by what it refers to, and by its parts and alternatives. */
  #composed(site: SchemaSite, schema: JsonObject): Type {
    const own = this.#own(site, schema);
    const hidden = hiddenNames(site);
    const references = this.#referenced(site, schema).map((target) => this.#reference(site, target, hidden));
    let type = [...references, own].reduce(intersect);
    for (const part of beside(site, "allOf"))
      type = intersect(type, this.read({ ...part, hidden, known: site.known & typesOf(type) }));
    for (const keyword of ["anyOf", "oneOf"] as const)
      type = this.#alternatives({ ...site, known: site.known & typesOf(type) }, keyword, type);
    return schema["not"] === true ? never : type;
  }

  /** What the schema says by itself. */
  #own(site: SchemaSite, schema: JsonObject): Type {
    const { type, const: constant, enum: values } = schema;
    const set = (type === undefined ? anyType : (parseTypes(type) ?? anyType)) & site.known;
    const listed = constant === undefined ? values : [constant];
    const structural = this.#structural(site, schema, set);
    if (!isArray(listed)) return structural;
    const allowed = listed.map(literalType).filter((one) => (typesOf(one) & set) !== 0);
    return intersect(unite(allowed), structural);
  }

  #structural(site: SchemaSite, schema: JsonObject, set: TypeSet): Type {
    const list = (set & types.array) === 0 ? never : readList(this, site, schema);
    const object = (set & types.object) === 0 ? never : readObject(this, site, schema);
    if (schema["type"] === undefined && list === undefined && object === undefined) return unknown;
    if (set === types.object) return object ?? anyObject;
    if (set === types.array) return list ?? anyList;
    if ((set & (types.array | types.object)) === 0) return scalarType(set);
    return unite([
      scalarType(set & ~types.null),
      list ?? anyList,
      object ?? anyObject,
      scalarType(set & types.null),
    ]);
  }

  #referenced(site: SchemaSite, schema: JsonObject): SchemaNode[] {
    const { $ref, $dynamicRef } = schema;
    const { store } = site.compiler;
    const found = typeof $ref === "string" ? [store.resolve(site.node, $ref)] : [];
    if (typeof $dynamicRef === "string") {
      const first = store.resolve(site.node, $dynamicRef);
      const anchor = $dynamicRef.slice($dynamicRef.indexOf("#") + 1);
      const isDynamic = typeof first?.schema === "object" && first.schema["$dynamicAnchor"] === anchor;
      found.push(isDynamic ? (site.scope.dynamic.get(anchor) ?? first) : first);
    }
    return found.filter((target) => target !== undefined);
  }

  #reference(site: SchemaSite, target: SchemaNode, hidden: ReadonlySet<string>): Type {
    if (typeof target.schema === "boolean") return target.schema ? unknown : never;
    const cut = this.loops.cut(site, target);
    if (cut === "drop") return site.edge === "union" ? never : unknown;
    const inlined = { ...site, node: target, hidden, nesting: site.nesting + 1 };
    if (cut === "without-union") return this.read({ ...inlined, within: new Set([...site.within, target]) });
    if (asksFor(site, hidden, target)) return this.read(inlined);
    return atom(this.#nameOf(target, site), this.facts.of(target).types);
  }

  #alternatives(site: SchemaSite, keyword: "anyOf" | "oneOf", base: Type): Type {
    if (site.within.has(site.node)) return base;
    const branches = beside(site, keyword);
    if (branches.length === 0) return base;
    const named = this.#variants(site, branches);
    const parts = branches.map((branch) => {
      const type = this.read({ ...branch, hidden: undefined });
      const variant = named?.variants.find((one) => one.branch === branch);
      return named === undefined || variant === undefined ? type : this.#tagged(type, named.member, variant);
    });
    return intersect(base, unite(parts));
  }

  /** Null beside alternatives with names is one that needs none: no member could say it. */
  #variants(site: SchemaSite, branches: readonly SchemaSite[]): Discriminated<SchemaSite> | undefined {
    const objects = branches.filter(({ node }) => this.facts.of(node).types !== types.null);
    if (objects.length < branches.length - 1) return undefined;
    return variantsOf({ store: site.compiler.store, facts: this.facts }, site.node, objects);
  }

  /** The alternative with the values that name it, unless it has no others by itself. */
  #tagged(type: Type, member: string, { branch, tags, isDefault }: Variant<SchemaSite>): Type {
    // A member of an enum is another type than its value.
    if (isDefault || this.settings.enum || this.#isTold(branch, member, tags)) return type;
    const named: Member = { name: member, type: unite(tags.map(literalType)), optional: false };
    return intersect(type, { kind: "object", members: [named] });
  }

  /** True if the alternative by itself has no other values of the member that tells alternatives apart. */
  #isTold({ node }: SchemaSite, member: string, tags: readonly unknown[]): boolean {
    const own = this.facts.of(node).tags.get(member);
    return own !== undefined && [...own].every((value) => tags.includes(value));
  }
}
