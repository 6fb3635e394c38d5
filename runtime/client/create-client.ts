/** Assembles a client from descriptors: those that are given, and nothing else, end up in a bundle. */
import { dataOf } from "./api-error.ts";
import { finishFailure, runCall, type AnyResult } from "./call.ts";
import type { ApiTypes, Client, ClientTools } from "./client-types.ts";
import { callContext, type ClientContext } from "./context.ts";
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import { failureOf } from "./failure-parts.ts";
import type { Middleware } from "./middleware.ts";
import type { CallInput, ClientOptions } from "./options.ts";
import { retryBudget } from "./retry-delay.ts";
import { ownValue } from "./record.ts";

const defaultBudget = 20;

/**
 * A client of these operations. Options stay in a closure: printing the client shows no credential.
 *
 * @throws TypeError for middleware without a hook
 */
export function buildClient<Api extends ApiTypes, Id extends keyof Api["operations"]>(
  api: ApiDescriptor,
  operations: readonly OperationDescriptor[],
  options: ClientOptions,
): Client<Api, Id> {
  const context: ClientContext = {
    api,
    options,
    middleware: [],
    budget: retryBudget(options.retry?.budget ?? defaultBudget),
    renewals: new Map(),
  };
  const request = pathCall(context, operations);
  const tools = middlewareTools(context.middleware);
  tools.use(...(options.middleware ?? []));
  const client: Record<string, unknown> = { ...tools, request };
  for (const method of new Set(operations.map((operation) => operation.method))) {
    client[method] = (path: string, input?: CallInput) => request(method, path, input);
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

function middlewareTools(registered: Middleware[]): ClientTools {
  return {
    use(...middleware) {
      for (const one of middleware) {
        const hooks = ["onRequest", "onResponse", "onError"].filter((name) => name in one);
        if (hooks.length === 0) throw new TypeError("Middleware has onRequest, onResponse or onError.");
        registered.push(one);
      }
    },
    eject(...middleware) {
      for (const one of middleware) {
        const at = registered.indexOf(one);
        if (at >= 0) registered.splice(at, 1);
      }
    },
  };
}

/** These, as a list. An array literal of a thousand differently typed constants is too much for the compiler. */
export function listOperations(
  ...operations: readonly OperationDescriptor[]
): readonly OperationDescriptor[] {
  return operations;
}

type Started = Promise<AnyResult> & { orThrow(): Promise<unknown> };

function pathCall(
  context: ClientContext,
  operations: readonly OperationDescriptor[],
): (method: string, path: string, input?: CallInput) => Started {
  const routes = new Map(operations.map((one) => [`${one.method} ${one.path}`, one]));
  return (method, path, input) => {
    const route = `${method.toUpperCase()} ${path}`;
    const operation = routes.get(route);
    if (operation !== undefined) return start(context, operation, input);
    const cause = new TypeError(`This client has no operation ${route}.`);
    return throwable(route, Promise.resolve(refused(cause)));
  };
}

function refused(cause: unknown): AnyResult {
  return finishFailure(failureOf("request", { status: undefined, cause }), undefined, 0);
}

function named(context: ClientContext, operation: OperationDescriptor): unknown {
  const call = (input?: CallInput): Promise<AnyResult> => start(context, operation, input);
  const { pages } = operation;
  return Object.assign(call, pages && { pages: (input: CallInput = {}) => pages(call, input) });
}

function start(context: ClientContext, operation: OperationDescriptor, input?: CallInput): Started {
  return throwable(operation.id, run(context, operation, input ?? {}));
}

/** Never rejects, whatever the options are. */
async function run(
  client: ClientContext,
  operation: OperationDescriptor,
  input: CallInput,
): Promise<AnyResult> {
  try {
    const context = callContext(client, operation, input);
    const result = await runCall(context);
    return operation.items?.(result, context, (more) => run(client, operation, more)) ?? result;
  } catch (cause) {
    return refused(cause);
  }
}

/** The promise of a result, that can be asked to throw instead. */
function throwable(operation: string, result: Promise<AnyResult>): Started {
  return Object.assign(result, { orThrow: () => result.then((outcome) => dataOf(operation, outcome)) });
}
