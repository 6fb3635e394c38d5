/** Inclusion in alternatives and conditions. */
import type { Json, JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import type { Questions } from "./questions.ts";
import { and, conjunction, isEmpty, typesOf, type Conjunction } from "./side.ts";

/** Exactly one: by place, because the same branch written twice is never the only one. */
export function oneOfIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  branches: readonly Json[],
): boolean {
  const flat = branches.map((branch) => conjunction(document, [branch], inner.view));
  return flat.some(
    (branch, index) =>
      ask.within(inner, branch) &&
      flat.every((other, place) => place === index || disjoint(inner, other, ask.within)),
  );
}

/** Whatever fits `if` must fit `then`, and the rest must fit `else`. */
export function conditionIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  part: JsonObject,
  test: Json,
): boolean {
  const { then = true, else: otherwise = true } = part;
  const wanted = conjunction(document, [test], inner.view);
  const passes = and(inner, test, document);
  const fails = and(inner, { not: test }, document);
  const holds = (one: Conjunction, schema: Json): boolean =>
    schema === true || isEmpty(one) || ask.schema(one, document, schema);
  return (
    (disjoint(inner, wanted, ask.within) || holds(passes, then)) &&
    (otherwise === true || ask.within(inner, wanted) || holds(fails, otherwise))
  );
}

/** All values of a schema whose types have only a few. */
export function valuesOfTypes(all: Conjunction): readonly Json[] | undefined {
  const types = [...typesOf(all)];
  const few = types.length > 0 && types.every((type) => type === "null" || type === "boolean");
  return few ? types.flatMap((type): Json[] => (type === "null" ? [null] : [true, false])) : undefined;
}
