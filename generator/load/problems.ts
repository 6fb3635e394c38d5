/** Redocly's problems as diagnostics at the author's lines. */
import type { NormalizedProblem } from "@redocly/openapi-core";
import type { Diagnostic, Severity, SourceLocation } from "../diagnostics/diagnostic.ts";
import { pointerTokens } from "../json/pointer.ts";
import { lockstepParts } from "../lint/problem.ts";
import type { LoadedFile } from "./resolver.ts";

type Files = ReadonlyMap<string, LoadedFile>;

/** The place of a problem, or `undefined` where it names a file that was not read. */
export function problemLocation(problem: NormalizedProblem, files: Files): SourceLocation | undefined {
  const place = problem.location[0];
  if (place === undefined) return undefined;
  const text = files.get(place.source.absoluteRef)?.text;
  if (place.pointer === undefined) return text?.at(place.start.line, place.start.col);
  return text?.locate(placeTokens(place.pointer), place.reportOnKey === true ? "key" : "value");
}

/** Turns one problem into a diagnostic: of our own rules under their codes, of others under the name of the rule. */
export function problemDiagnostic(problem: NormalizedProblem, place: SourceLocation | undefined): Diagnostic {
  const parts = lockstepParts(problem);
  const location = parts?.location ?? place;
  const severity: Severity = problem.severity === "warn" ? "warning" : "error";
  const at = location === undefined ? {} : { location };
  if (parts !== undefined)
    return { code: parts.code, severity, message: parts.message, fix: parts.fix, ...at };
  const [suggestion] = problem.suggest;
  const hint = suggestion === undefined ? {} : { fix: `Did you mean \`${suggestion}\`?` };
  return { code: problem.ruleId, severity, message: problem.message, ...hint, ...at };
}

/** The tokens of a place's pointer, which begins with `#/` and is not percent-encoded. */
export function placeTokens(pointer: string): string[] {
  const plain = pointer.startsWith("#") ? pointer.slice(1) : pointer;
  return plain === "/" ? [] : pointerTokens(plain);
}
