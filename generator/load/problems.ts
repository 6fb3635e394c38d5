/** Redocly's problems as diagnostics at the author's lines. */
import type { NormalizedProblem } from "@redocly/openapi-core";
import type { Diagnostic, Severity, SourceLocation } from "../diagnostics/diagnostic.ts";
import { registry } from "../diagnostics/registry.ts";
import { isArray, isObject, type Json } from "../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../json/pointer.ts";
import { httpMethods } from "../openapi/structure.ts";
import { lockstepParts } from "../lint/problem.ts";
import type { LoadedFile } from "./resolver.ts";

type Files = ReadonlyMap<string, LoadedFile>;

/** The place of a problem, or `undefined` where it names a file that was not read. */
export function problemLocation(problem: NormalizedProblem, files: Files): SourceLocation | undefined {
  const place = problem.location[0];
  if (place === undefined) return undefined;
  const text = files.get(place.source.absoluteRef)?.text;
  if (place.pointer === undefined) return text?.at(place.start.line, place.start.col);
  return text?.locate(redoclyTokens(place.pointer), place.reportOnKey === true ? "key" : "value");
}

/** The pointer of a problem from the root of its document. */
export function problemPointer(problem: NormalizedProblem): string {
  return joinPointer("", ...redoclyTokens(problem.location[0]?.pointer ?? "#/"));
}

/** Turns one problem into a diagnostic. `struct` problems become `lockstep/structure`, others keep Redocly's rule name. */
export function problemDiagnostic(problem: NormalizedProblem, place: SourceLocation | undefined): Diagnostic {
  const parts = lockstepParts(problem);
  const location = parts?.location ?? place;
  const severity: Severity = problem.severity === "warn" ? "warning" : "error";
  const at = location === undefined ? {} : { location };
  if (parts !== undefined)
    return { code: parts.code, severity, message: parts.message, fix: parts.fix, ...at };
  const suggestion = problem.suggest[0];
  const hint = suggestion === undefined ? {} : { fix: `Did you mean \`${suggestion}\`?` };
  if (problem.ruleId !== "struct")
    return { code: problem.ruleId, severity, message: problem.message, ...hint, ...at };
  return {
    code: "lockstep/structure",
    severity: structureSeverity(problem.message),
    message:
      problem.message === unexpectedReference ? "The value of a `$ref` has to be a string." : problem.message,
    fix: hint.fix ?? structureFix(problem.message),
    ...at,
  };
}

/**
 * A member that the specification does not know, or one that it asks for and no output needs, is no reason to stop;
 * a value of the wrong type is.
 */
function structureSeverity(message: string): Severity {
  // What is no reference to Redocly is one, or a mistake, to everyone else.
  if (isUnexpected(message)) return message === unexpectedReference ? "error" : "warning";
  const missing = /^The field `(.*)` must be present on this level\.$/s.exec(message)?.[1];
  if (missing !== undefined)
    return missing === "name" || missing === "in" || missing === "type" ? "error" : "warning";
  return "error";
}

const unexpectedReference = "Property `$ref` is not expected here.";

function isUnexpected(message: string): boolean {
  return /^Property `.*` is not expected here\.$/s.test(message);
}

/** A path, or something under the responses of an operation: rules say what is wrong with those names. */
function isEntry(tokens: readonly string[]): boolean {
  const [paths, , method, responses] = tokens;
  if (paths !== "paths") return false;
  if (tokens.length === 2) return true;
  return tokens.length === 5 && responses === "responses" && httpMethods.some((known) => known === method);
}

function structureFix(message: string): string {
  // `version: 1.0` is a number in YAML.
  if (/^Expected type `string` but got `(?:integer|number|boolean)`\.$/.test(message))
    return "Put the value in quotes.";
  return registry["lockstep/structure"].fix;
}

/** Structural problems that one of our rules explains better, as a warning; it runs over every document that passes. */
const explainedByRules: Readonly<Record<string, (value: Json | undefined) => boolean>> = {
  nullable: (value) => typeof value === "boolean",
  exclusiveMinimum: (value) => typeof value === "boolean" || typeof value === "number",
  exclusiveMaximum: (value) => typeof value === "boolean" || typeof value === "number",
  type: isArray,
  // OpenAPI 3.2 §4.12.3: Redocly does not know it yet. Where it cannot stand, reading the parameter says so.
  style: (value) => value === "cookie",
};

/**
 * Does a rule of ours report the same mistake, or is there none? Redocly's walk sees a reference in place of a text
 * (`description: { $ref: intro.yaml }`) unresolved; bundling puts the text there, and it is looked at then.
 * @param root the document of the problem's pointer
 */
export function isExplainedByRule(problem: NormalizedProblem, root: Json | undefined): boolean {
  const pointer = problem.location[0]?.pointer;
  if (problem.ruleId !== "struct" || pointer === undefined || lockstepParts(problem) !== undefined)
    return false;
  const tokens = redoclyTokens(pointer);
  const keyword = tokens.at(-1) ?? "";
  const value = root === undefined ? undefined : resolvePointer(root, joinPointer("", ...tokens));
  const unexpected = isUnexpected(problem.message);
  if (unexpected && isEntry(tokens)) return true;
  if (!unexpected && isObject(value) && typeof value["$ref"] === "string") return true;
  // Of an object or a list the last name may be the author's: a property called `type`.
  if (/ \((?:object|array)\) but got /.test(problem.message)) return false;
  return Object.hasOwn(explainedByRules, keyword) && explainedByRules[keyword]?.(value) === true;
}

/** Redocly's pointers begin with `#/` and are not percent-encoded. */
export function redoclyTokens(pointer: string): string[] {
  const plain = pointer.startsWith("#") ? pointer.slice(1) : pointer;
  return plain === "/" ? [] : pointerTokens(plain);
}
