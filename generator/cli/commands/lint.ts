/** `lockstep lint`. */
import type { Command } from "commander";
import type { CommandModule } from "../commands.ts";
import { eachApi, type Run } from "../each-api.ts";
import type { ExitCode } from "../exit-codes.ts";
import { addDocument, exitCodeHelp, type SharedFlags } from "../options.ts";
import type { Context } from "../terminal.ts";

const help = `
Every complaint names its file, line and column, what is wrong and what to do. Nothing is written.

Examples:
  lockstep lint                     every API in lockstep.yaml
  lockstep lint openapi.yaml
  lockstep lint --format github     annotations on a pull request
${exitCodeHelp}`;

const lint: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Check the document against Lockstep's rules, generate nothing.");
    addDocument(command)
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: SharedFlags) => {
        const { lintApi } = await import("../lint-api.ts");
        const work: Run["work"] = (api, stage) => lintApi(api, context.cwd, stage);
        done(await eachApi({ command: "lint", document, flags, context, work }));
      });
  },
};
export default lint;
