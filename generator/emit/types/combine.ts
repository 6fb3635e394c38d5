/** Unions and intersections of types, as short as they can be said. Each accepts what its parts together accept. */
import { anyNumber, types, type TypeSet } from "../../schema/analyse/types.ts";
import {
  isAnyList,
  isAnyObject,
  never,
  typesOf,
  unknown,
  type AtomType,
  type Member,
  type ObjectType,
  type OtherMembers,
  type Type,
} from "./type.ts";

/** The type of values that have one of the types. */
export function unite(all: readonly Type[]): Type {
  const [first, next] = all;
  if (first !== undefined && next === undefined) return first;
  const kept = new Map<string, Type>();
  let keywords: TypeSet = 0;
  for (const type of all) {
    for (const part of partsOf(type)) {
      if (part === unknown) return unknown;
      if (part === never) continue;
      kept.set(keyOf(part), part);
      if (isKeyword(part)) keywords |= part.types;
    }
  }
  const rest: Type[] = [];
  for (const part of kept.values()) if (!isCovered(part, keywords)) rest.push(part);
  const [only, second] = rest;
  if (only === undefined) return never;
  return second === undefined ? only : { kind: "union", parts: rest };
}

/** True for a literal whose JSON type the union has as a keyword. */
function isCovered(part: Type, keywords: TypeSet): boolean {
  return (
    part.kind === "atom" &&
    part.literal !== undefined &&
    part.text !== "null" &&
    (part.types & keywords) !== 0
  );
}

/** The type of values that have both types. */
export function intersect(a: Type, b: Type): Type {
  if (a === unknown || b === never) return b;
  if (b === unknown || a === never) return a;
  if ((typesOf(a) & typesOf(b)) === 0) return never;
  if (a.kind !== "union" && b.kind !== "union") return meet(a, b);
  const covered = coveredBy(a, b) ?? coveredBy(b, a);
  if (covered !== undefined) return covered;
  return byGroup(a, b) ?? together([a, b]);
}

/** JSON types that TypeScript tells apart. */
const groups: readonly TypeSet[] = [
  types.string,
  anyNumber,
  types.boolean,
  types.null,
  types.object,
  types.array,
];

/** Intersects what the two have of each JSON type; `undefined` where a part has several. */
function byGroup(a: Type, b: Type): Type | undefined {
  const [left, right] = [partsOf(a), partsOf(b)];
  const groupOf = (part: Type): TypeSet | undefined =>
    groups.find((group) => (typesOf(part) & ~group) === 0 && typesOf(part) !== 0);
  if ([...left, ...right].some((part) => groupOf(part) === undefined)) return undefined;
  const order = [...new Set((left.length >= right.length ? left : right).map(groupOf))];
  return unite(
    order.map((group) => {
      const [mine, others] = [left, right].map((parts) => parts.filter((part) => groupOf(part) === group));
      if (mine === undefined || others === undefined || mine.length === 0 || others.length === 0)
        return never;
      return group === types.object || group === types.array
        ? structures(mine, others)
        : unite(mine.flatMap((one) => others.map((other) => meet(one, other))));
    }),
  );
}

/** Alternatives are not multiplied: what holds for all of them is said once beside their union. */
function structures(mine: readonly Type[], others: readonly Type[]): Type {
  const [one, two] = [unite(mine), unite(others)];
  if (isAnyObject(one) || isAnyList(one)) return two;
  if (isAnyObject(two) || isAnyList(two)) return one;
  return mine.length === 1 && others.length === 1 ? meet(one, two) : together([one, two]);
}

function partsOf(type: Type): readonly Type[] {
  return type.kind === "union" ? type.parts : [type];
}

const keywordTexts: ReadonlySet<string> = new Set(["string", "number", "boolean", "null"]);

