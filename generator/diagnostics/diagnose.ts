/** Makes diagnostics: fills in what the registry says about a code, and places a finding in its source. */
import type { Diagnostic, Finding, SourceLocation } from "./diagnostic.ts";
import { registry, type DiagnosticCode } from "./registry.ts";

export interface DiagnoseOptions {
  /** Advice for this very case; the registry's where absent. */
  readonly fix?: string;
  readonly location?: SourceLocation | undefined;
}

/** A diagnostic of ours with the registry's severity and, unless `options` brings its own, the registry's advice. */
export function diagnose(code: DiagnosticCode, message: string, options: DiagnoseOptions = {}): Diagnostic {
  const { fix } = registry[code];
  return {
    code,
    severity: severityOf({ code }),
    message,
    fix: options.fix ?? fix,
    ...(options.location === undefined ? {} : { location: options.location }),
  };
}

/** A pure stage's finding as a diagnostic, at the place that `locate` finds for its pointer. */
export function placeFinding(
  finding: Finding,
  locate: (pointer: string) => SourceLocation | undefined,
  strict = true,
): Diagnostic {
  const { code, message, fix, pointer } = finding;
  const diagnostic = diagnose(code, message, {
    location: locate(pointer),
    ...(fix === undefined ? {} : { fix }),
  });
  return { ...diagnostic, severity: severityOf(finding, strict) };
}

/** The severity that the finding brings, else the registry's; an assumption is an error to those who are strict. */
export function severityOf(
  { code, severity }: Pick<Finding, "code" | "severity">,
  strict = true,
): Diagnostic["severity"] {
  const registered = severity ?? registry[code].severity;
  if (registered !== "assumption") return registered;
  return strict ? "error" : "warning";
}

/** True if one of them is an error, so that nothing may be written. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
