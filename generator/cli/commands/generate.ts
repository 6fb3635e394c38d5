/** `lockstep generate`. */
import type { Command } from "commander";
import type { CommandModule } from "../command.ts";
import { eachApi } from "../run/each-api.ts";
import type { ExitCode } from "../exit-codes.ts";
import { generateApi } from "../generate/generate-api.ts";
import { addDocument, addOutput, addStrictness, exitCodeHelp, type SharedFlags } from "../options.ts";
import type { Context } from "../report/terminal.ts";

export interface GenerateFlags extends SharedFlags {
  readonly watch?: boolean;
}

const help = `
Everything is generated in memory first: with an error in the document, nothing is written.
Only files that the folder's manifest.json claims are changed or deleted.

Examples:
  lockstep generate                              every API in lockstep.yaml
  lockstep generate openapi.yaml --out src/api   without a configuration
  lockstep generate public --watch               one configured API, again after each change
${exitCodeHelp}`;

const generate: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Generate every layer from the OpenAPI document into one folder.");
    addStrictness(addOutput(addDocument(command)))
      .option("-w, --watch", "generate again whenever a file that the document consists of changes")
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: GenerateFlags) => {
        if (flags.watch !== true) {
          const options = { cwd: context.cwd, force: flags.force === true };
          done(
            await eachApi({
              command: "generate",
              document,
              flags,
              context,
              work: (api, stage) => generateApi(api, { ...options, stage }),
            }),
          );
          return;
        }
        const { watch } = await import("../generate/watch.ts");
        await watch(document, flags, context);
      });
  },
};
export default generate;
