/** One call: attempts, the waits between them, and the limits of it all. Never rejects. */
import { attempt, type Attempted } from "./attempt.ts";
import type { CallContext } from "./context.ts";
import { renewSecrets } from "./credentials.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import type { AnyFailure } from "./failures.ts";
import { runWithin, waitWithin, type Keep, type Outcome } from "./interruption.ts";
import { newKey } from "./make-request.ts";
import { releaseAtEnd } from "./read-body.ts";
import { askedDelay, backoff } from "./retry-delay.ts";
import { decideRetry } from "./retry-policy.ts";
import { isRepeatable } from "./serialize.ts";

/** A result, untyped by an operation. */
export type AnyResult = {
  readonly requestId: string | undefined;
} & (
  | {
      readonly data: unknown;
      readonly error?: undefined;
      readonly status: number;
      readonly response: Response;
    }
  | {
      readonly data?: undefined;
      readonly error: AnyFailure;
      readonly status: number | undefined;
      readonly response: Response | undefined;
    }
);

const defaultTimeout = 30_000;
const defaultDeadline = 120_000;

export async function runCall(context: CallContext): Promise<AnyResult> {
  const { call, budget, retry } = context;
  const end = Date.now() + (call.deadline ?? defaultDeadline);
  const within = <Value>(
    task: (signal: AbortSignal) => Promise<Value>,
    keep?: Keep<Value>,
  ): Promise<Outcome<Value>> => runWithin(task, call.timeout ?? defaultTimeout, end, call.signal, keep);
  let renewed = false;
  for (let sent = 1; ; sent++) {
    const outcome = await within((signal) => attempt(context, signal), holdOpen);
    const attempted: Attempted = outcome.failure === undefined ? outcome.value : outcome;
    if (attempted.failure === undefined) budget.giveBack();
    else if (!renewed && attempted.response?.status === 401 && isRepeatable(call.body)) {
      renewed = true;
      const renewal = await within(() => renew(context, attempted));
      const { failure, value } = renewal.failure === undefined ? renewal.value : { ...renewal, value: false };
      if (failure !== undefined) return finish({ failure }, sent);
      if (value) continue;
    }
    const wait = retryDelay(attempted, context);
    const delay = wait === undefined ? Infinity : wait + backoff(sent - 1, retry.baseDelay, retry.maxDelay);
    // The budget comes last: asking takes from it.
    if (sent >= retry.attempts || Date.now() + delay >= end || !budget.take()) return finish(attempted, sent);
    const aborted = await waitWithin(delay, call.signal);
    if (aborted !== undefined) return finish({ failure: aborted }, sent);
  }
}

/** True if there are other secrets than those that were rejected. */
async function renew(
  { call, renewals }: CallContext,
  { secrets }: Attempted,
): Promise<{ readonly value?: boolean; readonly failure?: FailureParts }> {
  try {
    return { value: secrets !== undefined && (await renewSecrets(secrets, call.auth, renewals)) };
  } catch (cause) {
    return { failure: failureOf("request", { status: undefined, cause }) };
  }
}

/** Bytes are handed on as they come: until they have ended, the caller's signal still stops them. */
function holdOpen(attempted: Attempted, release: () => void): Attempted {
  if (attempted.failure !== undefined) {
    release();
    return attempted;
  }
  const { data, response } = attempted;
  if (data === null || (data !== response && data !== response.body)) {
    release();
    return attempted;
  }
  const open = releaseAtEnd(response, release);
  return { response: open, data: data === response ? open : open.body };
}

/** Milliseconds to wait at least; `undefined` where there must be no other attempt. A fresh key takes effect here. */
function retryDelay(
  { failure, response }: Attempted,
  { operation: { method, key }, call, state }: CallContext,
): number | undefined {
  if (failure === undefined || !isRepeatable(call.body)) return undefined;
  const asked = response && askedDelay(response.headers, Date.now());
  const sent = { method, keyed: key === true, ownKey: state.ownKey !== true };
  const decision = decideRetry(failure, sent, asked !== undefined);
  if (decision === "new-key") state.key = newKey();
  return decision === "no" ? undefined : (asked ?? 0);
}

/** What the caller gets to see, after so many requests. */
function finish({ response, data, failure }: Attempted, attempts: number): AnyResult {
  if (failure !== undefined) return finishFailure(failure, response, attempts);
  return { data, status: response.status, response, requestId: requestIdOf(response) };
}

/** The same for what failed. */
export function finishFailure(
  failure: FailureParts,
  response: Response | undefined,
  attempts: number,
): Extract<AnyResult, { readonly error: AnyFailure }> {
  const requestId = requestIdOf(response);
  const error = { message: sentence(failure), ...failure, requestId, attempts };
  return { error, status: failure.status, response, requestId };
}

function requestIdOf(response: Response | undefined): string | undefined {
  return response?.headers.get("x-request-id") ?? undefined;
}

/** For people, where no envelope says it. Free of anything that was sent; a cause tells what went wrong. */
function sentence(failure: FailureParts): string {
  const { error, status = "no response" } = failure;
  const reason = "reason" in failure ? `, ${failure.reason}` : "limit" in failure ? `, ${failure.limit}` : "";
  const cause = "cause" in failure ? causeText(failure.cause) : "";
  return `${error} (${status}${reason})${cause === "" ? "" : `: ${cause}`}`;
}

/** An error's message and that of its own cause: `fetch failed: connect ECONNREFUSED 127.0.0.1:80`. */
function causeText(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "";
  const inner = causeText(cause.cause);
  return [cause.message, inner].filter((text) => text !== "").join(": ");
}
