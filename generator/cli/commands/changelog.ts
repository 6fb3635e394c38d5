/** `lockstep changelog`. */
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Option, type Command } from "commander";
import { SectionError, sectionName, withoutUnreleased, withSection } from "../../changelog/file.ts";
import { renderSection } from "../../changelog/section.ts";
import { diagnose, hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { jsonDiagnostics, renderGithub } from "../../diagnostics/machine.ts";
import { renderText } from "../../diagnostics/render.ts";
import type { DiffReport } from "../../diff/report/report.ts";
import { displayPath, isUrl } from "../../load/access.ts";
import { parseReference } from "../../revision/reference.ts";
import type { CommandModule } from "../command.ts";
import { exitCodes, UsageError, type ExitCode } from "../exit-codes.ts";
import { Progress } from "../report/progress.ts";
import { inRepository } from "../report/repository-path.ts";
import { formats, type Format } from "../report/reporter.ts";
import type { Context } from "../report/terminal.ts";
import { compareSides } from "../diff/compare.ts";
import { addComparison, comparison, type Comparison, type DiffFlags } from "../diff/options.ts";

interface Flags extends DiffFlags {
  readonly format: Format;
  readonly output?: string;
  readonly check?: boolean;
}

const help = `
The section of a version stands between two comments and is replaced as a whole; what you write elsewhere stays. A
section that somebody has edited, or that follows another release than BASE, is refused.
While info.version is that of BASE, the section is called Unreleased. The docs site shows the file.

Examples:
  lockstep changelog v1.4.0:openapi/openapi.yaml           at a release
  lockstep changelog origin/main:openapi.yaml --check      in CI: is the changelog up to date?

Exit codes:
  0  the changelog is up to date
  1  with --check: it is not; or an error in one of the documents
  2  wrong usage, a side that cannot be read, or an internal error`;

const changelog: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command
      .description("Record what a release changes, in CHANGELOG.md beside the document.")
      .argument("<BASE>", "the release before")
      .argument("[REVISION]", "the release (default: the configured API)");
    addComparison(command)
      .option(
        "-o, --output <FILE>",
        "the changelog (default: the configured one, or CHANGELOG.md beside the document)",
      )
      .option("--check", "write nothing, fail where the file is not up to date")
      .addOption(new Option("--format <FORMAT>", "how to print").choices(formats).default("text"))
      .addHelpText("after", help)
      .action(async (base: string, revision: string | undefined, flags: Flags) => {
        done(await runChangelog(base, revision, flags, context));
      });
  },
};
export default changelog;

async function runChangelog(
  base: string,
  revision: string | undefined,
  flags: Flags,
  context: Context,
): Promise<ExitCode> {
  const progress = new Progress(context.err);
  const requested = comparison(base, revision, flags, context, (text) => {
    progress.stage(text);
  });
  const { report, diagnostics } = await compareSides(requested.request).finally(() => {
    progress.clear();
  });
  if (report === undefined) {
    const side = diagnostics.some(({ code }) => code.startsWith("lockstep/diff-"));
    const failed = side ? exitCodes.usage : exitCodes.document;
    return finish(diagnostics, hasErrors(diagnostics) ? failed : exitCodes.ok, flags, context);
  }
  const file = changelogFile(requested, flags, context);
  const { text: before, newline } = await readText(file);
  const name = displayPath(file, context.cwd);
  let after: string;
  try {
    after = updated(before, report);
  } catch (error) {
    if (!(error instanceof SectionError)) throw error;
    const diagnostic = diagnose("lockstep/changelog-edited", `${name}: ${error.message}.`);
    return finish([...diagnostics, diagnostic], exitCodes.document, flags, context);
  }
  const current = after === (before ?? "") || (before === undefined && report.changes.length === 0);
  if (!current && flags.check !== true) await writeText(file, after.replaceAll("\n", newline), name);
  const stale = !current && flags.check === true;
  const said = current ? "is up to date" : stale ? "is not up to date: run lockstep changelog" : "updated";
  if (flags.format !== "json") context.out.line(`${name} ${said}.`);
  return finish(diagnostics, stale ? exitCodes.document : exitCodes.ok, flags, context);
}

/** Once a version is released, its section takes the place of the one that had no version yet. */
function updated(before: string | undefined, { base, revision, changes }: DiffReport): string {
  const version = base.version === revision.version ? undefined : revision.version;
  const { version: previous } = base;
  const text = renderSection({ version, previous, changes });
  const released =
    version === undefined || before === undefined ? before : withoutUnreleased(before, previous);
  if (text === "" && released === undefined) return "";
  return withSection(released, { name: sectionName(version), previous, text });
}

function changelogFile({ api, request }: Comparison, { output }: Flags, { cwd }: Context): string {
  if (output !== undefined) return resolve(cwd, output);
  if (api?.docs.changelog !== undefined) return api.docs.changelog;
  const reference = isUrl(request.revision) ? undefined : parseReference(request.revision, cwd);
  if (reference?.kind !== "file")
    throw new UsageError("Name the changelog with --output: the revision is not a file.");
  return join(dirname(reference.path), "CHANGELOG.md");
}

interface ChangelogText {
  /** With line feeds; `undefined` where there is no file. */
  readonly text: string | undefined;
  /** What the first line of the file ends with. */
  readonly newline: "\n" | "\r\n";
}

async function readText(file: string): Promise<ChangelogText> {
  try {
    const text = await readFile(file, "utf8");
    const newline = /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
    return { text: text.replaceAll("\r\n", "\n"), newline };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT") return { text: undefined, newline: "\n" };
    throw new UsageError(`The changelog ${file} cannot be read (${code}).`);
  }
}

async function writeText(file: string, text: string, name: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(`${name} cannot be written (${code}).`);
  }
}

function finish(
  diagnostics: readonly Diagnostic[],
  exitCode: ExitCode,
  { format }: Flags,
  context: Context,
): ExitCode {
  if (format === "json") {
    const content = { version: 1, command: "changelog", exitCode, diagnostics: jsonDiagnostics(diagnostics) };
    context.out.line(JSON.stringify(content, null, 2));
  } else if (format === "github") {
    if (diagnostics.length > 0)
      context.out.commands(renderGithub(inRepository(diagnostics, context.cwd)).trimEnd());
  } else if (diagnostics.length > 0) {
    context.err.line(renderText(diagnostics, { color: context.err.color }).trimEnd());
  }
  return exitCode;
}
