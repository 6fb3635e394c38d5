/** What the calls of a client share, and what the attempts of a call share. */
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import type { Renewals } from "./credentials.ts";
import type { Middleware } from "./middleware.ts";
import type { CallInput, ClientOptions, RetryOptions } from "./options.ts";
import type { RetryBudget } from "./retry-delay.ts";

export interface ClientContext {
  readonly api: ApiDescriptor;
  readonly options: ClientOptions;
  /** Of the client. `use` and `eject` change it. */
  readonly middleware: Middleware[];
  readonly budget: RetryBudget;
  readonly renewals: Renewals;
}

export interface CallContext extends ClientContext {
  readonly operation: OperationDescriptor;
  /** The caller's options over those of the client. */
  readonly call: ClientOptions & CallInput;
  /** The caller's options as they are. */
  readonly input: CallInput;
  /** The client's middleware, then the caller's. */
  readonly middleware: Middleware[];
  readonly retry: Required<Omit<RetryOptions, "budget">>;
  readonly state: CallState;
}

/** What the first attempt decides and the others keep. */
export interface CallState {
  /** The `Idempotency-Key`. */
  key?: string;
  /** Did the caller choose the key? */
  ownKey?: boolean;
  requestId?: string;
}

/** @param input options that are `undefined` leave the client's in force */
export function callContext(
  client: ClientContext,
  operation: OperationDescriptor,
  input: CallInput,
): CallContext {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  // The entries of an object of that type, some left out.
  const call = { ...client.options, ...(Object.fromEntries(given) as CallInput) };
  const middleware = [...client.middleware, ...(input.middleware ?? [])];
  const retry = { attempts: 4, baseDelay: 200, maxDelay: 10_000, ...client.options.retry, ...input.retry };
  return { ...client, operation, call, input, middleware, retry, state: {} };
}
