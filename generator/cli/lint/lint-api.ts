/** Lints one API. */
import { append } from "../../json/append.ts";
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { withoutCascading } from "../../diagnostics/cascading.ts";
import type { Work } from "../run/each-api.ts";
import { lintSafely } from "./child-process.ts";
import { outcomeBase } from "../run/outcome.ts";
import { findInSchemas, readApi } from "../run/read-api.ts";

export interface LintRun {
  readonly cwd: string;
  readonly stage: (text: string) => void;
  /** Whether the plugins of redocly.yaml run. */
  readonly plugins?: boolean;
}

/**
 * Every check of `generate`, and the rules of the project's redocly.yaml (Redocly's `recommended` without one). A document
 * that cannot be read at all is not linted further. Throws only for faults of Lockstep itself.
 */
export async function lintApi(api: ApiConfig, { cwd, stage, plugins = true }: LintRun): Promise<Work> {
  const began = performance.now();
  const {
    diagnostics: found,
    read,
    suspect,
    dependencies,
  } = await readApi({ ...api, strict: true }, cwd, stage);
  const diagnostics: Diagnostic[] = [...found];
  if (read !== undefined) append(diagnostics, read.place(await findInSchemas(read.model)));
  const watched = [...dependencies];
  const readable = read !== undefined || suspect !== undefined;
  // Redocly's resolver does not survive references that lead to themselves.
  if (readable && !diagnostics.some(({ code }) => code === "lockstep/ref-cycle")) {
    stage("linting");
    const { document: path, allowRemoteRefs: allowRemote, allowRefFolders: allowFolders } = api;
    const linted = await lintSafely({ path, options: { cwd, allowRemote, allowFolders, plugins } });
    append(diagnostics, withoutCascading(linted.diagnostics, diagnostics));
    watched.push(linted.configPath);
  }
  const status = hasErrors(diagnostics) ? "unclean" : "clean";
  const milliseconds = Math.round(performance.now() - began);
  return {
    outcome: { ...outcomeBase(api, cwd), status, fromHashes: false, milliseconds, diagnostics },
    dependencies: watched,
  };
}
