/** Carries a plan out: sends, classifies, and keeps to budget, rate and the stop signal. */
import { append } from "../json/append.ts";
import type { ApiModel, Operation } from "../model/api-model.ts";
import type { Exchange, ProbeRequest } from "./exchange.ts";
import { headerOf } from "./exchange.ts";
import type { Finding } from "./finding.ts";
import { type RunContext, jsonBody, classifyExchange, makeFinding } from "./classify-exchange.ts";
import { Matrix } from "./matrix.ts";
import type { LeftOutProbe, Plan } from "./plan.ts";
import { isSafe, type Probe, type ProbeStep } from "./probe.ts";

/** The world outside; tests give their own. */
export interface RunTools {
  readonly send: (request: ProbeRequest) => Promise<Exchange>;
  /** Resolves after so many milliseconds, or when the run is stopped. */
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  readonly stopped: () => boolean;
  readonly progress?: (done: number, all: number) => void;
}

export interface RunOptions {
  /** Requests in a second; 0 for no limit. */
  readonly rate: number;
}

/** A probe that came to nothing, and why. */
export interface OpenProbe {
  readonly probe: Probe;
  readonly reason:
    | LeftOutProbe["reason"]
    | "stopped"
    | "operation-stopped"
    | "no-response"
    | "rate-limited"
    | "earlier-step";
}

/** One (operation, status, code) that came, for `lockstep coverage`. */
export interface ReachedResponse {
  readonly operation: string;
  readonly status: number;
  readonly code: string | null;
}

export interface VerifyRun {
  readonly model: ApiModel;
  readonly findings: readonly Finding[];
  readonly matrix: Matrix;
  readonly exchanges: readonly Exchange[];
  readonly open: readonly OpenProbe[];
  readonly reached: readonly ReachedResponse[];
  /** True where the run ended before its plan. */
  readonly interrupted: boolean;
}

/** Requests in a row without a response after which the server counts as gone. */
const maxSilence = 5;
/** Seconds that a `Retry-After` may ask for. */
const maxWait = 10;

export async function runPlan(
  parts: Omit<RunContext, "matrix">,
  plan: Plan,
  options: RunOptions,
  tools: RunTools,
): Promise<VerifyRun> {
  const run = new Run({ ...parts, matrix: new Matrix(parts.model) }, options, tools);
  let done = 0;
  for (const probe of plan.probes) {
    await run.probe(probe);
    tools.progress?.(++done, plan.probes.length);
  }
  return run.result(plan.leftOut);
}

class Run {
  readonly #context: RunContext;
  readonly #options: RunOptions;
  readonly #tools: RunTools;
  readonly #findings: Finding[] = [];
  readonly #exchanges: Exchange[] = [];
  readonly #open: OpenProbe[] = [];
  readonly #reached = new Map<string, ReachedResponse>();
  readonly #stopped = new Set<Operation>();
  #silence = 0;
  #interrupted = false;
  #nextAt = 0;

  constructor(context: RunContext, options: RunOptions, tools: RunTools) {
    this.#context = context;
    this.#options = options;
    this.#tools = tools;
  }

  result(leftOut: readonly LeftOutProbe[]): VerifyRun {
    return {
      model: this.#context.model,
      findings: this.#findings,
      matrix: this.#context.matrix,
      exchanges: this.#exchanges,
      open: [...this.#open, ...leftOut],
      reached: [...this.#reached.values()],
      interrupted: this.#interrupted,
    };
  }

  async probe(probe: Probe): Promise<void> {
    if (this.#tools.stopped() || this.#silence >= maxSilence) {
      this.#interrupted = true;
      this.#open.push({ probe, reason: "stopped" });
      return;
    }
    if (probe.operation !== undefined && this.#stopped.has(probe.operation) && probe.mustFail) {
      this.#open.push({ probe, reason: "operation-stopped" });
      return;
    }
    const exchanges = await this.#send(probe);
    this.#classify(probe, exchanges);
  }

  async #send(probe: Probe): Promise<(Exchange | undefined)[]> {
    const exchanges: (Exchange | undefined)[] = [];
    for (const group of inGroups(probe.steps)) {
      const earlier = exchanges.map((exchange) => exchange ?? nothingSent);
      const requests = group.map(({ request }) =>
        typeof request === "function" ? request(earlier) : request,
      );
      const sent = await Promise.all(
        requests.map((request, index) =>
          request === undefined
            ? Promise.resolve(undefined)
            : this.#exchange(request, probe, group[index]?.operation),
        ),
      );
      append(exchanges, sent);
    }
    return exchanges;
  }

  async #exchange(
    request: ProbeRequest,
    probe: Probe,
    operation: Operation | undefined,
  ): Promise<Exchange | undefined> {
    if (this.#tools.stopped()) return undefined;
    await this.#pace();
    let exchange = await this.#tools.send(request);
    this.#exchanges.push(exchange);
    const wait = retryAfter(exchange);
    if (wait !== undefined && wait <= maxWait) {
      this.#note(probe, exchange, operation);
      await this.#tools.wait(wait * 1000);
      exchange = await this.#tools.send(request);
      this.#exchanges.push(exchange);
    }
    this.#silence = exchange.response === undefined ? this.#silence + 1 : 0;
    return exchange;
  }

  async #pace(): Promise<void> {
    if (this.#options.rate <= 0) return;
    const now = this.#tools.now();
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + 1000 / this.#options.rate;
    if (at > now) await this.#tools.wait(at - now);
  }

  #classify(probe: Probe, exchanges: readonly (Exchange | undefined)[]): void {
    let violated = false;
    for (const [index, exchange] of exchanges.entries()) {
      if (exchange === undefined) continue;
      if (exchange.response === undefined) this.#silent(probe, exchange);
      const operation = probe.steps[index]?.operation;
      violated = this.#note(probe, exchange, operation) || violated;
      const isTaken = exchange.response !== undefined && exchange.response.status < 300;
      // Reading does no harm, so its other promises are still put to the test.
      if (isTaken && probe.mustFail && operation !== undefined && !isSafe(operation))
        this.#stopped.add(operation);
    }
    if (exchanges.includes(undefined)) {
      this.#open.push({ probe, reason: this.#tools.stopped() ? "stopped" : "earlier-step" });
    }
    if (isLimited(probe, exchanges)) this.#open.push({ probe, reason: "rate-limited" });
    else if (exchanges.every((exchange) => exchange?.failure === undefined))
      this.#object(probe, exchanges, violated);
  }

