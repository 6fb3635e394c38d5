/** The server kit: what generated `server.ts`, adapters, stores and hosts import. Web standards only. */
export { generatedFor } from "../generated-for.ts";
export { createServer, type Api } from "./create-server.ts";
export type { Authenticator, Grant } from "./authentication/authenticate.ts";
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
export type { ResponseEvent, ErrorPlace, Hooks, StageEvent, Violation } from "./observation/observe.ts";
export type {
  AdmittedCall,
  CommonOptions,
  Limits,
  RateLimiter,
  RequestIdOptions,
  Requirement,
  ValidateResponses,
  ServerOptions,
  UncodedResponse,
} from "./options.ts";
export type { RateLimitDecision, RateLimitQuota } from "./rate-limit.ts";
export { tenantResource, type TenantResource } from "./tenant-resource.ts";
export { stages, type Stage } from "./pipeline/stages.ts";
