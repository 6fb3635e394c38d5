/** `lockstep coverage`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { CommandModule } from "../command.ts";
import { eachApi, type Work } from "../run/each-api.ts";
import { UsageError, type ExitCode } from "../exit-codes.ts";
import { addDocument, exitCodeHelp, type SharedFlags } from "../options.ts";
import { outcomeBase } from "../run/outcome.ts";
import { readApi } from "../run/read-api.ts";
import type { Context } from "../report/terminal.ts";
import { parseRecording, uncovered, type RecordedResponse, type Gap } from "../coverage/pairs.ts";

interface CoverageFlags extends SharedFlags {
  readonly responses: readonly string[];
  readonly except?: readonly string[];
}

const help = `
Compares the responses that a server sent, as the coverage recorder of the server kit wrote them down, with those that
the document declares, and lists every operation, status and code that no test provoked.

Examples:
  lockstep coverage openapi.yaml --responses coverage/responses.jsonl
  lockstep coverage --responses unit.jsonl --responses e2e.jsonl --except internal_error
${exitCodeHelp}`;

const coverage: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("List the declared responses that no test provoked.");
    addDocument(command)
      .requiredOption(
        "--responses <FILE>",
        "the recorded responses, one JSON object a line (repeatable)",
        collect,
      )
      .option("--except <CODE>", "a code that need not be provoked (repeatable)", collect)
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: CoverageFlags) => {
        const responses = flags.responses.flatMap((file) =>
          readResponses(path.resolve(context.cwd, file), file),
        );
        const except = new Set(flags.except ?? []);
        // Of many diagnostics of one kind only some are printed, but this list has to be whole.
        const list = (gaps: readonly Gap[]): void => {
          if (flags.format !== "text") return;
          for (const { operation, missing } of gaps) context.out.line(`${operation}: ${missing.join(", ")}`);
        };
        const work = (api: ApiConfig, stage: (text: string) => void): Promise<Work> =>
          checkCoverage(api, { cwd: context.cwd, responses, except, stage, list });
        done(await eachApi({ command: "coverage", document, flags, context, work }));
      });
  },
};
export default coverage;

interface CoverageOptions {
  readonly cwd: string;
  readonly responses: readonly RecordedResponse[];
  readonly except: ReadonlySet<string>;
  readonly stage: (text: string) => void;
  readonly list: (gaps: readonly Gap[]) => void;
}

async function checkCoverage(
  api: ApiConfig,
  { cwd, responses, except, stage, list }: CoverageOptions,
): Promise<Work> {
  const began = performance.now();
  const { diagnostics: found, read, dependencies } = await readApi(api, cwd, stage);
  const gaps = read === undefined ? [] : uncovered(read.model, responses, except);
  list(gaps);
  // What is wrong with the document is the business of `lint`; it counts here only where it stops everything.
  const diagnostics = read === undefined ? found : read.place(gaps.map(({ finding }) => finding));
  const status = hasErrors(diagnostics) ? "unclean" : "clean";
  const milliseconds = Math.round(performance.now() - began);
  return {
    outcome: { ...outcomeBase(api, cwd), status, fromHashes: false, milliseconds, diagnostics },
    dependencies,
  };
}

function readResponses(file: string, name: string): readonly RecordedResponse[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`There is no ${name}: run the tests with a coverage recorder first.`);
  }
  return parseRecording(text, name);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
