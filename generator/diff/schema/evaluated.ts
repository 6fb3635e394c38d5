/** Which members and items of a value the schemas that apply to it evaluate (JSON Schema 2020-12, §11). */
import { asArray, asObject, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";

export interface Evaluation {
  readonly document: JsonObject;
  /** True if the value is valid. Throws where that cannot be decided. */
  readonly fits: (document: JsonObject, schema: Json, value: Json) => boolean;
  /** Called for what cannot be told. */
  readonly refuse: (why: string) => never;
}

/** The names of members, or the indexes of items, that are evaluated; `without` names the keyword that asks. */
export function evaluatedKeys(
  run: Evaluation,
  schema: Json,
  value: Json,
  without: "unevaluatedProperties" | "unevaluatedItems",
): ReadonlySet<string> {
  const found = new Set<string>();
  const keys = isArray(value)
    ? asArray(value).map((_item, index) => String(index))
    : Object.keys(asObject(value));
  const seen = new Set<Json>();
  const visit = (node: Json | undefined, isRoot: boolean): void => {
    if (!isObject(node) || seen.has(node)) return;
    seen.add(node);
    if (node["discriminator"] !== undefined || node["$dynamicRef"] !== undefined) run.refuse("evaluation");
    const own = isObject(value) ? members(run, node, value) : items(run, node, asArray(value));
    const isAll = own === "all" || (!isRoot && node[without] !== undefined);
    for (const key of isAll ? keys : own) found.add(key);
    for (const inner of inPlace(run, node, value)) visit(inner, false);
  };
  visit(schema, true);
  return found;
}

/** Schemas that apply to the same value, and that it fits. */
function inPlace(run: Evaluation, node: JsonObject, value: Json): readonly Json[] {
  const fits = (schema: Json): boolean => run.fits(run.document, schema, value);
  const pointer = typeof node["$ref"] === "string" ? refPointer(node["$ref"]) : undefined;
  const target = pointer === undefined ? undefined : resolvePointer(run.document, pointer);
  const alternatives = [...asArray(node["anyOf"]), ...asArray(node["oneOf"])].filter(fits);
  const dependent = Object.entries(asObject(node["dependentSchemas"]))
    .filter(([name]) => isObject(value) && Object.hasOwn(value, name))
    .map(([, schema]) => schema);
  return [
    ...(target === undefined ? [] : [target]),
    ...asArray(node["allOf"]),
    ...alternatives,
    ...dependent,
    ...conditional(node, fits),
  ];
}

function conditional(node: JsonObject, fits: (schema: Json) => boolean): readonly Json[] {
  const { if: test, then = true, else: otherwise = true } = node;
  if (test === undefined) return [];
  return fits(test) ? [test, then] : [otherwise];
}

function members(run: Evaluation, node: JsonObject, value: JsonObject): readonly string[] | "all" {
  if (node["additionalProperties"] !== undefined) return "all";
  const patterns = Object.keys(asObject(node["patternProperties"]));
  const isMatched = (name: string): boolean =>
    patterns.some((pattern) => matchesPattern(pattern, name) ?? run.refuse("pattern"));
  return [...Object.keys(asObject(node["properties"])), ...Object.keys(value).filter(isMatched)];
}

function items(run: Evaluation, node: JsonObject, value: readonly Json[]): readonly string[] | "all" {
  if (node["items"] !== undefined) return "all";
  const { contains } = node;
  const prefix = asArray(node["prefixItems"]).length;
  return value.flatMap((item, index) =>
    index < prefix || (contains !== undefined && run.fits(run.document, contains, item))
      ? [String(index)]
      : [],
  );
}
