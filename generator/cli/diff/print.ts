/** Prints a comparison in the format of `--format`. */
import { renderGithub } from "../../diagnostics/machine.ts";
import { renderText } from "../../diagnostics/render.ts";
import type { Impact } from "../../diff/change.ts";
import { annotate } from "../../diff/report/annotations.ts";
import { renderHtml } from "../../diff/report/html.ts";
import { renderDiffJson } from "../../diff/report/json.ts";
import { renderJunit } from "../../diff/report/junit.ts";
import { renderMarkdown } from "../../diff/report/markdown.ts";
import type { DiffReport } from "../../diff/report/report.ts";
import { renderSarif } from "../../diff/report/sarif.ts";
import { renderDiffText } from "../../diff/report/text.ts";
import type { ExitCode } from "../exit-codes.ts";
import { packageVersion } from "../../package/identity.ts";
import { reportInRepository } from "../report/repository-path.ts";

export const diffFormats = ["text", "json", "github", "sarif", "junit", "markdown", "html"] as const;
export type DiffFormat = (typeof diffFormats)[number];

export interface PrintOptions {
  readonly failOn: Impact | undefined;
  readonly exitCode: ExitCode;
  readonly color: boolean;
  readonly verbose: boolean;
  /** The working directory, which places are relative to. */
  readonly cwd: string;
}

/** The whole report as text that ends with a line feed. Diagnostics about the comparison itself are in JSON and GitHub's format only. */
export function renderReport(format: DiffFormat, report: DiffReport, options: PrintOptions): string {
  switch (format) {
    case "text":
      return renderDiffText(report, options);
    case "json":
      return renderDiffJson(report, options.exitCode);
    case "github":
      return renderAnnotations(report, options) + renderDiffText(report, { ...options, color: false });
    case "sarif":
      return renderSarif(reportInRepository(report, options.cwd), packageVersion());
    case "junit":
      return renderJunit(report, options.failOn);
    case "markdown":
      return renderMarkdown(report);
    case "html":
      return renderHtml(report);
  }
}

function renderAnnotations(report: DiffReport, { cwd }: PrintOptions): string {
  const { changes, diagnostics } = reportInRepository(report, cwd);
  return renderGithub([...annotate(changes), ...diagnostics]);
}

/** Diagnostics for people, for the error stream. */
export function renderDiagnostics(diagnostics: DiffReport["diagnostics"], color: boolean): string {
  return renderText(diagnostics, { color });
}
