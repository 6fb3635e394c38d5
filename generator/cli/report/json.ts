/** `--format json`: one JSON document on stdout when the command is done. */
import { append } from "../../json/append.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { jsonDiagnostics } from "../../diagnostics/machine.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Outcome } from "../run/outcome.ts";
import type { Reporter } from "./reporter.ts";
import type { Context } from "./terminal.ts";

/** Raised when a member changes meaning; new members may be added without. */
const version = 1;

export class JsonReporter implements Reporter {
  readonly #command: string;
  readonly #context: Context;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #apis: Outcome[] = [];

  constructor(command: string, context: Context) {
    this.#command = command;
    this.#context = context;
  }

  diagnostics(diagnostics: readonly Diagnostic[]): void {
    append(this.#diagnostics, diagnostics);
  }

  outcome(outcome: Outcome): Promise<void> {
    this.#apis.push(outcome);
    return Promise.resolve();
  }

  finish(exitCode: ExitCode): void {
    const content = {
      version,
      command: this.#command,
      exitCode,
      diagnostics: jsonDiagnostics(this.#diagnostics),
      apis: this.#apis.map((outcome) => ({ ...outcome, diagnostics: jsonDiagnostics(outcome.diagnostics) })),
    };
    this.#context.out.line(JSON.stringify(content, null, 2));
  }
}
