/** Reads scalars: what has another type than OpenAPI gives it is read as what it says, or left out. */
import type { ScalarKind } from "../../openapi/objects.ts";
import { isArray, type Json } from "../../json/json.ts";
import { kindOf, type StructureReport } from "./report.ts";

const wanted: Readonly<Record<ScalarKind, string>> = {
  string: "a string",
  boolean: "`true` or `false`",
  number: "a number",
  count: "a whole number that is not negative",
  bound: "a number",
  type: "the name of a type",
  any: "a value",
};

/** The value that `value` stands for; `undefined`, with a finding, where it can't be one. `type` is read elsewhere. */
export function readScalar(kind: ScalarKind, value: Json, report: StructureReport): Json | undefined {
  if (fits(kind, value)) return value;
  const name = report.path.at(-1) ?? "";
  const read = coerce(kind, value);
  const is = `\`${name}\` is ${kindOf(value)} where OpenAPI has ${wanted[kind]}`;
  if (read === undefined) report.add("lockstep/structure", `${is}; it is left out.`);
  else {
    const fix = kind === "string" ? "Put the value in quotes." : "Write the value without quotes.";
    report.add("lockstep/structure", `${is}; it is read as \`${JSON.stringify(read)}\`.`, [], fix);
  }
  return read;
}

function fits(kind: ScalarKind, value: Json): boolean {
  switch (kind) {
    case "any":
    case "type":
      return true;
    case "string":
    case "boolean":
      return typeof value === kind;
    case "number":
      return typeof value === "number";
    case "count":
      return typeof value === "number" && Number.isInteger(value) && value >= 0;
    case "bound":
      return typeof value === "number" || typeof value === "boolean";
  }
}

function coerce(kind: ScalarKind, value: Json): Json | undefined {
  if (kind === "string")
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  if (typeof value !== "string" || isArray(value)) return undefined;
  const text = value.trim();
  const truth = /^(?:true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined;
  if (kind === "boolean") return truth;
  if (kind === "bound" && truth !== undefined) return truth;
  const number = /^[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
  return number !== undefined && fits(kind, number) ? number : undefined;
}
