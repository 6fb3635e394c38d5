/** Workflow commands of GitHub Actions. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

export function workflowCommand({ severity, code, message, fix, location }: Diagnostic): string {
  const escape = (text: string): string =>
    text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  const property = (text: string): string => escape(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const at =
    location === undefined
      ? ""
      : `file=${property(location.file)},line=${location.line},col=${location.column},endLine=${location.endLine},endColumn=${location.endColumn},`;
  return `::${severity} ${at}title=${property(code)}::${escape(fix === undefined ? message : `${message} ${fix}`)}`;
}
