/** Assembles a client from descriptors: those that are given, and nothing else, end up in a bundle. */
import createFetchClient, { type Middleware } from "openapi-fetch";
import { dataOf } from "./api-error.ts";
import { runCall, type AnyResult, type CallContext } from "./call.ts";
import type { ApiTypes, Client } from "./client-types.ts";
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import type { CallInput, ClientOptions } from "./options.ts";
import { followPages } from "./pages.ts";
import { RetryBudget } from "./retry-delay.ts";
import type { Sender } from "./attempt.ts";

const defaultBudget = 20;

/**
 * A client of these operations. Options stay in a closure: printing the client shows no credential.
 *
 * @throws TypeError for a base URL that cannot be one
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
    budget: new RetryBudget(options.retry?.budget ?? defaultBudget),
  };
  const client: Record<string, unknown> = {
    use: (...middleware: Middleware[]) => {
      sender.use(...middleware);
    },
    eject: (...middleware: Middleware[]) => {
      sender.eject(...middleware);
    },
    ...pathCalls(context, operations),
  };
  for (const [group, calls] of namedCalls(context, operations)) client[group] = calls;
  // The types are generated from the same document as the descriptors.
  return client as unknown as Client<Api, Id>;
}

/** These, as a list. An array literal of a thousand differently typed constants is too much for the compiler. */
export function listOperations(
  ...operations: readonly OperationDescriptor[]
): readonly OperationDescriptor[] {
  return operations;
}

function pathCalls(
  context: CallContext,
  operations: readonly OperationDescriptor[],
): Record<string, (path: string, input?: CallInput) => Promise<AnyResult>> {
  const routes = new Map(operations.map((operation) => [`${operation.method} ${operation.path}`, operation]));
  const methods = new Set(operations.map(({ method }) => method));
  return Object.fromEntries(
    Array.from(methods, (method) => [
      method,
      (path: string, input: CallInput = {}) => {
        const operation = routes.get(`${method} ${path}`);
        if (operation === undefined) throw new TypeError(`This client has no operation ${method} ${path}.`);
        return start(context, operation, input);
      },
    ]),
  );
}

/** By group. Groups and names come from a document, so they are told apart from what a prototype brings. */
function namedCalls(
  context: CallContext,
  operations: readonly OperationDescriptor[],
): ReadonlyMap<string, Record<string, unknown>> {
  const groups = new Map<string, Record<string, unknown>>();
  for (const operation of operations) {
    const calls = groups.get(operation.group) ?? {};
    calls[operation.name] = named(context, operation);
    groups.set(operation.group, calls);
  }
  return groups;
}

function named(context: CallContext, operation: OperationDescriptor): unknown {
  const call = (input: CallInput = {}): Promise<AnyResult> => start(context, operation, input);
  if (operation.next === undefined) return call;
  return Object.assign(call, {
    pages: (input: CallInput = {}) =>
      followPages(operation, input, (next) => runCall(context, operation, next)),
  });
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
