/** Reads keyword values of a schema, and reports those that are invalid. */
import type { Json } from "../../../json/json.ts";
import type { Site } from "../site.ts";

/** The value of a keyword of the validation vocabulary, unless the schema's dialect leaves that vocabulary out. */
export function asserted(site: Site, keyword: string): Json | undefined {
  return site.compiler.asserts(site.node.resource) ? site.schema[keyword] : undefined;
}

/** A keyword whose value is a number. */
export function numeric(site: Site, keyword: string): number | undefined {
  const value = asserted(site, keyword);
  if (value === undefined || (typeof value === "number" && Number.isFinite(value))) return value;
  site.compiler.unsupported(site.node, keyword, `\`${keyword}\` is not a number`);
  return undefined;
}

/** A keyword whose value is a non-negative integer, such as a length (validation §6.3–6.5). */
export function count(site: Site, keyword: string): number | undefined {
  const value = numeric(site, keyword);
  if (value === undefined || (Number.isInteger(value) && value >= 0)) return value;
  site.compiler.unsupported(site.node, keyword, `\`${keyword}\` is not a non-negative integer`);
  return undefined;
}
