/** What traces and measures requests, from their beginning to their response. */
import type { ServerRequest } from "../exchange.ts";
import { notify } from "./observe.ts";

/** Errors that it throws are dropped: watching must not change what is watched. */
export interface Telemetry {
  begin(request: ServerRequest, route: TracedRoute | undefined): Trace;
}

/** Absent where no operation was found. */
export interface TracedRoute {
  readonly operation: string;
  /** The template, base path included: it is safe as a metric's label. */
  readonly path: string;
}

export interface Trace {
  /** Calls `work` once, so that what it does, later too, belongs to this request. */
  run(work: () => void): void;
  /** What a handler or a part of the host has thrown. */
  failed(error: unknown): void;
  /** @param code the error code of the response */
  end(status: number, code: string | undefined): void;
}

/** The trace of a request; `undefined` where nothing traces, or what does is broken. */
export function beginTrace(
  telemetry: Telemetry | undefined,
  request: ServerRequest,
  route: TracedRoute | undefined,
): Trace | undefined {
  if (telemetry === undefined) return undefined;
  try {
    const trace = telemetry.begin(request, route);
    return {
      run: (work) => {
        notify(() => {
          trace.run(work);
        });
      },
      failed: (error) => {
        notify(() => {
          trace.failed(error);
        });
      },
      end: (status, code) => {
        notify(() => {
          trace.end(status, code);
        });
      },
    };
  } catch {
    return undefined;
  }
}

/** Runs `work`, whatever the trace does. */
export function runWithin(trace: Trace, work: () => void): void {
  const state = { isDone: false };
  const once = (): void => {
    state.isDone = true;
    work();
  };
  trace.run(once);
  if (!state.isDone) work();
}
