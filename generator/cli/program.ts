/** The command line: parses it, loads the one command that was called, and turns every end into an exit code. */
import { Command } from "commander";
import { commands } from "./commands.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { explain } from "./explain.ts";
import { packageVersion } from "../package/identity.ts";
import type { Context } from "./report/terminal.ts";

const help = `
Examples:
  lockstep generate openapi.yaml --out src/api   generate without a configuration
  lockstep generate                              every API in lockstep.yaml
  lockstep check                                 in CI: has anything drifted?
  lockstep help generate                         the options of one command

Exit codes: 0 success, 1 an error in your document or drift, 2 wrong usage or an internal error.
Colours follow NO_COLOR and FORCE_COLOR; LOCKSTEP_DEBUG=1 adds the stack to an internal error.`;

/** Runs the command line `args` (without node and script). Never throws. */
export async function runProgram(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.ok;
  const program = createProgram(context, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(asHelpOption(args), { from: "user" });
    return exitCode;
  } catch (error) {
    return explain(error, context);
  }
}

/** `lockstep help generate` is `lockstep generate --help`, which loads the command and so knows its options. */
function asHelpOption(args: readonly string[]): string[] {
  return args[0] === "help" ? [...args.slice(1, 2), "--help"] : [...args];
}

function createProgram(context: Context, done: (exitCode: ExitCode) => void): Command {
  const program = new Command("lockstep")
    .description(
      "Keeps server, client and documentation in lockstep with one OpenAPI document and its error codes.",
    )
    .version(packageVersion(), "-v, --version")
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError("(`lockstep --help` says what there is)")
    .configureOutput({
      writeOut: (text) => {
        context.out.line(text.trimEnd());
      },
      writeErr: (text) => {
        context.err.line(text.trimEnd());
      },
      outputError: (text, write) => {
        write(context.err.style("red", text.trimEnd()));
      },
    })
    .addHelpText("after", help);
  for (const { name, summary } of commands) program.command(name).summary(summary);
  program.hook("preSubcommand", async (_, command) => {
    const entry = commands.find(({ name }) => name === command.name());
    const { default: definition } = (await entry?.load()) ?? {};
    definition?.define(command, context, done);
  });
  return program;
}
