/** What ends a call before it is answered: its caller's signal, the limit of an attempt, the deadline of the call. */
import { failureOf, type FailureParts } from "./failure-parts.ts";

export type Outcome<Value> =
  { readonly value: Value; readonly failure?: undefined } | { readonly failure: FailureParts };

/** Milliseconds. Timers take a longer delay, and `Infinity`, for none at all. */
const longest = 2 ** 31 - 1;

/**
 * Runs `task` for at most `timeout` milliseconds, and not past `end` (milliseconds since the epoch). It is over then even
 * if the task (somebody's own `fetch`) ignores its signal; what it answers later is dropped.
 *
 * @param isUnread whether a value is still to be read: then `caller` can stop that, too
 */
export function runWithin<Value>(
  task: (signal: AbortSignal) => Promise<Value>,
  timeout: number,
  end: number,
  caller: AbortSignal | undefined,
  isUnread?: (value: Value) => boolean,
): Promise<Outcome<Value>> {
  const controller = new AbortController();
  const left = Math.max(0, end - Date.now());
  return new Promise((resolve) => {
    const finish = (outcome: Outcome<Value>, unread?: boolean): void => {
      clearTimeout(timer);
      if (unread !== true) caller?.removeEventListener("abort", onAbort);
      resolve(outcome);
      if (outcome.failure !== undefined) controller.abort();
    };
    const onAbort = (): void => {
      finish({ failure: failureOf("aborted", { status: undefined, cause: caller?.reason }) });
    };
    const limit = left < timeout ? "deadline" : "timeout";
    const onTime = (): void => {
      finish({ failure: failureOf("timeout", { status: undefined, limit }) });
    };
    const timer = setTimeout(onTime, Math.min(timeout, left, longest));
    caller?.addEventListener("abort", onAbort);
    if (caller?.aborted) onAbort();
    else
      void task(controller.signal).then((value) => {
        finish({ value }, isUnread?.(value));
      });
  });
}

/** Waits; a failure where the caller aborts meanwhile. */
export async function waitWithin(
  milliseconds: number,
  caller: AbortSignal | undefined,
): Promise<FailureParts | undefined> {
  const never = (): Promise<never> => new Promise(() => undefined);
  const { failure } = await runWithin(never, milliseconds, Infinity, caller);
  return failure?.kind === "aborted" ? failure : undefined;
}
