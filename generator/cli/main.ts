#!/usr/bin/env node
/** The executable `lockstep`. */
import "./engine.ts";
import { explain } from "./explain.ts";
import { runProgram } from "./program.ts";
import { Printer, type Context } from "./report/terminal.ts";

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has gone, as `head` does once it has enough. The work goes on, and so does its exit code.
    if (error.code !== "EPIPE") throw error;
  });
}

const context: Context = {
  cwd: process.cwd(),
  environment: process.env,
  out: new Printer(process.stdout, process.env),
  err: new Printer(process.stderr, process.env),
};
process.on("uncaughtException", (error) => {
  process.exit(explain(error, context));
});

process.exitCode = await runProgram(process.argv.slice(2), context);
