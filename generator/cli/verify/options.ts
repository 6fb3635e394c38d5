/** Options of `verify`: which server, how much may be sent to it, and who calls. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import { parseActors, noActors, ActorsProblem, type Actors } from "../../verify/actors.ts";
import { UsageError } from "../exit-codes.ts";
import type { TargetFlags } from "../run/targets.ts";
import type { Context } from "../report/terminal.ts";

export const verifyFormats = ["text", "json", "junit", "sarif", "markdown"] as const;
export type VerifyFormat = (typeof verifyFormats)[number];
export const verifyLimits = ["error", "warning", "none"] as const;
export type VerifyLimit = (typeof verifyLimits)[number];

export interface VerifyFlags extends TargetFlags {
  readonly document?: string;
  readonly actors?: string;
  readonly har?: string;
  readonly log?: string;
  readonly only?: readonly string[];
  readonly allowWrites?: boolean;
  readonly allowLoad?: boolean;
  readonly allowHost?: string;
  readonly rate?: number;
  readonly budget: number;
  readonly seed: number;
  readonly timeout: number;
  readonly dryRun?: boolean;
  readonly format: VerifyFormat;
  readonly output?: string;
  readonly sentHar?: string;
  readonly reached?: string;
  readonly failOn: VerifyLimit;
  readonly verbose?: boolean;
}

export function addVerifyOptions(command: Command): Command {
  return command
    .argument("[URL]", "base URL of the server, with the base path of the API")
    .option(
      "--document <DOCUMENT>",
      "path or URL of the document, or a configured API (default: the only one)",
    )
    .option("-c, --config <FILE>", "configuration to use (default: the nearest lockstep.yaml)")
    .option("--allow-remote-refs", "let $refs lead to http: and https: addresses")
    .option("--allow-ref-folder <DIR>", "let $refs lead into this folder too (repeatable)", collect)
    .option("--actors <FILE>", "who calls: credentials, scopes, seeds and recipes")
    .option("--har <FILE>", "classify the exchanges of a HAR file instead of sending any")
    .option("--log <FILE>", "classify exchanges, one JSON object a line, instead of sending any")
    .option("--only <OPERATION>", "probe this operation alone (repeatable)", collect)
    .option("--allow-writes", "send requests that may change something")
    .option("--allow-load", "send requests that put load on the server")
    .option("--allow-host <HOST>", "the host of URL once more, where it is not this machine")
    .addOption(
      new Option("--rate <N>", "requests in a second (default: 10, no limit on this machine)").argParser(
        count,
      ),
    )
    .addOption(new Option("--budget <N>", "requests in all").argParser(count).default(500))
    .addOption(
      new Option("--seed <N>", "of all that is drawn: two runs send the same").argParser(count).default(1),
    )
    .addOption(new Option("--timeout <MS>", "milliseconds for one response").argParser(count).default(10_000))
    .option("--dry-run", "list what would be sent, and send nothing")
    .addOption(new Option("--format <FORMAT>", "how to print").choices(verifyFormats).default("text"))
    .option("-o, --output <FILE>", "write the report into a file, and the text to the terminal")
    .option("--sent-har <FILE>", "write what was sent and received as HAR, without credentials")
    .option("--reached <FILE>", "write the responses that came, for lockstep coverage")
    .addOption(
      new Option("--fail-on <SEVERITY>", "the mildest severity that fails")
        .choices(verifyLimits)
        .default("error"),
    )
    .option("--verbose", "print every finding whole");
}

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It takes a whole number.");
  return Number(text);
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}

/** The URL without a slash at its end. Throws `UsageError` where nothing may be sent to it. */
export function serverUrl(text: string, { allowHost }: VerifyFlags): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`${text} is not an http: or https: address of a server.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError("The address holds a credential. Put credentials into the actors file (--actors).");
  }
  if (!isLoopback(url.hostname) && allowHost !== url.hostname) {
    throw new UsageError(
      `${url.hostname} is not this machine. Say that you may send requests to it: --allow-host ${url.hostname}`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

export function readActors({ actors }: VerifyFlags, { cwd, environment }: Context): Actors {
  if (actors === undefined) return noActors;
  let text: string;
  try {
    text = readFileSync(resolve(cwd, actors), "utf8");
  } catch {
    throw new UsageError(`There is no actors file ${actors}.`);
  }
  return asUsage(() => parseActors(text, actors, environment));
}

/** What is wrong with the actors file is wrong usage. */
export function asUsage<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof ActorsProblem) throw new UsageError(error.message);
    throw error;
  }
}
