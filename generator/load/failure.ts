/** What stops a file from being read: thrown inside the load stage only, turned into a diagnostic at its edge. */
import type { DiagnosticCode } from "../diagnostics/registry.ts";
import type { SourceLocation } from "../diagnostics/diagnostic.ts";

export class LoadFailure extends Error {
  readonly code: DiagnosticCode;
  readonly fix: string | undefined;
  /** Where in the file that failed; absent where the file could not even be read. */
  readonly location: SourceLocation | undefined;

  constructor(code: DiagnosticCode, message: string, more: { fix?: string; location?: SourceLocation } = {}) {
    super(message);
    this.name = "LoadFailure";
    this.code = code;
    this.fix = more.fix;
    this.location = more.location;
  }
}
