/** What became of one API in one run; every output format shows the same. */
import { relative, sep } from "node:path";
import type { ApiConfig } from "../../config/config.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { displayPath } from "../../load/access.ts";
import type { ModelReport } from "../../model/build.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { WritePlan } from "../../write/plan.ts";

/**
 * `written` and `unchanged` are of generate; `current` and `drifted` of check; `clean` and `unclean` of lint. Of generate
 * and check: `failed` for an error in the document, `blocked` where the output folder is in the way.
 */
export type Status =
  "written" | "unchanged" | "current" | "drifted" | "clean" | "unclean" | "failed" | "blocked";

export interface Outcome {
  /** The API's name in the configuration, or the document as given. */
  readonly api: string;
  readonly document: string;
  /** The output folder, relative to the working directory. */
  readonly out: string;
  readonly status: Status;
  readonly milliseconds: number;
  /** Answered from hashes: nothing was read but the files to hash. */
  readonly fromHashes: boolean;
  readonly report?: ModelReport;
  readonly files?: FileChanges;
  readonly diagnostics: readonly Diagnostic[];
  /** Answered from hashes: how many warnings the run gave that wrote them. */
  readonly knownWarnings?: number;
}

/** Paths relative to the output folder. For check: what generate would do. */
export interface FileChanges {
  readonly created: readonly string[];
  readonly modified: readonly string[];
  readonly deleted: readonly string[];
  readonly unchanged: readonly string[];
}

/** The exit code that an outcome alone asks for. */
export function exitCodeOf({ status }: Outcome): ExitCode {
  if (status === "blocked") return exitCodes.usage;
  const isFailure = status === "failed" || status === "unclean" || status === "drifted";
  return isFailure ? exitCodes.document : exitCodes.ok;
}

/** The members of an outcome that follow from the API alone. */
export function outcomeBase(api: ApiConfig, cwd: string): Pick<Outcome, "api" | "document" | "out"> {
  return { api: api.name, document: displayPath(api.document, cwd), out: displayFolder(api.out, cwd) };
}

export function fileChanges(plan: WritePlan): FileChanges {
  const of = (kind: string): string[] =>
    plan.changes.filter((change) => change.kind === kind).map(({ path }) => path);
  return {
    created: of("create"),
    modified: of("modify"),
    deleted: of("delete"),
    unchanged: plan.unchanged,
  };
}

export function displayFolder(folder: string, cwd: string): string {
  return relative(cwd, folder).split(sep).join("/") || ".";
}
