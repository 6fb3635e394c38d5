/** One call: attempts, the waits between them, and the limits of it all. Never rejects. */
import { attempt, isRepeatable, keyHeader, newKey, type Attempted, type Sender } from "./attempt.ts";
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import type { FailureParts } from "./failure-parts.ts";
import type { AnyFailure } from "./failures.ts";
import { runWithin, waitWithin } from "./interruption.ts";
import type { CallInput, ClientOptions } from "./options.ts";
import { askedDelay, backoff, type RetryBudget } from "./retry-delay.ts";
import { decideRetry } from "./retry-policy.ts";

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

export interface CallContext {
  readonly api: ApiDescriptor;
  readonly options: ClientOptions;
  readonly sender: Sender;
  readonly budget: RetryBudget;
}

const defaultTimeout = 30_000;
const defaultDeadline = 120_000;
const retries = { attempts: 4, baseDelay: 200, maxDelay: 10_000 };

export async function runCall(
  context: CallContext,
  operation: OperationDescriptor,
  input: CallInput,
): Promise<AnyResult> {
  const { options, budget } = context;
  const timeout = input.timeout ?? options.timeout ?? defaultTimeout;
  const retry = { ...retries, ...options.retry, ...input.retry };
  const end = Date.now() + (input.deadline ?? options.deadline ?? defaultDeadline);
  const headers: Record<string, string> = {};
  for (let sent = 1; ; sent++) {
    const task = (signal: AbortSignal): Promise<Attempted> =>
      attempt({ ...context, operation, input, headers, signal });
    const outcome = await runWithin(task, timeout, end, input.signal, isUnread);
    const attempted = outcome.failure === undefined ? outcome.value : outcome;
    if (attempted.failure === undefined) budget.giveBack();
    const wait = retryDelay(attempted, operation, input, headers);
    const delay = wait === undefined ? Infinity : wait + backoff(sent - 1, retry.baseDelay, retry.maxDelay);
    // The budget comes last: asking takes from it.
    if (sent >= retry.attempts || Date.now() + delay >= end || !budget.take()) return finish(attempted, sent);
    const aborted = await waitWithin(delay, input.signal);
    if (aborted !== undefined) return finish({ failure: aborted }, sent);
  }
}

/** Bytes are handed on as they come. */
function isUnread(attempted: Attempted): boolean {
  return attempted.failure === undefined && attempted.data === attempted.response;
}

/** Milliseconds to wait at least; `undefined` where there must be no other attempt. A fresh key takes effect here. */
function retryDelay(
  { failure, response }: Attempted,
  { method, key }: OperationDescriptor,
  { idempotencyKey, body }: CallInput,
  headers: Record<string, string>,
): number | undefined {
  if (failure === undefined || !isRepeatable(body)) return undefined;
  const asked = response && askedDelay(response.headers, Date.now());
  const sent = { method, keyed: key === true, ownKey: idempotencyKey === undefined };
  const decision = decideRetry(failure, sent, asked !== undefined);
  if (decision === "new-key") headers[keyHeader] = newKey();
  return decision === "no" ? undefined : (asked ?? 0);
}

/** What the caller gets to see, after so many requests. */
export function finish({ response, data, failure }: Attempted, attempts: number): AnyResult {
  const requestId = response?.headers.get("x-request-id") ?? undefined;
  if (failure === undefined) return { data, status: response.status, response, requestId };
  const error = { message: sentence(failure), ...failure, requestId, attempts };
  return { error, status: failure.status, response, requestId };
}

/** For people, where no envelope says it. Free of anything that was sent or answered. */
function sentence(failure: FailureParts): string {
  const { error, status = "no answer" } = failure;
  return `${error} (${status}${"reason" in failure ? `, ${failure.reason}` : ""})`;
}
