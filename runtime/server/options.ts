/** What a host configures, with the types of its API filled in by the generated `server.ts`. */
import type { AuthenticatorTable } from "./authentication/authenticate.ts";
import type { CoverageRecorder } from "./observation/coverage.ts";
import type { DecorateError } from "./response/envelope.ts";
import type { ServerRequest } from "./exchange.ts";
import type { IdempotencyOptions } from "./idempotency/idempotency.ts";
import type { Hooks } from "./observation/observe.ts";
import type { RateLimitDecision } from "./rate-limit.ts";
import type { StageAssignments } from "./pipeline/stage-codes.ts";
import type { Stage } from "./pipeline/stages.ts";

/** A call after it was authenticated, before its input is looked at. */
export interface AdmittedCall<Principal> {
  readonly operation: string;
  readonly principal: Principal;
  readonly requestId: string;
  readonly request: ServerRequest;
}

/**
 * A check of the host's own after authorization, one for each code that is `raised-by: requirement`; it runs for the
 * operations that list the code. `true` lets the call pass; `false`, or the code's details, refuse it.
 */
export type Requirement<Principal, Details> = (
  call: AdmittedCall<Principal>,
) => RequirementResult<Details> | Promise<RequirementResult<Details>>;

export type RequirementResult<Details> = [Details] extends [undefined]
  ? boolean
  : undefined extends Details
    ? boolean | NonNullable<Details>
    : true | Details;

/** Decides about one call, and counts it. `undefined`: there is no limit. */
export type RateLimiter<Principal> = (
  call: AdmittedCall<Principal | undefined>,
) => RateLimitDecision | undefined | Promise<RateLimitDecision | undefined>;

/** How much of each response is validated before it leaves. That its status and code are declared is always checked. */
export type ValidateResponses =
  | "always"
  | "off"
  /** One response in `every`. */
  | { readonly every: number };

export interface Limits {
  /** Bytes of a request body; 1 MiB where absent. */
  readonly bodyBytes?: number;
  /** Milliseconds in which a body must have arrived; 30 s where absent. */
  readonly bodyTimeoutMs?: number;
}

export interface RequestIdOptions {
  /** Header that carries it in and out, lower case; `x-request-id` where absent. */
  readonly header?: string;
  /** False: ids that callers send are ignored. */
  readonly accept?: boolean;
  readonly generate?: () => string;
}

/** The response to a refusal that has no code. */
export interface UncodedResponse {
  readonly body: unknown;
  readonly mediaType: string;
}

/** The parts of the configuration that every API has. */
export interface CommonOptions<Principal> {
  /** Whose call it is: the organization, for instance. Scopes idempotency keys and `find`. */
  readonly tenant?: (principal: Principal) => string;
  readonly rateLimit?: RateLimiter<Principal>;
  readonly validateResponses?: ValidateResponses;
  /**
   * What to do about query parameters that an operation does not declare; they are ignored where absent. An operation
   * that has neither parameters nor a code to refuse them with ignores them always.
   */
  readonly unknownQuery?: "ignore" | "reject";
  readonly limits?: Limits;
  /** Limits of single operations, by id, instead of `limits`. */
  readonly operationLimits?: Readonly<Record<string, Limits>>;
  /** The path below which the API lives; that of the document's first server where absent. */
  readonly basePath?: string;
  readonly requestId?: RequestIdOptions;
  readonly hooks?: Hooks;
  readonly coverage?: CoverageRecorder;
  /** Rewrites the details of a stage's refusals where the API's details have a shape of their own. */
  readonly stageDetails?: Readonly<Partial<Record<Stage, (details: unknown) => unknown>>>;
  /** Adds the host's own members to error bodies. */
  readonly decorateError?: DecorateError;
  /** Writes the bodies of refusals that have no code in this API; RFC 9457 problems where absent. */
  readonly uncoded?: (refusal: {
    readonly stage: Stage;
    readonly status: number;
    readonly requestId: string;
  }) => UncodedResponse;
}

/** The configuration as the pipeline sees it: the generated types have done their work. */
export interface ServerOptions extends CommonOptions<never> {
  /** `handlers[group][handler]` is a function for every operation. */
  readonly handlers: object;
  readonly authenticate?: object;
  readonly requirements?: object;
  readonly idempotency?: IdempotencyOptions<never>;
  readonly stageCodes?: StageAssignments;
}

/** The same with every function callable: what the pipeline works with. */
export interface Wiring {
  readonly authenticate: AuthenticatorTable;
  readonly requirements: Readonly<Record<string, Requirement<unknown, unknown> | undefined>>;
  readonly tenant: ((principal: unknown) => string) | undefined;
  readonly rateLimit: RateLimiter<unknown> | undefined;
}
