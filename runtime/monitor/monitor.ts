/** Watches the responses of a server that runs: a sample of them, within a bounded cost, and never in their way. */
import { classifyResponse, classifyUnrouted } from "./classify.ts";
import type { MonitoredContract, ObservedResponse } from "./contract.ts";
import { OperationIndex } from "./operation-index.ts";
import type { ContractViolation } from "./violation.ts";

/** The report on one response. It contains no value of the request or the response. */
export interface MonitorReport {
  /** The operation's id; absent for a path that the document does not have. */
  readonly operation?: string;
  readonly method: string;
  /** The path template; absent as above. */
  readonly path?: string;
  readonly status: number;
  readonly code?: string;
  /** At least one. */
  readonly violations: readonly ContractViolation[];
}

export interface MonitorOptions {
  /** The share of responses that are classified, from 0 to 1; all of them where absent. */
  readonly sample?: number;
  /** Bytes of a body that are kept for classification; 64 KiB where absent. A longer body is classified without it. */
  readonly maxBodyBytes?: number;
  /** Responses that are classified in one second at most; 100 where absent. */
  readonly maxPerSecond?: number;
  readonly onViolation: (report: MonitorReport) => void;
  /** Told when the monitor itself fails, which the response never hears of. */
  readonly onError?: (error: unknown) => void;
  /** A number of at least 0 and less than 1. */
  readonly random?: () => number;
  /** Milliseconds of a clock that does not go back. */
  readonly now?: () => number;
}

export class Monitor {
  readonly maxBodyBytes: number;
  readonly #contract: MonitoredContract;
  readonly #options: MonitorOptions;
  readonly #index: OperationIndex;
  readonly #sample: number;
  readonly #maxPerSecond: number;
  #second = -1;
  #count = 0;

  constructor(contract: MonitoredContract, options: MonitorOptions) {
    this.#contract = contract;
    this.#options = options;
    this.#index = new OperationIndex(contract);
    this.#sample = options.sample ?? 1;
    this.#maxPerSecond = options.maxPerSecond ?? 100;
    this.maxBodyBytes = options.maxBodyBytes ?? 65_536;
  }

  /** Decides about the next response: true if it is to be observed. */
  takes(): boolean {
    if (this.#sample < 1 && (this.#options.random ?? Math.random)() >= this.#sample) return false;
    const second = Math.floor((this.#options.now ?? defaultNow)() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#count = 0;
    }
    return ++this.#count <= this.#maxPerSecond;
  }

  /** Classifies a response. Never throws. @param target path and query as they came, base path included */
  observe(method: string, target: string, response: ObservedResponse): void {
    try {
      const found = this.#index.find(method, target);
      if (found === undefined) return;
      const { operation } = found;
      const { code, violations } =
        operation === undefined
          ? classifyUnrouted(this.#contract, response)
          : classifyResponse(this.#contract, operation, response);
      if (violations.length === 0) return;
      this.#options.onViolation({
        method: method.toUpperCase(),
        status: response.status,
        ...(operation === undefined ? {} : { operation: operation.id, path: operation.path }),
        ...(code === undefined ? {} : { code }),
        violations,
      });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Tells of a failure of the monitor. Never throws. */
  fail(error: unknown): void {
    try {
      this.#options.onError?.(error);
    } catch {
      // Whoever listens has no say in the response either.
    }
  }
}

function defaultNow(): number {
  return performance.now();
}

export function createMonitor(contract: MonitoredContract, options: MonitorOptions): Monitor {
  return new Monitor(contract, options);
}
