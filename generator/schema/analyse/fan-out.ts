/** How often a schema validates one value: where it does so twice on the way into a cycle, work doubles with each level. */
import { isObject, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { isInPlace } from "./loops.ts";
import { subschemas } from "./subschemas.ts";

interface FanOut {
  /** How many ways lead from here to references for one and the same value. */
  readonly ways: number;
  /** The most that any value below is looked at. */
  readonly most: number;
}

/** The greatest number of ways that lead from one value of the schema, or a part of it, to references. */
export function fanOutOf(schema: JsonSchema): number {
  return measure(schema).most;
}

function measure(schema: JsonSchema): FanOut {
  if (typeof schema === "boolean") return { ways: 0, most: 0 };
  let inPlace = typeof schema["$ref"] === "string" || typeof schema["$dynamicRef"] === "string" ? 1 : 0;
  let below = 0;
  let most = 0;
  for (const inner of subschemas(schema)) {
    if (inner.tokens[0] === "$defs") continue;
    const found = measure(inner.schema);
    most = Math.max(most, found.most);
    if (!isInPlace(inner.tokens[0] ?? "")) below = Math.max(below, found.ways);
    else if (isChoice(schema, inner.tokens[0] ?? "")) inPlace = Math.max(inPlace, found.ways);
    else inPlace += found.ways;
  }
  const own = inPlace + Math.min(below, 1);
  // To know what is evaluated, schemas that apply in place are asked once more.
  const ways = looksTwice(schema) ? 2 * own : own;
  return { ways, most: Math.max(most, ways) };
}

/** True if the value says which of the alternatives applies. */
function isChoice(schema: JsonObject, keyword: string): boolean {
  return isObject(schema["discriminator"]) && (keyword === "anyOf" || keyword === "oneOf");
}

function looksTwice(schema: JsonObject): boolean {
  return schema["unevaluatedProperties"] !== undefined || schema["unevaluatedItems"] !== undefined;
}
