/** The other side of `lintApart`: lints one document, sends what was found, and ends. */
import { lintDocument, type LintOptions, type LintResult } from "../../load/lint-document.ts";
import { readPattern } from "../../schema/pattern/pattern.ts";

export interface LintRequest {
  readonly path: string;
  readonly options: Omit<LintOptions, "isLinearPattern">;
}

export function lintInProcess({ path, options }: LintRequest): Promise<LintResult> {
  const isLinearPattern = (source: string): boolean => readPattern(source)?.isLinear === true;
  return lintDocument(path, { ...options, isLinearPattern });
}

if (process.argv[1] === import.meta.filename) {
  process.once("message", (request) => {
    // The parent sends one request, of this form.
    void lintInProcess(request as LintRequest).then((result) => process.send?.(result));
  });
  process.once("disconnect", () => {
    process.exit();
  });
}
