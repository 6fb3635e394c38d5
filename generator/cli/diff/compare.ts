/** Runs a comparison: reads both sides, compares, applies the ignore file. Prints nothing. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diagnose, hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, SourceLocation } from "../../diagnostics/diagnostic.ts";
import type { Change } from "../../diff/change.ts";
import { compareModels, sortChanges } from "../../diff/compare.ts";
import { applyIgnores, readIgnores, type ReadIgnores } from "../../diff/ignore.ts";
import { rate } from "../../diff/rate.ts";
import type { DiffReport, PlacedChange } from "../../diff/report/report.ts";
import { ruleTable } from "../../diff/rule-table.ts";
import type { DiffSettings } from "../../diff/settings.ts";
import { announces, bumpOf, nextVersion } from "../../diff/version.ts";
import { quoted } from "../../diff/wording.ts";
import { resolvePointer } from "../../json/pointer.ts";
import { displayPath } from "../../load/access.ts";
import { LoadFailure } from "../../load/failure.ts";
import { parseText } from "../../load/parse.ts";
import { addsDocument, readSide, type Side, type SideOptions } from "../../revision/read.ts";

export interface CompareRequest {
  readonly base: string;
  readonly revision: string;
  readonly access: SideOptions;
  readonly settings: DiffSettings;
  /** Absolute; one that nobody named and that does not exist is not a mistake. */
  readonly ignoreFile: { readonly path: string; readonly named: boolean } | undefined;
  readonly checkVersion: boolean;
  readonly allowDifferent: boolean;
  readonly stage: (text: string) => void;
}

export interface CompareResult {
  /** Absent where an error stood in the way, and for the first version of a document: there is nothing to compare. */
  readonly report?: DiffReport;
  readonly diagnostics: readonly Diagnostic[];
}

/** Throws only for faults of Lockstep itself. */
export async function compareSides(request: CompareRequest): Promise<CompareResult> {
  const { access, stage } = request;
  const ignores = await loadIgnores(request);
  stage("reading the base");
  const base = await readSide("base", request.base, access);
  stage("reading the revision");
  const revision = await readSide("revision", request.revision, access);
  const added = base.missing !== undefined && revision.side !== undefined ? base.missing : undefined;
  if (added !== undefined && (await addsDocument(added, request.revision, access.cwd)))
    return { diagnostics: [...revision.diagnostics, ...ignores.diagnostics, firstVersion(request.base)] };
  const diagnostics = [...base.diagnostics, ...revision.diagnostics, ...ignores.diagnostics];
  if (base.side === undefined || revision.side === undefined || hasErrors(diagnostics))
    return { diagnostics };
  if (!request.allowDifferent && areStrangers(base.side, revision.side)) {
    return { diagnostics: [...diagnostics, strangers(base.side, revision.side)] };
  }
  stage("comparing");
  return compareBoth(request, base.side, revision.side, ignores, diagnostics);
}

function compareBoth(
  request: CompareRequest,
  base: Side,
  revision: Side,
  ignores: ReadIgnores,
  diagnostics: readonly Diagnostic[],
): CompareResult {
  const { settings } = request;
  const found = compareModels(base.model, revision.model, settings);
  const versioned = request.checkVersion
    ? [...found, ...versionChange(found, base, revision, settings)]
    : found;
  const placed = sortChanges(versioned).map((change) => place(change, base, revision));
  const { kept, ignored, diagnostics: stale } = applyIgnores(placed, ignores.entries, settings.today);
  const bump = bumpOf(kept);
  const suggestedVersion = nextVersion(base.model.info.version, bump);
  const all = [...diagnostics, ...stale];
  return {
    report: {
      title: revision.model.info.title,
      base: { label: base.label, version: base.model.info.version },
      revision: { label: revision.label, version: revision.model.info.version },
      changes: kept,
      ignored,
      bump,
      ...(suggestedVersion === undefined ? {} : { suggestedVersion }),
      diagnostics: all,
    },
    diagnostics: all,
  };
}

