/** What the file of a command exports. */
import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { Context } from "./report/terminal.ts";

export interface CommandModule {
  /** Adds arguments, options, help and action to `command`; the action calls `done` with the exit code. */
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void;
}
