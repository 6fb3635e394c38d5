/** What a host configures, with the types of its API filled in by the generated `server.ts`. */
import type { AuthenticatorTable } from "./authentication/authenticate.ts";
import type { CoverageRecorder } from "./observation/coverage.ts";
import type { RequestIssue } from "./contract.ts";
import type { CorsOptions } from "./response/cors.ts";
import type { Failure } from "./response/failure.ts";
import type { Inflater } from "./validation/inflate.ts";
import type { DecorateError } from "./response/envelope.ts";
import type { ServerRequest } from "./exchange.ts";
import type { IdempotencyOptions } from "./idempotency/idempotency.ts";
import type { Hooks } from "./observation/observe.ts";
import type { Telemetry } from "./observation/telemetry.ts";
import type { RateLimitDecision, RateLimitFailure } from "./rate-limit.ts";
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

/** `undefined`: there is no limit. */
export type RateLimitOutcome = RateLimitDecision | RateLimitFailure | undefined;

/** Decides about one call, and counts it. */
export type RateLimiter<Principal> = (
  call: AdmittedCall<Principal | undefined>,
) => RateLimitOutcome | Promise<RateLimitOutcome>;

/** Limits whom is refused with 401 or 403 too often, by their address as a rule, before credentials are looked at. */
export interface RefusalLimiter {
  /** Whether the request may go on. Counts nothing. */
  check(request: ServerRequest): RateLimitOutcome | Promise<RateLimitOutcome>;
  /** The request was refused. */
  count(request: ServerRequest): void | Promise<void>;
}

/** How much of each response is validated before it leaves. That its status and code are declared is always checked. */
export type ValidateResponses =
  | "always"
  | "off"
  /** One response in `every`. */
  | { readonly every: number };

export interface Limits {
  /** Bytes of a request body; 1 MiB where absent. */
  readonly bodyBytes?: number;
  /** Milliseconds in which a body must have arrived; 30 s where absent, and at most 24 days. */
  readonly bodyTimeoutMs?: number;
}

export interface RequestIdOptions {
  /** Header that carries it in and out, lower case; `x-request-id` where absent. */
  readonly header?: string;
  /** False: ids that callers send are ignored. */
  readonly accept?: boolean;
  readonly generate?: () => string;
}

/** What each stage knows about a refusal, for `details`. */
export interface StageDetails {
  readonly "request-limits": IssueDetails;
  readonly "media-type": IssueDetails;
  readonly "request-validation": IssueDetails;
  readonly authorization: { readonly required: readonly string[] };
  /** What the requirement returned, or the missing scopes where `authorization` borrows its code. */
  readonly requirement: unknown;
}

interface IssueDetails {
  readonly issues: readonly RequestIssue[];
}

/** Rewrites a stage's details to the shape of the API's. Stages that borrow a code are rewritten by the stage it belongs to. */
export type DetailsByStage = {
  readonly [Name in Stage]?: StageDetailsOf<Name, unknown>;
};

/** Gives the details of a code that the stage raises, from what the stage knows. */
export type StageDetailsOf<Name extends Stage, Details> = (
  details: Name extends keyof StageDetails ? StageDetails[Name] : undefined,
) => Details;

/** A refusal that no code of the operation fits. */
export interface UncodedRefusal {
  readonly stage: Stage;
  /** The status that the kit would use: HTTP's own where the operation declares it, else the declared one that fits. */
  readonly status: number;
  /** What is wrong with the request, where that is why. */
  readonly issues: readonly RequestIssue[];
  /** Missing scopes. */
  readonly required: readonly string[];
  readonly message: string;
  /** Absent where no operation was found. */
  readonly operation: string | undefined;
  /** The error responses of the operation: status (`422`, `4XX`, `default`) and media types. */
  readonly declared: readonly DeclaredResponse[];
  readonly requestId: string;
}

export interface DeclaredResponse {
  readonly status: string;
  readonly mediaTypes: readonly string[];
}

