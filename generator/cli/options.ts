/** The options that commands share, each declared once. */
import { Option, type Command } from "commander";
import { importExtensions } from "../config/config.ts";
import { formats, type Format } from "./report/reporter.ts";
import type { TargetFlags } from "./run/targets.ts";

export interface SharedFlags extends TargetFlags {
  readonly format: Format;
  readonly force?: boolean;
}

/** DOCUMENT, and how it is read. */
export function addDocument(command: Command): Command {
  return command
    .argument(
      "[DOCUMENT]",
      "path or URL of an OpenAPI document, or the name of a configured API (default: all of them)",
    )
    .option("-c, --config <FILE>", "configuration to use (default: the nearest lockstep.yaml)")
    .option("--trust-config", "let the configuration lead out of its repository and to the network")
    .option("--allow-remote-refs", "let $refs lead to http: and https: addresses")
    .option("--allow-ref-folder <DIR>", "let $refs lead into this folder too (repeatable)", collect)
    .option("--overlay <FILE>", "apply this OpenAPI Overlay to the document (repeatable)", collect)
    .addOption(new Option("--format <FORMAT>", "how to print").choices(formats).default("text"));
}

/** Whether assumptions about the document are errors. */
export function addStrictness(command: Command): Command {
  return command
    .addOption(
      new Option("--strict", "take every assumption about the document as an error").conflicts("lenient"),
    )
    .option("--lenient", "take assumptions as warnings, also where the document uses the vocabulary");
}

/** Where the output goes and what it looks like. */
export function addOutput(command: Command): Command {
  return command
    .option("-o, --out <DIR>", 'output folder (default: the configured one, or "generated")')
    .addOption(
      new Option("--import-extension <EXT>", "extension of imports between generated files").choices(
        importExtensions,
      ),
    )
    .option("--force", "do the work even where hashes say that nothing has changed");
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** The part of every command's help that says what its exit code means. */
export const exitCodeHelp = `
Exit codes:
  0  success
  1  the document has an error, or generated files have drifted
  2  wrong usage, configuration or output folder, or an internal error`;
