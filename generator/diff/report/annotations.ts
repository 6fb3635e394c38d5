/** The same findings as diagnostics: for GitHub's annotations. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { mainLocation, type PlacedChange } from "./report.ts";

/** Breaking ones are errors, risky ones warnings; safe ones need no annotation. */
export function annotate(changes: readonly PlacedChange[]): readonly Diagnostic[] {
  return changes
    .filter(({ impact }) => impact !== "safe")
    .map((change) => {
      // An annotation can only point into files that are checked out: not at a line of another commit.
      const location = [mainLocation(change), change.nearLocation].find(
        (at) => at?.file.includes(":") === false,
      );
      return {
        code: change.rule.includes("/") ? change.rule : `lockstep/${change.rule}`,
        severity: change.impact === "breaking" ? ("error" as const) : ("warning" as const),
        message: change.message,
        fix: change.advice,
        ...(location === undefined ? {} : { location }),
      };
    });
}
