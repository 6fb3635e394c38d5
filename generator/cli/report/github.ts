/** `--format github`: workflow commands, which GitHub shows as annotations on the lines of a pull request. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { renderGithub } from "../../diagnostics/machine.ts";
import type { WritePlan } from "../../write/plan.ts";
import type { Outcome } from "../run/outcome.ts";
import type { Reporter } from "./reporter.ts";
import { inRepository } from "./repository-path.ts";
import { TextReporter } from "./text.ts";
import type { Context } from "./terminal.ts";

/** Annotations, then the summary lines of the text format for whoever reads the log. */
export class GithubReporter extends TextReporter implements Reporter {
  readonly #context: Context;

  constructor(command: string, context: Context) {
    super(command, context);
    this.#context = context;
  }

  override diagnostics(diagnostics: readonly Diagnostic[]): void {
    const text = renderGithub(inRepository(diagnostics, this.#context.cwd)).trimEnd();
    if (text !== "") this.#context.out.commands(text);
  }

  override async outcome(outcome: Outcome, plan?: WritePlan): Promise<void> {
    if (outcome.status === "drifted") {
      for (const { kind, path } of plan?.changes ?? []) {
        const what = { create: "is missing", modify: "was modified", delete: "is no longer generated" }[kind];
        const place = {
          file: `${outcome.out}/${path}`,
          line: 1,
          column: 1,
          endLine: 1,
          endColumn: 1,
          pointer: "",
        };
        const message = `${path} ${what}: run \`lockstep generate\`.`;
        this.diagnostics([{ code: "lockstep/drift", severity: "error", message, location: place }]);
      }
    }
    await super.outcome(outcome, plan);
  }
}
