/** What ends a call before its response is there: the caller's signal, the limit of an attempt, the deadline of the call. */
import { failureOf, type FailureParts } from "./failure-parts.ts";

export type Outcome<Value> =
  { readonly value: Value; readonly failure?: undefined } | { readonly failure: FailureParts };

/** Milliseconds. Timers take a longer delay, and `Infinity`, for none at all. */
const longest = 2 ** 31 - 1;

/** Passes a value on. `release` lets go of the caller's signal: to be called at once, or when the value has been read. */
export type Keep<Value> = (value: Value, release: () => void) => Value;

/**
 * Runs `task` for at most `timeout` milliseconds, and not past `end` (milliseconds since the epoch). It is over then even
 * if the task (somebody's own `fetch`) ignores its signal; its later result is dropped.
 *
 * @param keep for values that are still to be read: `caller` stops that, too, until they are released
 */
export function runWithin<Value>(
  task: (signal: AbortSignal) => Promise<Value>,
  timeout: number,
  end: number,
  caller: AbortSignal | null | undefined,
  keep?: Keep<Value>,
): Promise<Outcome<Value>> {
  const controller = new AbortController();
  const left = Math.max(0, end - Date.now());
  return new Promise((resolve) => {
    const release = (): void => {
      caller?.removeEventListener("abort", onAbort);
    };
    const fail = (failure: FailureParts): void => {
      clearTimeout(timer);
      release();
      resolve({ failure });
      controller.abort();
    };
    const onAbort = (): void => {
      fail(failureOf("aborted", { status: undefined, cause: caller?.reason }));
    };
    const limit = left < timeout ? "deadline" : "timeout";
    const onTime = (): void => {
      fail(failureOf("timeout", { status: undefined, limit }));
    };
    const timer = setTimeout(onTime, Math.min(timeout, left, longest));
    caller?.addEventListener("abort", onAbort);
    if (caller?.aborted) onAbort();
    else
      void task(controller.signal).then((value) => {
        clearTimeout(timer);
        if (keep === undefined) release();
        // After a failure nobody reads the value: its signal is aborted, which ends its body.
        resolve({ value: keep === undefined ? value : keep(value, release) });
      });
  });
}

/** Waits; a failure where the caller aborts meanwhile. */
export async function waitWithin(
  milliseconds: number,
  caller: AbortSignal | null | undefined,
): Promise<FailureParts | undefined> {
  const never = (): Promise<never> => new Promise(() => undefined);
  const { failure } = await runWithin(never, milliseconds, Infinity, caller);
  return failure?.kind === "aborted" ? failure : undefined;
}
