/** Members that OpenAPI does not have: they stay, mean nothing, and are reported. */
import { suggest } from "../../diagnostics/suggest.ts";
import type { Fields } from "../../openapi/objects.ts";
import type { StructureReport } from "./report.ts";

export function unknownMember(report: StructureReport, kind: string, key: string, fields: Fields): void {
  // Nothing is said of what an author writes beside a mistake that has been reported, or of JSON Schema's own leftovers.
  if (kind === "schema" && (key === "id" || key === "$recursiveRef" || key === "$recursiveAnchor")) return;
  const near = suggest(key, Object.keys(fields));
  const fix = near === undefined ? undefined : `Did you mean \`${near}\`?`;
  const message = `\`${key}\` is not a member of ${article(kind)}; it means nothing there.`;
  report.add("lockstep/structure-member", message, [key], fix);
}

/** `pathItem` → `a Path Item Object`. */
export function article(kind: string): string {
  const words = kind.replaceAll(/([A-Z])/g, " $1");
  const name = `${words.charAt(0).toUpperCase()}${words.slice(1)} Object`;
  return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
}
