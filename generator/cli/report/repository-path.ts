/** Names files from the root of the repository, as annotations and code scanning on GitHub need them. */
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic, SourceLocation } from "../../diagnostics/diagnostic.ts";
import type { DiffReport, PlacedChange } from "../../diff/report/report.ts";
import type { ReportedFinding } from "../../verify/report/report.ts";

/** The same diagnostics with files relative to the root of the repository around `cwd`; unchanged where there is none. */
export function inRepository(diagnostics: readonly Diagnostic[], cwd: string): readonly Diagnostic[] {
  const moved = pathMover(cwd);
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    ...placed("location", diagnostic.location, moved),
  }));
}

/** The same findings with files relative to the root of the repository around `cwd`. */
export function findingsInRepository(
  findings: readonly ReportedFinding[],
  cwd: string,
): readonly ReportedFinding[] {
  const moved = pathMover(cwd);
  return findings.map((finding) => ({ ...finding, ...placed("location", finding.location, moved) }));
}

/** The same report with files relative to the root of the repository around `cwd`. */
export function reportInRepository(report: DiffReport, cwd: string): DiffReport {
  const moved = pathMover(cwd);
  const move = (change: PlacedChange): PlacedChange => ({
    ...change,
    ...placed("baseLocation", change.baseLocation, moved),
    ...placed("revisionLocation", change.revisionLocation, moved),
    ...placed("nearLocation", change.nearLocation, moved),
  });
  return {
    ...report,
    changes: report.changes.map(move),
    ignored: report.ignored.map((one) => ({ ...one, change: move(one.change) })),
    diagnostics: inRepository(report.diagnostics, cwd),
  };
}

type PathMover = (file: string) => string;

function placed<Key extends string>(
  key: Key,
  location: SourceLocation | undefined,
  moved: PathMover,
): Partial<Record<Key, SourceLocation>> {
  if (location === undefined) return {};
  const entry: Partial<Record<string, SourceLocation>> = {
    [key]: { ...location, file: moved(location.file) },
  };
  return entry;
}

/** URLs and the files of a commit (`main:openapi.yaml`) keep their names. */
function pathMover(cwd: string): PathMover {
  const root = repositoryRoot(cwd);
  if (root === undefined || root === cwd) return (file) => file;
  return (file) => (file.includes(":") ? file : relative(root, resolve(cwd, file)).split(sep).join("/"));
}

/** The nearest folder with `.git`, which is a file in work trees and submodules. */
function repositoryRoot(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