/** The response to a refusal that has no code; it is validated like any other. */
export interface UncodedResponse {
  /** That of the refusal where absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The one that the operation declares for the status where absent. */
  readonly mediaType?: string;
}

/** The parts of the configuration that every API has. */
export interface CommonOptions<Principal> {
  /** Whose call it is: the organization, for instance. Scopes idempotency keys and `find`. */
  readonly tenant?: (principal: Principal) => string;
  /**
   * Who of the tenant: the user, for instance. Scopes idempotency keys together with the tenant, so that nobody replays, or
   * spoils, what another of the same organization was told. `() => ""` shares the keys of a tenant.
   */
  readonly caller?: (principal: Principal) => string;
  readonly rateLimit?: RateLimiter<Principal>;
  readonly refusalLimit?: RefusalLimiter;
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
  /** Traces and measures requests: `openTelemetry` of `lockstep-openapi-runtime/opentelemetry`, or the host's own. */
  readonly telemetry?: Telemetry;
  readonly coverage?: CoverageRecorder;
  /** Rewrites the details of refusals where the API's details have a shape of their own. */
  readonly stageDetails?: DetailsByStage;
  /** Adds the host's own members to error bodies. */
  readonly decorateError?: DecorateError;
  /** Writes the responses to refusals that have no code in this API; RFC 9457 problems where absent. */
  readonly uncoded?: (refusal: UncodedRefusal) => UncodedResponse;
  /**
   * What becomes of a call with credentials that are presented and not valid, where the operation admits anonymous calls:
   * it is refused (`reject`, where absent), or goes on without a principal (`ignore`). By security scheme.
   */
  readonly invalidCredentials?: Readonly<Record<string, "reject" | "ignore">>;
  /** Content codings of request bodies that are undone, within the limits; see `inflaters`. None where absent. */
  readonly inflate?: Readonly<Record<string, Inflater>>;
  /** `ignore`: a path with a slash at its end is that without one. */
  readonly trailingSlash?: "ignore";
  readonly cors?: CorsOptions;
}

/** The configuration as the pipeline sees it: the generated types have done their work. */
export interface ServerOptions extends CommonOptions<never> {
  /** `handlers[group][handler]` is a function for every operation. */
  readonly handlers: object;
  readonly authenticate?: object;
  readonly requirements?: object;
  readonly idempotency?: IdempotencyOptions<never>;
  readonly stageCodes?: StageAssignments;
  /** `mapErrors` and `around`, typed by the generated code. */
  readonly mapErrors?: object;
  readonly around?: object;
}

/** The same with every function callable: what the pipeline works with. */
export interface Wiring {
  readonly authenticate: AuthenticatorTable;
  readonly requirements: Readonly<Record<string, Requirement<unknown, unknown> | undefined>>;
  readonly tenant: ((principal: unknown) => string) | undefined;
  readonly caller: ((principal: unknown) => string) | undefined;
  readonly rateLimit: RateLimiter<unknown> | undefined;
  readonly refusalLimit: RefusalLimiter | undefined;
  readonly mapErrors: MapErrors | undefined;
  readonly around: AroundTable;
}

/** Turns what a handler threw into a declared failure; `undefined` for what is nobody's fault but the server's. */
export type MapErrors = (
  error: unknown,
  context: { readonly operation: string; readonly fail: (code: string, details?: unknown) => Failure },
) => Failure | undefined;

/** Runs around a handler: transactions, caches, feature flags. Gives what `next` gives, or a result of its own. */
export type Around<Context = unknown, Outcome = unknown> = (
  context: Context,
  next: () => Promise<Outcome>,
) => Outcome | Promise<Outcome>;

/** The middleware of a host: for all operations, for those of a group of handlers, for one. */
export interface AroundTable {
  readonly all?: Around;
  readonly groups?: Readonly<Record<string, Around | undefined>>;
  readonly operations?: Readonly<Record<string, Around | undefined>>;
}
