/** Says why a command ended before its end. */
import { CommanderError } from "commander";
import { exitCodes, UsageError, type ExitCode } from "./exit-codes.ts";
import type { Context } from "./report/terminal.ts";

/** Prints why a command ended early, in one line where it is nobody's fault but ours; returns the exit code. */
export function explain(error: unknown, context: Context): ExitCode {
  if (error instanceof CommanderError) {
    // Commander has printed already; help and version end with 0.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  if (error instanceof UsageError) {
    context.err.line(`${context.err.style("red", "error:")} ${error.message}`);
    return exitCodes.usage;
  }
  const reason = error instanceof Error ? error.message : String(error);
  context.err.line(`${context.err.style("red", "internal error:")} ${reason.split("\n")[0] ?? ""}`);
  context.err.line(
    "This is a fault of lockstep-openapi, not of your document. Please report it, with the document if you can, " +
      "and with what LOCKSTEP_DEBUG=1 adds.",
  );
  if (context.environment["LOCKSTEP_DEBUG"] === "1" && error instanceof Error) {
    context.err.line(error.stack ?? "");
  }
  return exitCodes.usage;
}
