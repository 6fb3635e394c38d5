/** Ways to take a schema apart into cases that cover all of its values. */
import { asArray, type Json, type JsonObject } from "../../json/json.ts";
import { declaredNames } from "./members.ts";
import {
  and,
  flatten,
  homeOf,
  jsonTypes,
  listedValues,
  propertyOf,
  replacePart,
  typesOf,
  without,
  type Conjunction,
  type SchemaSide,
} from "./side.ts";
import { isValid } from "./validate.ts";

/** Values of one member that are told apart. */
const maxValues = 100;

/** Each list of cases covers all values of `inner`; `outer` hints at which ones are worth telling apart. */
export function splits(inner: Conjunction, outer: SchemaSide): readonly (readonly Conjunction[])[] {
  return [byAlternative(inner), byType(inner), byMember(inner, flatten(outer)), byCondition(inner)].filter(
    (cases) => cases !== undefined,
  );
}

function byType(inner: Conjunction): readonly Conjunction[] | undefined {
  const types = [...typesOf(inner)];
  if (types.length < 2 || types.length === jsonTypes.length) return undefined;
  return types.map((type) => and(inner, typed(type)));
}

const typeSchemas = new Map<string, JsonObject>();

/** One object for each type, so that equal questions are recognised. */
function typed(type: string): JsonObject {
  const known = typeSchemas.get(type) ?? { type };
  typeSchemas.set(type, known);
  return known;
}

function byAlternative(inner: Conjunction): readonly Conjunction[] | undefined {
  for (const [index, part] of inner.parts.entries()) {
    const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
    const branches = asArray(part[name]);
    if (branches.length === 0) continue;
    const rest = without(part, name);
    return branches.map((branch) => {
      const one = replacePart(inner, index, [rest, branch]);
      if (name === "anyOf" || branches.length > maxExclusive) return one;
      // Exactly one holds, so none of the others does.
      return branches.reduce<Conjunction>(
        (all, other) => (other === branch ? all : and(all, negated(other), homeOf(inner, part))),
        one,
      );
    });
  }
  return undefined;
}

/** Alternatives of a `oneOf` whose exclusion is kept in mind. */
const maxExclusive = 12;

const negations = new WeakMap<object, JsonObject>();

function negated(schema: Json): JsonObject {
  if (typeof schema !== "object" || schema === null) return { not: schema };
  const known = negations.get(schema) ?? { not: schema };
  negations.set(schema, known);
  return known;
}

/** By the values of a required member, where the outer schema has alternatives that differ in it. */
function byMember(inner: Conjunction, outer: Conjunction): readonly Conjunction[] | undefined {
  const branches = outer.parts.flatMap((part) => [...asArray(part["anyOf"]), ...asArray(part["oneOf"])]);
  if (branches.length === 0) return undefined;
  const required = new Set(inner.parts.flatMap((part) => asArray(part["required"])));
  for (const name of declaredNames(inner)) {
    if (!required.has(name)) continue;
    const member = propertyOf(inner, name);
    const values = listedValues(member);
    if (values === undefined || values.length < 2 || values.length > maxValues) continue;
    return values
      .filter((value) =>
        member.parts.every(
          (part) => isValid({ ...inner, document: homeOf(member, part), schema: part }, value) !== false,
        ),
      )
      .map((value) => and(inner, { properties: { [name]: { const: value } } }));
  }
  return undefined;
}

/** By whether the condition holds. */
function byCondition(inner: Conjunction): readonly Conjunction[] | undefined {
  for (const [index, part] of inner.parts.entries()) {
    const { if: test, then = true, else: otherwise = true } = part;
    if (test === undefined) continue;
    const rest = ["if", "then", "else"].reduce(without, part);
    return [
      replacePart(inner, index, [rest, test, then]),
      replacePart(inner, index, [rest, negated(test), otherwise]),
    ];
  }
  return undefined;
}
