/** One call: attempts, the waits between them, and the limits of it all. Never rejects. */
import { attempt, isRepeatable, type Attempted, type Sender } from "./attempt.ts";
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import type { AnyFailure } from "./failures.ts";
import { Interruption } from "./interruption.ts";
import type { CallInput, ClientOptions } from "./options.ts";
import type { FailureParts } from "./read-answer.ts";
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
const defaultRetry = { attempts: 4, baseDelay: 200, maxDelay: 10_000 };

export async function runCall(
  context: CallContext,
  operation: OperationDescriptor,
  input: CallInput,
): Promise<AnyResult> {
  const { options, budget } = context;
  const retry = { ...defaultRetry, ...options.retry, ...input.retry };
  const interruption = new Interruption(input.signal, input.deadline ?? options.deadline ?? defaultDeadline);
  const sending = new Sending(context, operation, input, interruption);
  for (let sent = 1; ; sent++) {
    const attempted = await sending.attempt();
    if (attempted.failure === undefined) {
      budget.giveBack();
      return finish(attempted, sent);
    }
    const delay = sending.retryDelay(attempted.failure, attempted.response, sent - 1, retry);
    const goOn = delay !== undefined && sent < retry.attempts && interruption.leaves(delay) && budget.take();
    if (!goOn) return finish(attempted, sent);
    const interrupted = await interruption.wait(delay);
    if (interrupted !== undefined) return finish({ failure: interrupted }, sent);
  }
}

/** What stays the same from attempt to attempt, above all the idempotency key. */
class Sending {
  readonly #context: CallContext;
  readonly #operation: OperationDescriptor;
  readonly #input: CallInput;
  readonly #interruption: Interruption;
  readonly #timeout: number;
  readonly #headers: Record<string, string> = {};

  constructor(
    context: CallContext,
    operation: OperationDescriptor,
    input: CallInput,
    interruption: Interruption,
  ) {
    this.#context = context;
    this.#operation = operation;
    this.#input = input;
    this.#interruption = interruption;
    this.#timeout = input.timeout ?? context.options.timeout ?? defaultTimeout;
    if (operation.key === true) this.#headers[keyHeader] = input.idempotencyKey ?? newKey();
    const requestId = context.options.requestId?.();
    if (requestId !== undefined) this.#headers["x-request-id"] = requestId;
  }

  async attempt(): Promise<Attempted> {
    const result = await this.#interruption.run(
      (signal) =>
        attempt({
          ...this.#context,
          operation: this.#operation,
          input: this.#input,
          headers: this.#headers,
          signal,
        }),
      this.#timeout,
    );
    return result.interrupted === undefined ? result.value : { failure: result.interrupted };
  }

  /** Milliseconds until the next attempt; `undefined` where there must be none. A fresh key takes effect here. */
  retryDelay(
    failure: FailureParts,
    response: Response | undefined,
    retries: number,
    { baseDelay, maxDelay }: typeof defaultRetry,
  ): number | undefined {
    const asked = response === undefined ? undefined : askedDelay(response.headers, Date.now());
    const { method, key } = this.#operation;
    const ownKey = this.#input.idempotencyKey === undefined;
    const decision = decideRetry(failure, { method, keyed: key === true, ownKey }, asked !== undefined);
    if (decision === "no" || !isRepeatable(this.#input.body)) return undefined;
    if (decision === "new-key") this.#headers[keyHeader] = newKey();
    return (asked ?? 0) + backoff(retries, baseDelay, maxDelay);
  }
}

/** draft-ietf-httpapi-idempotency-key-header §2.1. */
const keyHeader = "idempotency-key";

/** 128 random bits. `randomUUID` is missing where a page is not served over TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function finish(attempted: Attempted, attempts: number): AnyResult {
  const requestId = attempted.response?.headers.get("x-request-id") ?? undefined;
  if (attempted.failure === undefined) {
    const { data, response } = attempted;
    return { data, status: response.status, response, requestId };
  }
  const { failure, response } = attempted;
  const error = { message: sentence(failure), ...failure, requestId, attempts };
  return { error, status: error.status, response, requestId };
}

/** Says what happened where no envelope does. Free of anything that was sent or answered. */
function sentence(failure: FailureParts): string {
  const { kind } = failure;
  if (kind === "unexpected" || kind === "invalid")
    return `The answer is ${failure.reason} (status ${failure.status}).`;
  return sentences[kind];
}

const sentences = {
  contract: "The server answered an error.",
  http: "The server answered an error.",
  unknown: "The server answered a code that this client does not know.",
  malformed: "The server answered a known code with an unknown body.",
  network: "No answer came.",
  timeout: "No complete answer came in time.",
  aborted: "The call was aborted.",
  request: "The request could not be made.",
};
