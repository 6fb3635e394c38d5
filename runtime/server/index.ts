/** The server kit: what generated `server.ts`, adapters, stores and hosts import. Web standards only. */
export { createServer, type Api } from "./create-server.ts";
export type { Authenticator, Grant } from "./authenticate.ts";
export type { BasicCredentials, Credentials } from "./credentials.ts";
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
export { coverageRecorder, type AnsweredPair, type CoverageRecorder } from "./coverage.ts";
export type { DecorateError } from "./envelope.ts";
export {
  BodyError,
  type AnswerBody,
  type BodyProblem,
  type ServerAnswer,
  type ServerRequest,
} from "./exchange.ts";
export { Failure, type FailureOptions } from "./failure.ts";
export type {
  Context,
  Fail,
  Find,
  Handler,
  HandlerAnswer,
  HandlerShape,
  OperationTypes,
  RawBody,
  ResultOf,
} from "./handler-types.ts";
export type { IdempotencyOptions } from "./idempotency.ts";
export {
  LeaseLostError,
  type Claim,
  type ClaimRequest,
  type IdempotencyRef,
  type IdempotencyStore,
  type StoredAnswer,
} from "./idempotency-store.ts";
export type { AnswerEvent, ErrorPlace, Hooks, StageEvent, Violation } from "./observe.ts";
export type {
  AdmittedCall,
  CommonOptions,
  Limits,
  RateLimiter,
  RequestIdOptions,
  Requirement,
  ValidateResponses,
  ServerOptions,
  UncodedAnswer,
} from "./options.ts";
export type { RateLimitDecision, RateLimitQuota } from "./rate-limit.ts";
export { tenantResource, type TenantResource } from "./resource.ts";
export { stages, type Stage } from "./stages.ts";
