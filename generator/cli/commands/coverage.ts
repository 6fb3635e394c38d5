/** `lockstep coverage`. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { CommandModule } from "../commands.ts";
import { eachApi, type Work } from "../each-api.ts";
import { UsageError, type ExitCode } from "../exit-codes.ts";
import { addDocument, exitCodeHelp, type SharedFlags } from "../options.ts";
import { outcomeBase } from "../outcome.ts";
import { readModel } from "../read-model.ts";
import type { Context } from "../terminal.ts";
import { parseAnswers, uncovered, type Answered, type Gap } from "./coverage-pairs.ts";

interface CoverageFlags extends SharedFlags {
  readonly answers: readonly string[];
  readonly except?: readonly string[];
}

const help = `
Compares the answers that a server really gave, as the server kit's coverage recorder wrote them down, with those that
the document declares, and names every operation, status and code that no test ever provoked.

Examples:
  lockstep coverage openapi.yaml --answers coverage/answers.jsonl
  lockstep coverage --answers unit.jsonl --answers e2e.jsonl --except internal_error
${exitCodeHelp}`;

const coverage: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("List the declared answers that the tests never provoked.");
    addDocument(command)
      .requiredOption("--answers <FILE>", "what was answered, one JSON object a line (repeatable)", collect)
      .option("--except <CODE>", "a code that need not be provoked (repeatable)", collect)
      .addHelpText("after", help)
      .action(async (document: string | undefined, flags: CoverageFlags) => {
        const answers = flags.answers.flatMap((file) => readAnswers(path.resolve(context.cwd, file), file));
        const except = new Set(flags.except ?? []);
        // Of many diagnostics of one kind only some are printed, but this list has to be whole.
        const list = (gaps: readonly Gap[]): void => {
          if (flags.format !== "text") return;
          for (const { operation, missing } of gaps) context.out.line(`${operation}: ${missing.join(", ")}`);
        };
        const work = (api: ApiConfig, stage: (text: string) => void): Promise<Work> =>
          checkCoverage(api, { cwd: context.cwd, answers, except, stage, list });
        done(await eachApi({ command: "coverage", document, flags, context, work }));
      });
  },
};
export default coverage;

interface CoverageOptions {
  readonly cwd: string;
  readonly answers: readonly Answered[];
  readonly except: ReadonlySet<string>;
  readonly stage: (text: string) => void;
  readonly list: (gaps: readonly Gap[]) => void;
}

async function checkCoverage(
  api: ApiConfig,
  { cwd, answers, except, stage, list }: CoverageOptions,
): Promise<Work> {
  const began = performance.now();
  const { diagnostics: found, read, asked } = await readModel(api, cwd, stage);
  const gaps = read === undefined ? [] : uncovered(read.model, answers, except);
  list(gaps);
  // What is wrong with the document is the business of `lint`; it counts here only where it stops everything.
  const diagnostics = read === undefined ? found : read.place(gaps.map(({ finding }) => finding));
  const status = hasErrors(diagnostics) ? "unclean" : "clean";
  const milliseconds = Math.round(performance.now() - began);
  return {
    outcome: { ...outcomeBase(api, cwd), status, fromHashes: false, milliseconds, diagnostics },
    asked,
  };
}

function readAnswers(file: string, name: string): readonly Answered[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`There is no ${name}: run the tests with a coverage recorder first.`);
  }
  return parseAnswers(text, name);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