  /** Classifies a response. True if it breaks a promise. */
  #note(probe: Probe, exchange: Exchange, operation: Operation | undefined): boolean {
    const { findings, classified } = classifyExchange(this.#context, exchange, operation, probe.name);
    append(this.#findings, findings);
    if (operation !== undefined && exchange.response !== undefined) {
      const entry = {
        operation: operation.id,
        status: exchange.response.status,
        code: classified.code ?? null,
      };
      this.#reached.set(JSON.stringify(entry), entry);
    }
    return findings.some(({ severity }) => severity === "error");
  }

  #silent(probe: Probe, exchange: Exchange): void {
    const { failure } = exchange;
    if (failure?.reason === "stopped") {
      this.#interrupted = true;
      return;
    }
    const message = `${probe.operation?.id ?? "A path"} gives no response: ${failure?.message ?? "unknown"}`;
    const pointer = probe.operation?.pointer ?? "";
    const parts = {
      operation: probe.operation,
      probe: probe.name,
      message,
      pointer,
      issues: [],
      exchanges: [exchange],
    };
    this.#findings.push(makeFinding("no-response", parts));
    this.#open.push({ probe, reason: "no-response" });
  }

  /** A response that breaks its contract is reported once: what it should have been follows from that. */
  #object(probe: Probe, exchanges: readonly (Exchange | undefined)[], violated: boolean): void {
    const present = exchanges.map((exchange) => exchange ?? nothingSent);
    const objections = probe.classify(
      present,
      present.map(({ response }) => jsonBody(response)),
    );
    for (const { rule, message, pointer, exchanges: shown } of objections) {
      if (violated && rule !== "invalid-request-accepted" && rule !== "existence-revealed") continue;
      const [first] = shown ?? [];
      const operation = (first === undefined ? undefined : probe.steps[first]?.operation) ?? probe.operation;
      const kept = present.filter(
        (exchange, index) => exchange !== nothingSent && (shown?.includes(index) ?? true),
      );
      const parts = {
        operation,
        probe: probe.name,
        message,
        pointer: pointer ?? operation?.pointer ?? "",
        issues: [],
      };
      const finding = makeFinding(rule, { ...parts, exchanges: kept });
      this.#findings.push(finding);
      if (operation === undefined || finding.severity === "warning") continue;
      for (const { status, code } of probe.aims)
        this.#context.matrix.break(operation.id, status, code ?? undefined);
    }
  }
}

/** Stands for a step that was never sent. */
const nothingSent: Exchange = {
  request: { method: "GET", target: "", headers: [] },
  startedAt: new Date(0).toISOString(),
  milliseconds: 0,
};

function inGroups(steps: readonly ProbeStep[]): ProbeStep[][] {
  const groups: ProbeStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (step.withPrevious === true && last !== undefined) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** The seconds that a 429 asks to wait. */
function retryAfter({ response }: Exchange): number | undefined {
  if (response?.status !== 429) return undefined;
  const seconds = Number(headerOf(response, "retry-after") ?? "1");
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** True if a limit, which the probe was not about, stood in the way. */
function isLimited({ stage }: Probe, exchanges: readonly (Exchange | undefined)[]): boolean {
  return stage !== "rate-limit" && exchanges.some((exchange) => exchange?.response?.status === 429);
}
