/** What was assumed about a document: warnings that a reader should know of before relying on what was generated. */
import { compareText } from "../json/json.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { registry, type DiagnosticEntry } from "./registry.ts";

/** The registry's entry of a code of ours; nothing for a rule of Redocly's. */
function entryOf(code: string): DiagnosticEntry | undefined {
  const entries: Readonly<Record<string, DiagnosticEntry>> = registry;
  return Object.hasOwn(entries, code) ? entries[code] : undefined;
}

/** True for diagnostics that leave a place of the document unchecked. */
export function leavesUnchecked(code: string): boolean {
  return entryOf(code)?.unchecked === true;
}

function isAssumption({ code, severity }: Diagnostic): boolean {
  return severity === "warning" && (entryOf(code)?.severity === "assumption" || leavesUnchecked(code));
}

/** `read with 3 assumptions, 12 places unchecked`; `""` where nothing was assumed. */
export function summarizeAssumptions(diagnostics: readonly Diagnostic[]): string {
  const assumed = diagnostics.filter(isAssumption);
  const unchecked = assumed.filter(({ code }) => leavesUnchecked(code)).length;
  const read = assumed.length - unchecked;
  const parts = [
    ...(read === 0 ? [] : [`${String(read)} assumption${read === 1 ? "" : "s"}`]),
    ...(unchecked === 0 ? [] : [`${String(unchecked)} place${unchecked === 1 ? "" : "s"} unchecked`]),
  ];
  return parts.length === 0 ? "" : `read with ${parts.join(", ")}`;
}

/** The places of all assumptions by their code, sorted: what a committed manifest lists. */
export function listAssumptions(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, Set<string>>();
  for (const diagnostic of diagnostics.filter(isAssumption)) {
    const { code, location } = diagnostic;
    const known = places.get(code) ?? new Set();
    places.set(code, known.add(`#${location?.pointer ?? ""}`));
  }
  const sorted = [...places].sort(([a], [b]) => compareText(a, b));
  return new Map(sorted.map(([code, found]) => [code, [...found].sort(compareText)]));
}
