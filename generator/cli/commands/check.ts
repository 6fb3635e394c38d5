/** `lockstep check`. */
import type { Command } from "commander";
import { checkApi } from "../generate/check-api.ts";
import type { CommandModule } from "../command.ts";
import { eachApi } from "../run/each-api.ts";
import type { ExitCode } from "../exit-codes.ts";
import { addDocument, addOutput, addStrictness, exitCodeHelp, type SharedFlags } from "../options.ts";
import type { Context } from "../report/terminal.ts";

const help = `
Generates in memory and compares with the output folder: prints a diff of what was modified, and names what is missing
or no longer generated. Every API is checked before the command ends. Nothing is written.

Examples:
  lockstep check                     every API in lockstep.yaml, as in CI
  lockstep check --format github     annotations on a pull request
  lockstep check openapi.yaml --out src/api
${exitCodeHelp}`;

const check: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Fail if generated files differ from what the document says.");
    addStrictness(addOutput(addDocument(command)))
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: SharedFlags) => {
        const options = { cwd: context.cwd, force: flags.force === true };
        done(
          await eachApi({
            command: "check",
            document,
            flags,
            context,
            work: (api, stage) => checkApi(api, { ...options, stage }),
          }),
        );
      });
  },
};
export default check;
