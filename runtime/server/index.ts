/** The server kit: what generated `server.ts`, adapters, stores and hosts import. Web standards only. */
export { generatedFor } from "../generated-for.ts";
export { createServer, type Api } from "./create-server.ts";
export type { AnyDenial, Authenticator, Denial, Grant } from "./authentication/authenticate.ts";
export type { BasicCredentials, Credentials } from "./authentication/credentials.ts";
export type {
  ApiContract,
  CodeContract,
  EnvelopeContract,
  MediaValidation,
  OperationContract,
  ParameterValues,
  RawParameters,
  RequestIssue,
  RequestPart,
  RequestValidation,
  ResponsesValidation,
  RetryPolicy,
  SchemeContract,
  ValueIssue,
} from "./contract.ts";
export { coverageRecorder, type ObservedResponse, type CoverageRecorder } from "./observation/coverage.ts";
export type { DecorateError } from "./response/envelope.ts";
export {
  BodyError,
  BodyTakenError,
  type OutgoingBody,
  type BodyProblem,
  type FormEntry,
  type ReceivedBody,
  type OutgoingResponse,
  type ServerRequest,
} from "./exchange.ts";
export { Failure, type FailureOptions } from "./response/failure.ts";
export type {
  Context,
  Fail,
  Find,
  Handler,
  HandlerResponse,
  HandlerShape,
  OperationTypes,
  RawBody,
  ResultOf,
} from "./handler-types.ts";
export type { IdempotencyOptions } from "./idempotency/idempotency.ts";
export {
  LeaseLostError,
  type Claim,
  type ClaimRequest,
  type IdempotencyRef,
  type IdempotencyStore,
  type StoredResponse,
} from "./idempotency/store.ts";
export type {
  ResponseEvent,
  ErrorPlace,
  Hooks,
  RefusalReason,
  StageEvent,
  Violation,
  UncheckedRequest,
} from "./observation/observe.ts";
export type { Telemetry, Trace, TracedRoute } from "./observation/telemetry.ts";
export type {
  AdmittedCall,
  Around,
  DeclaredResponse,
  DetailsByStage,
  StageDetailsOf,
  CommonOptions,
  Limits,
  RateLimiter,
  RateLimitOutcome,
  RefusalLimiter,
  RequestIdOptions,
  Requirement,
  ValidateResponses,
  ServerOptions,
  UncodedRefusal,
  UncodedResponse,
} from "./options.ts";
export type { RateLimitDecision, RateLimitFailure, RateLimitQuota } from "./rate-limit.ts";
export {
  publicResource,
  tenantResource,
  type MissingResource,
  type PublicResource,
  type TenantResource,
} from "./tenant-resource.ts";
export type { CorsOptions } from "./response/cors.ts";
export {
  ndjson,
  serverSentEvents,
  type EventStreamOptions,
  type ServerSentEvent,
  type StreamedText,
} from "./response/event-stream.ts";
export type { UndeclaredRefusal } from "./response/undeclared.ts";
export { inflaters, type Inflater } from "./validation/inflate.ts";
export { stages, type Stage } from "./pipeline/stages.ts";
