/** Everything about an operation that can be worked out before the first request. */
import { Authentication } from "../authentication/authenticate.ts";
import { ResponseCheck } from "../response/check-response.ts";
import type {
  ApiContract,
  OperationContract,
  OperationErrorContract,
  ParameterOptions,
} from "../contract.ts";
import type { Around, AroundTable, Limits, ServerOptions, Wiring } from "../options.ts";
import type { Inflater } from "../validation/inflate.ts";
import type { BodyLimits } from "../validation/read-body.ts";
import { stageCodes, type StageCodes } from "./stage-codes.ts";

export type HandlerFunction = (context: never) => unknown;

export interface OperationPlan {
  readonly operation: OperationContract;
  readonly handler: HandlerFunction;
  readonly check: ResponseCheck;
  readonly codes: StageCodes;
  /** Absent for operations without security. */
  readonly authentication: Authentication | undefined;
  /** Codes of the requirement stage that the operation lists. */
  readonly requirements: readonly string[];
  readonly limits: BodyLimits;
  /** True if the parameters can be invalid. */
  readonly readsParameters: boolean;
  readonly parameterOptions: ParameterOptions;
  readonly inflate: Readonly<Record<string, Inflater>>;
}

/** @throws TypeError where the host left something out that only untyped code can leave out. */
export function planOperation(
  operation: OperationContract,
  api: ApiContract,
  options: ServerOptions,
  wiring: Wiring,
): OperationPlan {
  const { unknownQuery = "ignore" } = options;
  const requirements = operation.errors.filter(({ raisedBy }) => raisedBy.includes("requirement"));
  for (const { code } of requirements) {
    if (wiring.requirements[code] === undefined) throw new TypeError(`requirements.${code} is missing.`);
  }
  for (const { scheme } of operation.security.flat()) {
    if (wiring.authenticate[scheme] === undefined) throw new TypeError(`authenticate.${scheme} is missing.`);
  }
  const codes = stageCodes(withCatalogue(operation, api), options.stageCodes ?? {});
  return {
    operation,
    handler: wrapped(findHandler(operation, options.handlers), operation, wiring.around),
    check: new ResponseCheck(operation, api, options.decorateError),
    codes,
    authentication:
      operation.security.length === 0
        ? undefined
        : new Authentication(operation.security, api, wiring.authenticate, options.invalidCredentials ?? {}),
    requirements: requirements.map(({ code }) => code),
    limits: bodyLimits({ ...options.limits, ...options.operationLimits?.[operation.id] }),
    readsParameters:
      operation.parameters || (unknownQuery === "reject" && codes["request-validation"].length > 0),
    parameterOptions: { unknownQuery },
    inflate: options.inflate ?? {},
  };
}

/** A code that an operation lists for its handler still belongs to the stages that the catalogue names. */
function withCatalogue(
  { errors }: OperationContract,
  { codes }: ApiContract,
): readonly OperationErrorContract[] {
  return errors.map((error) => ({
    ...error,
    raisedBy: [...error.raisedBy, ...(codes[error.code]?.raisedBy ?? [])],
  }));
}

/** A timer with more milliseconds than this fires at once. */
const longestTimer = 2 ** 31 - 1;

function bodyLimits({ bodyBytes = 1024 * 1024, bodyTimeoutMs = 30_000 }: Limits): BodyLimits {
  return { bytes: bodyBytes, timeoutMs: Math.min(bodyTimeoutMs, longestTimer) };
}

function findHandler({ group, handler }: OperationContract, handlers: object): HandlerFunction {
  const functions: unknown = Reflect.get(handlers, group);
  const found: unknown =
    typeof functions === "object" && functions !== null ? Reflect.get(functions, handler) : undefined;
  if (typeof found !== "function") throw new TypeError(`handlers.${group}.${handler} is missing.`);
  // The generated `Handlers` has typed it; a method keeps its `this`.
  return found.bind(functions) as HandlerFunction;
}

/** The host's middleware around the handler: that of all operations is outermost, that of the operation innermost. */
function wrapped(
  handler: HandlerFunction,
  { id, group }: OperationContract,
  { all, groups, operations }: AroundTable,
): HandlerFunction {
  let inner: (context: unknown) => unknown = (context) => handler(context as never); // as the generated types have it
  for (const around of [operations?.[id], groups?.[group], all]) {
    if (around !== undefined) inner = within(around, inner);
  }
  return inner;
}

function within(around: Around, inner: (context: unknown) => unknown): (context: unknown) => unknown {
  return (context) =>
    around(context, () => {
      // What is thrown at once is a rejection to middleware, like what is thrown later.
      return new Promise((resolve) => {
        resolve(inner(context));
      });
    });
}
