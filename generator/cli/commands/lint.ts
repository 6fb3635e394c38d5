/** `lockstep lint`. */
import type { Command } from "commander";
import type { CommandModule } from "../command.ts";
import { eachApi, type Run } from "../run/each-api.ts";
import type { ExitCode } from "../exit-codes.ts";
import { addDocument, exitCodeHelp, type SharedFlags } from "../options.ts";
import { announcePlugins } from "../run/plugins.ts";
import type { Context } from "../report/terminal.ts";

const help = `
Every diagnostic names its file, line and column, what is wrong and what to do. Nothing is written.

Examples:
  lockstep lint                     every API in lockstep.yaml
  lockstep lint openapi.yaml
  lockstep lint --format github     annotations on a pull request
${exitCodeHelp}`;

interface LintFlags extends SharedFlags {
  readonly plugins: boolean;
}

const lint: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Check the document against Lockstep's rules, generate nothing.");
    addDocument(command)
      .option("--no-plugins", "leave out the plugins of redocly.yaml, which are code of the repository")
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: LintFlags) => {
        const { lintApi } = await import("../lint/lint-api.ts");
        const { plugins } = flags;
        if (plugins) announcePlugins(context);
        const work: Run["work"] = (api, stage) => lintApi(api, { cwd: context.cwd, stage, plugins });
        done(await eachApi({ command: "lint", document, flags, context, work }));
      });
  },
};
export default lint;
