/** Values without those that are equal to an earlier one. */
import { asArray, isObject, type Json } from "../../json/json.ts";
import { canonicalText } from "./side.ts";

/** In the order of the first of each. */
export function unique(values: readonly Json[]): Json[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = textOf(value);
    return seen.size < seen.add(text).size;
  });
}

const texts = new WeakMap<object, string>();

/** The canonical text; values share their parts, so each part is printed once. */
function textOf(value: Json): string {
  if (typeof value !== "object" || value === null) return canonicalText(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = isObject(value)
    ? `{${Object.keys(value)
        .sort()
        .map((name) => `${JSON.stringify(name)}:${textOf(value[name] ?? null)}`)
        .join(",")}}`
    : `[${asArray(value).map(textOf).join(",")}]`;
  texts.set(value, text);
  return text;
}
