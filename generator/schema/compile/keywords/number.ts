/** Keywords for numbers (validation §6.2) and OpenAPI's numeric formats (3.1.1 §4.4.1). */
import { reject } from "../reject.ts";
import { numberFormat } from "../../analyse/formats.ts";
import type { Site } from "../site.ts";
import { stringLiteral } from "../../../print/literal.ts";
import type { Step } from "../../code/steps.ts";
import { numeric } from "./read.ts";

const bounds = [
  ["minimum", "<"],
  ["maximum", ">"],
  ["exclusiveMinimum", "<="],
  ["exclusiveMaximum", ">="],
] as const;

export function hasNumberKeywords({ schema }: Site): boolean {
  return [...bounds.map(([keyword]) => keyword), "multipleOf", "format"].some(
    (keyword) => schema[keyword] !== undefined,
  );
}

/** `site.value` is a number here. */
export function applyNumber(site: Site): Step[] {
  const steps: Step[] = [];
  for (const [keyword, operator] of bounds) {
    const bound = numeric(site, keyword);
    if (bound === undefined) continue;
    steps.push(reject(site, `${site.value} ${operator} ${String(bound)}`, keyword, String(bound)));
  }
  const factor = numeric(site, "multipleOf");
  if (factor !== undefined && factor > 0) {
    const test = `!${site.unit.module.helper("multipleOf")}(${site.value}, ${String(factor)})`;
    steps.push(reject(site, test, "multipleOf", String(factor)));
  } else if (factor !== undefined) {
    site.compiler.unsupported(site.node, "multipleOf", "`multipleOf` is not greater than 0");
  }
  return [...steps, ...format(site)];
}

function format(site: Site): Step[] {
  const name = site.schema["format"];
  if (typeof name !== "string") return [];
  const helper = numberFormat(name, site.compiler.formats);
  if (helper === undefined) {
    const fix = "Use `int32`, `int64`, `float` or `double`, or say with bounds what the numbers are.";
    site.compiler.noteFormat(site.node, name, fix);
    return [];
  }
  if (helper === "any") return [];
  return [reject(site, `!${site.unit.module.helper(helper)}(${site.value})`, "format", stringLiteral(name))];
}
