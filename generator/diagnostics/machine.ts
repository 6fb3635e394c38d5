/** Diagnostics for machines: data for `--format json`, and annotations of GitHub Actions. */
import type { Diagnostic, SourceLocation } from "./diagnostic.ts";
import { printable } from "./printable.ts";
import { sortDiagnostics } from "./sort.ts";

/** A diagnostic as `--format json` prints it. Members may be added; none is removed or changes its meaning. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly fix?: string;
  /** Absent where the diagnostic is about no place in a file. Lines and columns count from 1. */
  readonly location?: Omit<SourceLocation, "frame">;
}

/** Diagnostics as plain data for `JSON.stringify`: sorted, without repetitions, without frames. */
export function jsonDiagnostics(diagnostics: readonly Diagnostic[]): JsonDiagnostic[] {
  return sortDiagnostics(diagnostics).map(jsonDiagnostic);
}

/**
 * Workflow commands that GitHub Actions turns into annotations; a line each, `""` for none.
 * See "Workflow commands for GitHub Actions", setting an error message.
 */
export function renderGithub(diagnostics: readonly Diagnostic[]): string {
  return sortDiagnostics(diagnostics).map(renderAnnotation).join("");
}

function renderAnnotation({ code, severity, message, fix, location }: Diagnostic): string {
  const properties: [string, string | number][] = [];
  if (location !== undefined) {
    const { file, line, column, endLine, endColumn } = location;
    properties.push(["file", file], ["line", line], ["endLine", endLine], ["col", column]);
    // GitHub rejects an annotation of several lines that has columns' end.
    if (endLine === line) properties.push(["endColumn", endColumn]);
  }
  properties.push(["title", code]);
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",");
  const body = [message, ...(fix === undefined ? [] : [`Fix: ${fix}`])].map((line) =>
    escapeData(printable(line)),
  );
  return `::${severity} ${list}::${body.join("%0A")}\n`;
}

/** As the toolkit of GitHub Actions escapes: `%`, carriage return and line feed. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** In properties, `:` and `,` too. */
function escapeProperty(text: string): string {
  return escapeData(printable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function jsonDiagnostic({ code, severity, message, fix, location }: Diagnostic): JsonDiagnostic {
  return {
    code,
    severity,
    message,
    ...(fix === undefined ? {} : { fix }),
    ...(location === undefined ? {} : { location: placeOf(location) }),
  };
}

function placeOf({
  file,
  line,
  column,
  endLine,
  endColumn,
  pointer,
}: SourceLocation): Omit<SourceLocation, "frame"> {
  return { file, line, column, endLine, endColumn, pointer };
}
