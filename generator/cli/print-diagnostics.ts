/** Diagnostics as text. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Printer } from "./terminal.ts";

export function printDiagnostics(diagnostics: readonly Diagnostic[], printer: Printer): void {
  for (const { severity, code, message, fix, location } of diagnostics) {
    const place = location === undefined ? "" : `${location.file}:${location.line}:${location.column} `;
    printer.line(`${place}${severity} ${code} ${message}`);
    if (location?.frame !== undefined) printer.line(location.frame);
    if (fix !== undefined) printer.line(`  fix: ${fix}`);
  }
}
