/** `lockstep retire`. */
import { Option, type Command } from "commander";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import { jsonDiagnostics, renderGithub } from "../../diagnostics/machine.ts";
import { renderText } from "../../diagnostics/render.ts";
import { counted } from "../../diff/wording.ts";
import type { CommandModule } from "../command.ts";
import { exitCodes, UsageError, type ExitCode } from "../exit-codes.ts";
import { formats, type Format } from "../report/reporter.ts";
import { findTargets, type TargetFlags } from "../run/targets.ts";
import { inRepository } from "../report/repository-path.ts";
import type { Context } from "../report/terminal.ts";
import { retireCode, type RetireResult } from "../retire/run.ts";

interface Flags extends TargetFlags {
  readonly format: Format;
  readonly replacedBy?: string;
  readonly in?: string;
  readonly document?: string;
  readonly dryRun?: boolean;
}

const help = `
The code leaves the enum and every x-errors; its entry stays in the catalogue as a tombstone. With --replaced-by,
operations list the other code in its place. Comments, order and everything else stay as they are.

Examples:
  lockstep retire legacy_forbidden --replaced-by insufficient_scope
  lockstep retire not_implemented --in 2.0.0 --dry-run

Exit codes:
  0  retired, and the document lints clean
  1  something remains to be done by hand, or the document has an error
  2  wrong usage or an internal error`;

const retire: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command
      .description("Turn a live error code into a tombstone, in the YAML that you wrote.")
      .argument("<CODE>", "the code to retire")
      .option("--replaced-by <OTHER>", "the live code to expect instead")
      .option("--in <VERSION>", "the API version that retires it (default: info.version)")
      .option("--document <DOCUMENT>", "path of the document, or the name of a configured API")
      .option("-c, --config <FILE>", "configuration to use (default: the nearest lockstep.yaml)")
      .option("--dry-run", "say what would be edited, write nothing")
      .addOption(new Option("--format <FORMAT>", "how to print").choices(formats).default("text"))
      .addHelpText("after", help)
      .action(async (code: string, flags: Flags) => {
        done(await runRetire(code, flags, context));
      });
  },
};
export default retire;

async function runRetire(code: string, flags: Flags, context: Context): Promise<ExitCode> {
  const { apis, diagnostics } = findTargets(flags.document, flags, context.cwd);
  if (diagnostics.length > 0) {
    context.err.line(renderText(diagnostics, { color: context.err.color }).trimEnd());
    return exitCodes.usage;
  }
  const [api, ...others] = apis;
  if (api === undefined || others.length > 0) {
    throw new UsageError(
      `Name one of the configured APIs with --document: ${apis.map(({ name }) => name).join(", ")}.`,
    );
  }
  const options = { code, replacedBy: flags.replacedBy, version: flags.in, dryRun: flags.dryRun === true };
  const result = await retireCode(api, options, context.cwd);
  const exitCode = hasErrors(result.diagnostics) ? exitCodes.document : exitCodes.ok;
  print(code, flags, result, exitCode, context);
  return exitCode;
}

function print(code: string, flags: Flags, result: RetireResult, exitCode: ExitCode, context: Context): void {
  const { diagnostics, edited, operations, version } = result;
  if (flags.format === "json") {
    const content = {
      version: 1,
      command: "retire",
      exitCode,
      diagnostics: jsonDiagnostics(diagnostics),
      edited,
      operations,
    };
    context.out.line(JSON.stringify(content, null, 2));
    return;
  }
  if (edited.length > 0) {
    const verb = flags.dryRun === true ? "would be retired" : "is retired";
    const lists = operations.length === 0 ? "" : `, ${counted(operations.length, "operation")} edited`;
    context.out.line(`${code} ${verb} in ${version}: ${edited.join(", ")}${lists}.`);
  }
  if (diagnostics.length === 0) return;
  if (edited.length > 0) context.err.line("This remains to be done:");
  if (flags.format === "github")
    context.out.commands(renderGithub(inRepository(diagnostics, context.cwd)).trimEnd());
  else context.err.line(renderText(diagnostics, { color: context.err.color }).trimEnd());
}
