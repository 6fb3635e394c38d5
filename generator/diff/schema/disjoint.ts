/** Can no value be valid against both of two schemas? `true` is certain, `false` only means that no proof was found. */
import { asArray } from "../../json/json.ts";
import { listedValues, propertyOf, typesOf, type Conjunction } from "./side.ts";
import { isValid } from "./validate.ts";

/** Levels of properties that are looked into. */
const maxDepth = 4;

export function disjoint(a: Conjunction, b: Conjunction, depth = 0): boolean {
  if (a.never || b.never) return true;
  if (a.opaque || b.opaque || depth > maxDepth) return false;
  const types = typesOf(b);
  const common = [...typesOf(a)].filter(
    (type) =>
      types.has(type) ||
      (type === "integer" && types.has("number")) ||
      (type === "number" && types.has("integer")),
  );
  if (common.length === 0) return true;
  if (valuesRefused(a, b) || valuesRefused(b, a)) return true;
  return common.length === 1 && common[0] === "object" && propertiesDisjoint(a, b, depth);
}

function valuesRefused(a: Conjunction, b: Conjunction): boolean {
  const values = listedValues(a);
  if (values === undefined) return false;
  return values.every((value) =>
    b.parts.some((schema) => isValid({ document: b.document, schema }, value) === false),
  );
}

/** Some property that one of them requires can have no value that suits both. */
function propertiesDisjoint(a: Conjunction, b: Conjunction, depth: number): boolean {
  const required = [a, b].flatMap((all) => all.parts.flatMap((part) => asArray(part["required"])));
  return required.some(
    (name) => typeof name === "string" && disjoint(propertyOf(a, name), propertyOf(b, name), depth + 1),
  );
}
