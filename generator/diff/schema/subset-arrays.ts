/** Inclusion by the keywords of lists. */
import { greatest } from "../../json/extremes.ts";
import { asArray, type Json, type JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import { itemOf, least, most } from "./implied.ts";
import type { Questions } from "./questions.ts";
import { conjunction, gather, homeOf, type Conjunction } from "./side.ts";

export function itemsIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  from: number,
  schema: Json,
): boolean {
  const longest = greatest(
    inner.parts.map((own) => asArray(own["prefixItems"]).length),
    from,
  );
  for (let index = from; index <= longest; index++) {
    if (index >= most(inner, "maxItems")) return true;
    if (!ask.below(itemOf(inner, index), document, schema)) return false;
  }
  return true;
}

export function containsIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  part: JsonObject,
  schema: Json,
): boolean {
  const number = (value: Json | undefined, fallback: number): number =>
    typeof value === "number" ? value : fallback;
  const few = number(part["minContains"], 1);
  const many = number(part["maxContains"], Infinity);
  const wanted = conjunction(document, [schema], inner.view);
  const item = gather(inner, (own) => (own["prefixItems"] === undefined ? own["items"] : undefined));
  const own = inner.parts.flatMap((one) =>
    one["contains"] === undefined
      ? []
      : [{ part: one, schema: conjunction(homeOf(inner, one), [one["contains"]], inner.view) }],
  );
  const enough =
    few === 0 ||
    own.some((one) => number(one.part["minContains"], 1) >= few && ask.within(one.schema, wanted)) ||
    (least(inner, "minItems") >= few && ask.below(item, document, schema));
  if (!enough || many === Infinity) return enough;
  return (
    most(inner, "maxItems") <= many ||
    disjoint(item, wanted, ask.within) ||
    own.some((one) => number(one.part["maxContains"], Infinity) <= many && ask.within(wanted, one.schema))
  );
}
