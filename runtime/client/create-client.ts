/** Assembles a client from descriptors: those that are given, and nothing else, end up in a bundle. */
import createFetchClient from "openapi-fetch";
import { dataOf } from "./api-error.ts";
import { runCall, type AnyResult, type CallContext } from "./call.ts";
import type { ApiTypes, Client } from "./client-types.ts";
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import type { CallInput, ClientOptions } from "./options.ts";
import { retryBudget } from "./retry-delay.ts";
import { ownValue } from "./record.ts";
import type { Sender } from "./attempt.ts";

const defaultBudget = 20;

/**
 * A client of these operations. Options stay in a closure: printing the client shows no credential.
 *
 * @throws Error for middleware that is none
 */
export function buildClient<Api extends ApiTypes, Id extends keyof Api["operations"]>(
  api: ApiDescriptor,
  operations: readonly OperationDescriptor[],
  options: ClientOptions,
): Client<Api, Id> {
  const sender = createFetchClient({ baseUrl: options.baseUrl ?? api.baseUrl ?? "" });
  sender.use(...(options.middleware ?? []));
  const context: CallContext = {
    api,
    options,
    // openapi-fetch's methods are typed by paths; ours go by the descriptors of the same document.
    sender: sender as unknown as Sender,
    budget: retryBudget(options.retry?.budget ?? defaultBudget),
  };
  const client: Record<string, unknown> = {
    use: sender.use.bind(sender),
    eject: sender.eject.bind(sender),
  };
  for (const method of new Set(operations.map((operation) => operation.method))) {
    client[method] = pathCall(context, method, operations);
  }
  const groups: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    // Own members only: a group of a document may be called `toString`.
    const group = ownValue(groups, operation.group) ?? {};
    group[operation.name] = named(context, operation);
    client[operation.group] = groups[operation.group] = group;
  }
  // The types are generated from the same document as the descriptors.
  return client as unknown as Client<Api, Id>;
}

/** These, as a list. An array literal of a thousand differently typed constants is too much for the compiler. */
export function listOperations(
  ...operations: readonly OperationDescriptor[]
): readonly OperationDescriptor[] {
  return operations;
}

function pathCall(
  context: CallContext,
  method: string,
  operations: readonly OperationDescriptor[],
): (path: string, input?: CallInput) => Promise<AnyResult> {
  const byPath = new Map(
    operations.flatMap((one) => (one.method === method ? [[one.path, one] as const] : [])),
  );
  return (path, input = {}) => {
    const operation = byPath.get(path);
    if (operation === undefined) throw new TypeError(`No operation ${method} ${path}`);
    return start(context, operation, input);
  };
}

function named(context: CallContext, operation: OperationDescriptor): unknown {
  const call = (input: CallInput = {}): Promise<AnyResult> => start(context, operation, input);
  const { pages } = operation;
  return Object.assign(call, pages && { pages: (input: CallInput = {}) => pages(call, input) });
}

/** The promise of a result, that can be asked to throw instead. */
function start(
  context: CallContext,
  operation: OperationDescriptor,
  input: CallInput,
): Promise<AnyResult> & { orThrow(): Promise<unknown> } {
  const result = runCall(context, operation, input);
  return Object.assign(result, {
    orThrow: () => result.then((outcome) => dataOf(operation.id, outcome)),
  });
}
