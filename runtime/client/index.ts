/** The runtime of generated clients: `lockstep-openapi-runtime/client`. Web standards only. */
export { generatedFor } from "../generated-for.ts";
export { ApiError } from "./api-error.ts";
export type { AnyResult } from "./call.ts";
export type {
  ApiErrorOf,
  ApiTypes,
  Call,
  Client,
  DataOf,
  Failure,
  FailureOf,
  NamedCalls,
  Operation,
  PathCalls,
  PathClient,
  RequestCall,
  ResultOf,
  Success,
} from "./client-types.ts";
export type {
  ApiDescriptor,
  BodyKind,
  Check,
  CodeContract,
  OperationDescriptor,
  RequestForm,
  RetryPolicy,
} from "./contract.ts";
export { basic, bearer, cookieKey, headerKey, queryKey } from "./credentials.ts";
export { buildClient, listOperations } from "./create-client.ts";
export type { DerivedOperation } from "./derived-types.ts";
export { eventStream, type ServerSentEvent } from "./events.ts";
export type * from "./failures.ts";
export { fileNameOf } from "./file-name.ts";
export { jsonLines, jsonTexts } from "./items.ts";
export { linkHeader, pageParameters } from "./pages.ts";
export { byPath } from "./path-client.ts";
export { cookieHeader, multipart, styledQuery, styledValue, urlEncoded } from "./styles.ts";
export type {
  BasicCredentials,
  BinaryBody,
  BinaryResponse,
  BodySerializer,
  CallOptions,
  ClientOptions,
  Events,
  FileForm,
  Items,
  ParseAs,
  PathSerializer,
  QuerySerializer,
  QuerySerializerOptions,
  ResponseCheck,
  RetryOptions,
  Secret,
  SecretRequest,
} from "./options.ts";
export type { HeadersOption } from "./headers.ts";
export type { MergedOptions, Middleware, MiddlewareCallbackParams, MiddlewareParams } from "./middleware.ts";
export type { ErrorStatusOf, SuccessStatusOf } from "../statuses.ts";
export { createQuerySerializer } from "./query-serializer.ts";
export { validateIn, type ValidationMode } from "./validation.ts";
