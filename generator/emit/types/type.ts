/** TypeScript types as plain data, between a schema and its text. */
import type { Json, JsonObject } from "../../json/json.ts";
import { isArray, isObject } from "../../json/json.ts";
import { stringLiteral } from "../../print/literal.ts";
import { anyType, typeOf, types, type TypeSet } from "../../schema/analyse/types.ts";

export type Type = UnknownType | NeverType | AtomType | ListType | ObjectType | UnionType | IntersectionType;

export interface UnknownType {
  readonly kind: "unknown";
}

export interface NeverType {
  readonly kind: "never";
}

/** A keyword, a literal or a name. */
export interface AtomType {
  readonly kind: "atom";
  readonly text: string;
  /** The JSON types that its values may have. */
  readonly types: TypeSet;
  /** The value of a literal. */
  readonly literal?: null | boolean | number | string;
}

/** An array: leading items with types of their own, then any number of others. */
export interface ListType {
  readonly kind: "list";
  readonly leading: readonly Type[];
  /** So many of the leading items are always there. */
  readonly least: number;
  /** Absent: no item comes after the leading ones. */
  readonly rest?: Type;
}

export interface ObjectType {
  readonly kind: "object";
  readonly members: readonly Member[];
  /** The type of members that are not listed, where the schema says one. */
  readonly others?: OtherMembers;
}

export interface Member {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  /** The schema that its comment is made from. */
  readonly described?: JsonObject | undefined;
}

export interface OtherMembers {
  readonly type: Type;
  /** It holds for every member that is not listed, not only for names of some pattern. */
  readonly all: boolean;
}

export interface UnionType {
  readonly kind: "union";
  readonly parts: readonly Type[];
}

export interface IntersectionType {
  readonly kind: "intersection";
  readonly parts: readonly Type[];
}

export const unknown: UnknownType = { kind: "unknown" };
export const never: NeverType = { kind: "never" };
/** No member may be there that is not listed. TypeScript cannot say so; what is combined with it can know. */
export const closed: OtherMembers = { type: never, all: true };
export const anyObject: ObjectType = { kind: "object", members: [], others: { type: unknown, all: true } };
export const anyList: ListType = { kind: "list", leading: [], least: 0, rest: unknown };

/** A keyword or a name for values of these JSON types. */
export function atom(text: string, set: TypeSet): AtomType {
  return { kind: "atom", text, types: set };
}

/** The narrowest type of a JSON value, but for members that an object may have besides. */
export function literalType(value: Json): Type {
  if (isArray(value)) return { kind: "list", leading: value.map(literalType), least: value.length };
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]): Member => ({
      name,
      type: literalType(member),
      optional: false,
    }));
    return { kind: "object", members, others: closed };
  }
  const text = typeof value === "string" ? stringLiteral(value) : String(value);
  return { kind: "atom", text, types: typeOf(value), literal: value };
}

/** The JSON types that values of the type may have. */
export function typesOf(type: Type): TypeSet {
  switch (type.kind) {
    case "unknown":
      return anyType;
    case "never":
      return 0;
    case "atom":
      return type.types;
    case "list":
      return types.array;
    case "object":
      return types.object;
    case "union":
      return type.parts.reduce((set, part) => set | typesOf(part), 0);
    case "intersection":
      return type.parts.reduce((set, part) => set & typesOf(part), anyType);
  }
}

/** True for the object type that every object has. */
export function isAnyObject(type: Type): boolean {
  return type.kind === "object" && type.members.length === 0 && (type.others?.type ?? unknown) === unknown;
}

/** True for the list type that every array has. */
export function isAnyList(type: Type): boolean {
  return type.kind === "list" && type.leading.length === 0 && type.rest === unknown;
}