/** Neither is a union. */
function meet(a: Type, b: Type): Type {
  if (keyOf(a) === keyOf(b)) return a;
  const covered = coveredBy(a, b) ?? coveredBy(b, a);
  if (covered !== undefined) return covered;
  if (a.kind === "object" && b.kind === "object") return merge(a, b);
  if (isScalar(a) && isScalar(b)) return never;
  return together([a, b]);
}

/** `part`, where `whole` is all values of its JSON type. */
function coveredBy(part: Type, whole: Type): Type | undefined {
  const set = typesOf(part);
  if (isKeyword(whole) && (set & ~whole.types) === 0) return part;
  if (isAnyObject(whole) && set === types.object) return part;
  return isAnyList(whole) && set === types.array ? part : undefined;
}

function isKeyword(type: Type): type is AtomType {
  return type.kind === "atom" && keywordTexts.has(type.text);
}

function isScalar(type: Type): boolean {
  return type.kind === "atom" && (type.literal !== undefined || isKeyword(type));
}

function together(parts: readonly Type[]): Type {
  const flat = parts.flatMap((part) => (part.kind === "intersection" ? part.parts : [part]));
  const unique = [...new Map(flat.map((part) => [keyOf(part), part])).values()];
  const objects = unique.filter((part) => part.kind === "object");
  const unions = unique.filter((part) => part.kind === "union");
  const rest = unique.filter((part) => part.kind !== "object" && part.kind !== "union");
  const [first, ...more] = objects;
  const merged = first === undefined ? [] : [more.reduce(merge, first)];
  // Names come first: they say more than what is added to them.
  return { kind: "intersection", parts: [...rest, ...merged, ...unions] };
}

/** One object type that says what both say. */
function merge(a: ObjectType, b: ObjectType): ObjectType {
  if (isAnyObject(a)) return b;
  if (isAnyObject(b)) return a;
  const mine = new Map(a.members.map((member) => [member.name, member]));
  const theirs = new Map(b.members.map((member) => [member.name, member]));
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  const members = names.map((name): Member => {
    const [one, two] = [mine.get(name), theirs.get(name)];
    if (one !== undefined && two !== undefined) return mergeMember(one, two);
    const [own, others] = one === undefined ? [two, a.others] : [one, b.others];
    const known: Member = own ?? { name, type: unknown, optional: true };
    return others?.all === true ? { ...known, type: intersect(known.type, others.type) } : known;
  });
  const others = mergeOthers(a.others, b.others);
  return { kind: "object", members, ...(others === undefined ? {} : { others }) };
}

function mergeMember(a: Member, b: Member): Member {
  return {
    name: a.name,
    type: intersect(a.type, b.type),
    optional: a.optional && b.optional,
    described: a.described ?? b.described,
  };
}

function mergeOthers(a: OtherMembers | undefined, b: OtherMembers | undefined): OtherMembers | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { type: a.all && b.all ? intersect(a.type, b.type) : unite([a.type, b.type]), all: a.all && b.all };
}

const keys = new WeakMap<Type, string>();

/** Equal for types that print alike. */
function keyOf(type: Type): string {
  if (type.kind === "atom") return type.text;
  const known = keys.get(type);
  if (known !== undefined) return known;
  const key = describe(type);
  keys.set(type, key);
  return key;
}

function describe(type: Exclude<Type, AtomType>): string {
  switch (type.kind) {
    case "unknown":
    case "never":
      return type.kind;
    case "list":
      return `[${type.leading.map(keyOf).join()} ${String(type.least)} ${type.rest === undefined ? "" : keyOf(type.rest)}]`;
    case "object":
      return `{${type.members.map(({ name, optional, type: own }) => `${JSON.stringify(name)}${optional ? "?" : ""}${keyOf(own)}`).join()} ${type.others === undefined ? "" : keyOf(type.others.type)}}`;
    case "union":
    case "intersection":
      return `(${type.parts.map(keyOf).join(type.kind === "union" ? "|" : "&")})`;
  }
}