function versionChange(
  changes: readonly Change[],
  base: Side,
  revision: Side,
  settings: DiffSettings,
): Change[] {
  const bump = bumpOf(changes);
  const [before, after] = [base.model.info.version, revision.model.info.version];
  if (announces(before, after, bump)) return [];
  const wanted = nextVersion(before, bump);
  const advice = wanted === undefined ? "another version" : quoted(wanted);
  const step =
    before === after ? `is still ${quoted(after)}` : `went from ${quoted(before)} to ${quoted(after)}`;
  const draft = {
    rule: "version-not-raised",
    subject: after,
    message: `\`info.version\` ${step}, but the changes need a ${bump} step: ${advice} or later.`,
    base: "/info/version",
    revision: "/info/version",
  };
  const change = rate(draft, ruleTable["version-not-raised"], settings, undefined);
  // What is missing from the version is not a change of the contract itself.
  return change === undefined ? [] : [{ ...change, bump: "none" }];
}

function place(change: Change, base: Side, revision: Side): PlacedChange {
  const baseLocation = change.base === undefined ? undefined : base.locate(change.base);
  const revisionLocation = change.revision === undefined ? undefined : revision.locate(change.revision);
  const near = revisionLocation === undefined ? nearest(change.base ?? "", revision) : undefined;
  return {
    ...change,
    ...(baseLocation === undefined ? {} : { baseLocation }),
    ...(revisionLocation === undefined ? {} : { revisionLocation }),
    ...(near === undefined ? {} : { nearLocation: near }),
  };
}

/** The place of the innermost node on the way to `pointer` that the revision has. */
function nearest(pointer: string, revision: Side): SourceLocation | undefined {
  for (let end = pointer.lastIndexOf("/"); end > 0; end = pointer.lastIndexOf("/", end - 1)) {
    const outer = pointer.slice(0, end);
    if (resolvePointer(revision.source, outer) !== undefined) return revision.locate(outer);
  }
  return undefined;
}

/** Two documents that share no operation, no code and no title are hardly two versions of one API. */
function areStrangers({ model: base }: Side, { model: revision }: Side): boolean {
  if (
    base.info.title === revision.info.title ||
    base.operations.length === 0 ||
    revision.operations.length === 0
  )
    return false;
  const places = new Set(base.operations.map(({ method, path }) => `${method} ${path}`));
  return revision.operations.every(({ method, path }) => !places.has(`${method} ${path}`));
}

function firstVersion(base: string): Diagnostic {
  const message = `The base ${quoted(base)} does not exist: the revision is the first version, and there is nothing to compare.`;
  return diagnose("lockstep/diff-first-version", message);
}

function strangers(base: Side, revision: Side): Diagnostic {
  const message =
    `The base is ${quoted(base.model.info.title)} (${base.label}) and the revision is ${quoted(revision.model.info.title)} ` +
    `(${revision.label}); they have no operation in common.`;
  return diagnose("lockstep/diff-different-api", message);
}

async function loadIgnores({ ignoreFile, access }: CompareRequest): Promise<ReadIgnores> {
  if (ignoreFile === undefined) return { entries: [], diagnostics: [] };
  const name = displayPath(ignoreFile.path, access.cwd);
  let body: string;
  try {
    body = await readFile(ignoreFile.path, "utf8");
  } catch {
    if (!ignoreFile.named) return { entries: [], diagnostics: [] };
    return {
      entries: [],
      diagnostics: [diagnose("lockstep/file-missing", `The ignore file ${name} cannot be read.`)],
    };
  }
  try {
    const { value, text } = parseText(name, body.replaceAll("\r\n", "\n"));
    return readIgnores(value, (tokens) => text.locate(tokens));
  } catch (error) {
    if (!(error instanceof LoadFailure)) throw error;
    return { entries: [], diagnostics: [diagnose(error.code, error.message, { location: error.location })] };
  }
}

/** Where the ignore file lies unless somebody says otherwise: beside the configuration, else in the working directory. */
export function defaultIgnoreFile(config: string | undefined, cwd: string): string {
  return join(config === undefined ? cwd : dirname(config), "lockstep-diff-ignore.yaml");
}
