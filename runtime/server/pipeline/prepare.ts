/** Puts contract and configuration together, once, when the server starts. */
import type { ApiContract } from "../contract.ts";
import type { CoverageRecorder } from "../observation/coverage.ts";
import type { DecorateError } from "../response/envelope.ts";
import { Idempotency, type IdempotencyOptions } from "../idempotency/idempotency.ts";
import { notify, withConsole, type Hooks, type UncheckedRequest } from "../observation/observe.ts";
import type { Telemetry } from "../observation/telemetry.ts";
import { Cors } from "../response/cors.ts";
import type {
  CommonOptions,
  MapErrors,
  RefusalLimiter,
  ValidateResponses,
  ServerOptions,
  Wiring,
} from "../options.ts";
import { planOperation, type OperationPlan } from "./plan.ts";
import { undeclaredRefusals, type UndeclaredRefusal } from "../response/undeclared.ts";
import { RequestIds } from "../observation/request-id.ts";
import { Router } from "../routing/router.ts";
import { apiErrors, stageCodes, type StageCodes } from "./stage-codes.ts";
import { checkRefusals } from "./startup-check.ts";
import { stageChecks, type Report, type StageCheck } from "./stage-checks.ts";

export interface PreparedApi {
  readonly contract: ApiContract;
  readonly basePath: string;
  readonly router: Router<OperationPlan>;
  readonly checks: readonly StageCheck[];
  /** Codes of stages before an operation is known. */
  readonly codes: StageCodes;
  readonly requestIds: RequestIds;
  readonly hooks: Hooks;
  readonly telemetry: Telemetry | undefined;
  readonly coverage: CoverageRecorder | undefined;
  readonly refusalLimit: RefusalLimiter | undefined;
  readonly mapErrors: MapErrors | undefined;
  readonly trailingSlash: "ignore" | undefined;
  readonly cors: Cors | undefined;
  readonly decorate: DecorateError | undefined;
  readonly uncoded: CommonOptions<never>["uncoded"];
  readonly stageDetails: NonNullable<CommonOptions<never>["stageDetails"]>;
  /** True if the body of this response, the n-th, is validated. */
  readonly validates: (index: number) => boolean;
}

/** @throws TypeError where the configuration lacks what the contract needs. */
export function prepareApi(contract: ApiContract, options: ServerOptions): PreparedApi {
  const wiring = wire(options);
  if (options.idempotency !== undefined && options.tenant !== undefined && options.caller === undefined) {
    throw new TypeError("caller is missing: it scopes idempotency keys together with tenant.");
  }
  const basePath = (options.basePath ?? contract.basePath).replace(/\/+$/, "");
  const stageDetails = options.stageDetails ?? {};
  const { router, undeclared } = route(contract, options, wiring, basePath);
  // What the store takes as a transaction is the host's business; the generated types tie both ends.
  const keys = options.idempotency as IdempotencyOptions | undefined;
  const requestIds = new RequestIds(options.requestId);
  const hooks = withConsole(options.hooks ?? {});
  if (undeclared.length > 0) notify(hooks.onUndeclared, undeclared);
  const unchecked = uncheckedRequests(contract);
  if (unchecked.length > 0) notify(hooks.onUnchecked, unchecked);
  const report: Report = (error, { plan, requestId }, during) => {
    notify(hooks.onError, error, { operation: plan.operation.id, requestId, during });
  };
  return {
    contract,
    basePath,
    router,
    checks: stageChecks(wiring, keys === undefined ? undefined : new Idempotency(keys), report),
    codes: stageCodes(apiErrors(contract), options.stageCodes ?? {}),
    requestIds,
    hooks,
    telemetry: options.telemetry,
    refusalLimit: wiring.refusalLimit,
    mapErrors: wiring.mapErrors,
    trailingSlash: options.trailingSlash,
    cors: options.cors === undefined ? undefined : new Cors(options.cors, contract, requestIds.header),
    coverage: options.coverage,
    decorate: options.decorateError,
    uncoded: options.uncoded,
    stageDetails,
    validates: sampler(options.validateResponses ?? "always"),
  };
}

/** Plans each operation, and finds what would go wrong with it. */
function route(
  contract: ApiContract,
  options: ServerOptions,
  wiring: Wiring,
  basePath: string,
): { readonly router: Router<OperationPlan>; readonly undeclared: readonly UndeclaredRefusal[] } {
  const router = new Router<OperationPlan>(basePath);
  const { stageCodes: assigned = {}, stageDetails = {} } = options;
  const undeclared = contract.operations.flatMap((operation) => {
    const plan = planOperation(operation, contract, options, wiring);
    checkRefusals(plan, assigned, { contract, stageDetails });
    router.add(operation.method, (operation.prefix ?? "") + operation.path, plan);
    return undeclaredRefusals(plan, wiring.rateLimit !== undefined);
  });
  return { router, undeclared };
}

function uncheckedRequests({ operations }: ApiContract): readonly UncheckedRequest[] {
  return operations.flatMap(({ id, request: { unchecked = [] } }) =>
    unchecked.length === 0 ? [] : [{ operation: id, parts: unchecked }],
  );
}

/** The one place where the types of a particular API are let go of. */
function wire(options: ServerOptions): Wiring {
  // `createApi` of the generated code takes these with the types of the API; each is called with what it was typed for.
  return {
    authenticate: (options.authenticate ?? {}) as Wiring["authenticate"],
    requirements: (options.requirements ?? {}) as Wiring["requirements"],
    tenant: options.tenant as Wiring["tenant"],
    caller: options.caller as Wiring["caller"],
    rateLimit: options.rateLimit as Wiring["rateLimit"],
    refusalLimit: options.refusalLimit,
    mapErrors: options.mapErrors as Wiring["mapErrors"],
    around: options.around ?? {},
  };
}

function sampler(mode: ValidateResponses): (index: number) => boolean {
  if (mode === "always") return () => true;
  if (mode === "off") return () => false;
  const every = Math.max(1, Math.floor(mode.every));
  return (index) => index % every === 0;
}
