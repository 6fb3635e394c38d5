/** The active half of `verify`: plans, sends, and ends in good order when it is interrupted. */
import { writeFile } from "node:fs/promises";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { monitoredContract } from "../../verify/contract.ts";
import { planProbes, type Plan } from "../../verify/plan.ts";
import { renderHar } from "../../verify/report/har.ts";
import { renderPlan } from "../../verify/report/plan.ts";
import { makeReport, type VerifyReport } from "../../verify/report/report.ts";
import { runPlan, type VerifyRun } from "../../verify/run.ts";
import { secretsOf } from "../../verify/secrets-of.ts";
import { send } from "../../verify/send.ts";
import { packageVersion } from "../../package/identity.ts";
import type { Progress } from "../report/progress.ts";
import type { ReadModel } from "../../pipeline/read-model.ts";
import type { Context } from "../report/terminal.ts";
import { asUsage, isLoopback, readActors, serverUrl, type VerifyFlags } from "./options.ts";

/** Bytes of a response that are read. */
const maxBytes = 2 * 1024 * 1024;
/** Requests in a second to another machine. */
const gentleRate = 10;

/** `undefined` for a dry run. */
export async function verifyServer(
  url: string,
  { model, place }: ReadModel,
  flags: VerifyFlags,
  context: Context,
  progress: Progress,
): Promise<VerifyReport | undefined> {
  const baseUrl = serverUrl(url, flags);
  const actors = readActors(flags, context);
  const secrets = secretsOf(actors);
  const plan = asUsage(() =>
    planProbes(model, {
      actors,
      seed: flags.seed,
      budget: flags.budget,
      allowWrites: flags.allowWrites === true,
      allowLoad: flags.allowLoad === true,
      only: flags.only ?? [],
    }),
  );
  if (flags.dryRun === true) {
    context.out.line(renderPlan(plan, baseUrl, secrets).trimEnd());
    return undefined;
  }
  const contract = monitoredContract(model, new URL(baseUrl).pathname.replace(/\/$/, ""));
  const rate = flags.rate ?? (isLoopback(new URL(baseUrl).hostname) ? 0 : gentleRate);
  progress.stage(`sending up to ${plan.requests} requests`);
  const run = await interruptibly((signal) =>
    sendPlan({ model, contract, secrets }, plan, {
      baseUrl,
      rate,
      timeoutMs: flags.timeout,
      signal,
      progress,
      isWatched: context.err.interactive,
    }),
  );
  await writeTraffic(run, baseUrl, flags, context, secrets);
  return makeReport({ run, subject: baseUrl, baseUrl, secrets, place });
}

interface Sending {
  readonly baseUrl: string;
  readonly rate: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** True if somebody sees a line being rewritten. */
  readonly isWatched: boolean;
}

async function sendPlan(
  parts: Parameters<typeof runPlan>[0],
  plan: Plan,
  { baseUrl, rate, timeoutMs, signal, progress, isWatched }: Sending,
): Promise<VerifyRun> {
  const now = (): number => performance.timeOrigin + performance.now();
  const agent = baseUrl.startsWith("https:")
    ? new HttpsAgent({ keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  try {
    return await runPlan(
      parts,
      plan,
      { rate },
      {
        now,
        send: (request) => send(request, { baseUrl, timeoutMs, maxBytes, agent, signal, now }),
        wait: (milliseconds) => delay(milliseconds, undefined, { signal }).catch(() => undefined),
        stopped: () => signal.aborted,
        ...(isWatched
          ? {
              progress: (done, all) => {
                progress.stage(`${done} of ${all} probes`);
              },
            }
          : {}),
      },
    );
  } finally {
    agent.destroy();
  }
}

/** The first signal ends the run, so that what is known is printed; the second one ends the process. */
async function interruptibly<Result>(act: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await act(controller.signal);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

async function writeTraffic(
  run: VerifyRun,
  baseUrl: string,
  { sentHar, reached }: VerifyFlags,
  { cwd }: Context,
  secrets: ReturnType<typeof secretsOf>,
): Promise<void> {
  if (sentHar !== undefined) {
    await writeFile(resolve(cwd, sentHar), renderHar(run.exchanges, baseUrl, secrets, packageVersion()));
  }
  if (reached !== undefined) {
    const lines = run.reached.map((entry) => `${JSON.stringify(entry)}\n`);
    await writeFile(resolve(cwd, reached), lines.join(""));
  }
}
