/** Options of `diff` and `changelog`: the command line over `lockstep.yaml` over the defaults. */
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { readingChoices, type ApiConfig } from "../../config/config.ts";
import { failLimits, type DiffConfig, type FailLimit } from "../../config/diff.ts";
import { readConfig } from "../../config/read.ts";
import { clientKinds, type ClientKind } from "../../diff/change.ts";
import { isDate } from "../../diff/ignore.ts";
import { defaultSettings, type DiffSettings } from "../../diff/settings.ts";
import { UsageError } from "../exit-codes.ts";
import { configPath } from "../run/targets.ts";
import type { Context } from "../report/terminal.ts";
import { defaultIgnoreFile, type CompareRequest } from "./compare.ts";

export interface DiffFlags {
  readonly config?: string;
  readonly trustConfig?: boolean;
  readonly api?: string;
  readonly allowRemote?: boolean;
  readonly allowRefFolder?: readonly string[];
  readonly allowDifferent?: boolean;
  readonly failOn?: FailLimit;
  readonly clients?: readonly ClientKind[];
  readonly ignoreFile?: string;
  readonly checkVersion?: boolean;
  readonly date?: string;
}

/** What both commands take. */
export function addComparison(command: Command): Command {
  return command
    .option("-c, --config <FILE>", "configuration to use (default: the nearest lockstep.yaml)")
    .option("--trust-config", "let the configuration lead out of its repository and to the network")
    .option("--api <NAME>", "which configured API the revision is (default: the only one)")
    .option("--allow-remote", "read sides and $refs from http: and https: addresses")
    .option("--allow-ref-folder <DIR>", "let $refs lead into this folder too (repeatable)", collect)
    .option("--allow-different", "compare documents that seem to be different APIs")
    .addOption(new Option("--clients <KINDS...>", "whose break counts").choices(clientKinds))
    .option("--ignore-file <FILE>", "accepted findings (default: lockstep-diff-ignore.yaml)")
    .option("--date <DATE>", "compare sunsets and expiries with this day (default: today)");
}

/** The option of `diff` alone. */
export function failOnOption(): Option {
  return new Option("--fail-on <IMPACT>", "the mildest impact that fails (default: breaking)").choices(
    failLimits,
  );
}

export interface Comparison {
  readonly request: CompareRequest;
  readonly failOn: FailLimit;
  readonly config: DiffConfig;
  /** The configured API that the revision is, where it was not named. */
  readonly api: ApiConfig | undefined;
}

/** Puts the request together. Throws `UsageError` for what cannot be meant. */
export function comparison(
  base: string,
  revision: string | undefined,
  flags: DiffFlags,
  context: Context,
  stage: (text: string) => void,
): Comparison {
  const { cwd } = context;
  const file = configPath(flags, cwd);
  const read =
    file === undefined
      ? undefined
      : readConfig(file, cwd, { trusted: flags.trustConfig, remote: flags.allowRemote });
  const problem = read?.diagnostics[0];
  if (problem !== undefined) throw new UsageError(`${problem.message} ${problem.fix ?? ""}`.trim());
  const config = read?.config?.diff ?? {};
  const api = revision === undefined ? chooseApi(read?.config?.apis ?? [], flags.api) : undefined;
  const ignorePath = flags.ignoreFile === undefined ? config.ignoreFile : resolve(cwd, flags.ignoreFile);
  const request: CompareRequest = {
    base,
    revision: revision ?? api?.document ?? "",
    access: {
      cwd,
      allowRemote: flags.allowRemote ?? api?.allowRemoteRefs ?? false,
      allowFolders: flags.allowRefFolder?.map((folder) => resolve(cwd, folder)) ?? api?.allowRefFolders ?? [],
      overlays: api?.overlays ?? [],
      choices: api === undefined ? {} : readingChoices(api),
    },
    settings: settings(config, flags),
    ignoreFile: { path: ignorePath ?? defaultIgnoreFile(file, cwd), named: ignorePath !== undefined },
    checkVersion: flags.checkVersion === true,
    allowDifferent: flags.allowDifferent === true,
    stage,
  };
  return { request, failOn: flags.failOn ?? config.failOn ?? "breaking", config, api };
}

function settings(config: DiffConfig, flags: DiffFlags): DiffSettings {
  if (flags.date !== undefined && !isDate(flags.date)) {
    throw new UsageError(`--date takes a day such as 2027-01-31, not ${flags.date}.`);
  }
  return {
    clients: flags.clients ?? config.clients ?? defaultSettings.clients,
    impacts: config.impacts ?? defaultSettings.impacts,
    stability: config.stability ?? defaultSettings.stability,
    today: flags.date ?? new Date().toISOString().slice(0, 10),
  };
}

function chooseApi(apis: readonly ApiConfig[], name: string | undefined): ApiConfig {
  const [first, ...others] = name === undefined ? apis : apis.filter((api) => api.name === name);
  if (first === undefined) {
    const why = name === undefined ? "No API is configured" : `There is no configured API ${name}`;
    throw new UsageError(
      `${why}: name the revision, as in lockstep diff origin/main:openapi.yaml openapi.yaml.`,
    );
  }
  if (others.length > 0) {
    throw new UsageError(
      `Name the revision, or one of the configured APIs with --api: ${apis.map((api) => api.name).join(", ")}.`,
    );
  }
  return first;
}

function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), value];
}
