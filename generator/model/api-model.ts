/**
 * The compiled contract: everything that an emitter, the diff or the mock may know, and nothing of OpenAPI's own
 * spelling. Built once from the expanded document (always OpenAPI 3.1), deeply frozen, plain data.
 */
import type { ErrorLayout, IssuesPlace } from "../contract/error-layout.ts";
import type { OperationError, RetryPolicy, Stage, StatusKey } from "../contract/vocabulary.ts";
import type { Json, JsonObject } from "../json/json.ts";
import type { WrittenNumber } from "../json/written-numbers.ts";
import type { FormatLevels } from "../openapi/reading.ts";

/** A JSON Pointer (RFC 6901) into the expanded document, e.g. `/components/schemas/Template`. */
export type Pointer = string;

/** JSON Schema 2020-12; references are `{ "$ref": "#/components/schemas/…" }` into the expanded document. */
export type JsonSchema = boolean | JsonObject;

export interface ApiModel {
  readonly info: ApiInfo;
  readonly servers: readonly ApiServer[];
  readonly tags: readonly ApiTag[];
  /** In document order (paths, then methods as the specification lists them). */
  readonly operations: readonly Operation[];
  /** Requests that the API sends: `path` is the name of the webhook. They return no code of the catalogue. */
  readonly webhooks: readonly Operation[];
  /** `components.schemas`, in document order. */
  readonly schemas: readonly NamedSchema[];
  readonly securitySchemes: readonly SecurityScheme[];
  readonly errors: ErrorContract;
  /**
   * The expanded document: what `$ref`s and pointers point into, and what `openapi.yaml` says. Emitters that
   * need it follow `$ref`s only; they never look for meaning here.
   */
  readonly document: JsonObject;
  /** How validators check `format`. */
  readonly formats: FormatLevels;
  /** Numbers whose digits `openapi.yaml` keeps, where a double does not. */
  readonly numbers: readonly WrittenNumber[];
}

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly summary?: string;
  /** CommonMark. */
  readonly description?: string;
  /** Root of the published documentation (`externalDocs.url`), where error pages live. */
  readonly docsUrl?: string;
}

export interface ApiServer {
  /** May hold `{variables}`; `defaultUrl` is the same with their defaults filled in. */
  readonly url: string;
  readonly defaultUrl: string;
  readonly description?: string;
}

export interface ApiTag {
  readonly name: string;
  readonly description?: string;
}

export interface NamedSchema {
  /** The key in `components.schemas`. */
  readonly name: string;
  /** Unique PascalCase TypeScript identifier for functions such as `is${identifier}`; unique without regard to case too. */
  readonly identifier: string;
  readonly pointer: Pointer;
  readonly schema: JsonSchema;
}

export type HttpMethod = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query";

export interface Operation {
  /** `operationId`, or `<method> <path>` where the document has none. Unique. */
  readonly id: string;
  /** The author wrote an operationId. */
  readonly named: boolean;
  /** Unique camelCase TypeScript identifier: `x-lockstep-name`, else from `operationId`, else from method and path. */
  readonly identifier: string;
  /** `x-lockstep-name`. */
  readonly chosenName?: string;
  readonly method: HttpMethod;
  /** Path template as written, e.g. `/broadcasts/{id}`. */
  readonly path: string;
  readonly pointer: Pointer;
  readonly tags: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated: boolean;
  /** Where the operation or its path has servers of its own; the first one is the default. */
  readonly servers?: readonly ApiServer[];
  /** Path-level and operation-level parameters merged; `(in, name)` is unique. */
  readonly parameters: readonly Parameter[];
  readonly requestBody?: RequestBody;
  readonly responses: readonly Response[];
  /** Alternatives: one must hold. Empty: anonymous. An empty `schemes` among them: anonymous is allowed too. */
  readonly security: readonly SecurityRequirement[];
  /** Whether the operation takes an `Idempotency-Key` request header. */
  readonly idempotencyKey: "none" | "accepted" | "required";
  /** How the next page is found, where the document declares it. */
  readonly nextPage?: NextPage;
  /** Every (code, status) pair that the operation may return, sorted by status, then code. */
  readonly errors: readonly OperationError[];
}

/** In the `Link` response header (RFC 8288), or by calling again with parameters taken from the response (a Link Object). */
export type NextPage =
  | { readonly kind: "link-header" }
  | {
      readonly kind: "parameters";
      /** `expression`: a runtime expression on the response, or a constant. */
      readonly parameters: readonly {
        readonly in: ParameterLocation;
        readonly name: string;
        readonly expression: string;
      }[];
    };

export type ParameterLocation = "path" | "query" | "header" | "cookie";
export type ParameterStyle =
  "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie";

export interface Parameter {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly pointer: Pointer;
  readonly required: boolean;
  readonly deprecated: boolean;
  /** Full date (RFC 3339) after which a deprecated parameter may go. */
  readonly sunset?: string;
  readonly stability?: string;
  readonly description?: string;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  /** The value's schema; for `content` parameters the schema of the decoded content. */
  readonly schema: JsonSchema;
  readonly schemaPointer: Pointer;
  /** Media type of a `content` parameter; absent for style-serialized ones. */
  readonly content?: string;
}

export interface RequestBody {
  readonly required: boolean;
  readonly description?: string;
  readonly pointer: Pointer;
  readonly content: readonly MediaType[];
}

export interface MediaType {
  /** As declared, lower-cased type and subtype, parameters kept: `application/json`, `text/*`. */
  readonly mediaType: string;
  readonly pointer: Pointer;
  /** Absent: anything. */
  readonly schema?: JsonSchema;
  readonly schemaPointer?: Pointer;
  /** Of each item of a sequential media type, as a reader sees it; see `eventSchema`. */
  readonly itemSchema?: JsonSchema;
  readonly itemSchemaPointer?: Pointer;
  readonly examples: readonly Example[];
  /** OpenAPI Encoding Objects of form and multipart bodies, by property. */
  readonly encoding?: JsonObject;
}

export interface Example {
  readonly name: string;
  readonly summary?: string;
  readonly value: Json;
}

export interface Response {
  readonly status: StatusKey;
  readonly pointer: Pointer;
  readonly description: string;
  readonly headers: readonly Header[];
  readonly content: readonly MediaType[];
}

export interface Header {
  readonly name: string;
  readonly pointer: Pointer;
  readonly required: boolean;
  readonly description?: string;
  readonly explode: boolean;
  readonly schema: JsonSchema;
  readonly schemaPointer: Pointer;
  readonly content?: string;
}

export interface SecurityRequirement {
  /** All must hold. */
  readonly schemes: readonly { readonly scheme: string; readonly scopes: readonly string[] }[];
}

export interface SecurityScheme {
  /** The key in `components.securitySchemes`. */
  readonly name: string;
  readonly pointer: Pointer;
  readonly type: "apiKey" | "http" | "oauth2" | "openIdConnect" | "mutualTLS";
  /** apiKey: where the key travels and under which name. */
  readonly in?: "query" | "header" | "cookie";
  readonly parameterName?: string;
  /** http: `bearer`, `basic`, … lower case. */
  readonly scheme?: string;
  readonly description?: string;
  /** Declared scopes (OAuth flows' or `x-scopes`), in document order. */
  readonly scopes: readonly { readonly name: string; readonly description: string }[];
}

/** The error contract of the whole document. */
export interface ErrorContract {
  /** `catalogue`: declared with `x-error-codes`; `inferred`: read off response schemas; `none`: no code was found. */
  readonly origin: "catalogue" | "inferred" | "none";
  /** Absent where no common envelope was recognised. */
  readonly envelope?: ErrorEnvelope;
  /** The shape of errors whose status is the code. */
  readonly layout?: ErrorLayout;
  /** Live codes (deprecated ones included), sorted by code (code unit order). */
  readonly codes: readonly ErrorCode[];
  /** Tombstones, sorted by code. */
  readonly retired: readonly RetiredCode[];
}

/** Where the members of the envelope sit in an error body; paths of property names from the body's root. */
export interface ErrorEnvelope {
  readonly shape: "flat" | "nested" | "problem";
  readonly code: readonly string[];
  readonly message?: readonly string[];
  readonly details?: readonly string[];
  /** RFC 9457 `status`, where the envelope repeats the status in the body. */
  readonly status?: readonly string[];
  readonly mediaType: string;
  /** Where issues with single fields sit, if not in the details. */
  readonly issues?: IssuesPlace;
  /** The envelope's named schema, where it has one. */
  readonly schema?: Pointer;
}

export interface ErrorCode {
  /** The wire value. */
  readonly code: string;
  /** Unique PascalCase TypeScript identifier, e.g. `NotFound`. */
  readonly identifier: string;
  readonly pointer: Pointer;
  /** Every status that the code is returned with: exactly one in a catalogue, perhaps several when inferred. */
  readonly statuses: readonly StatusKey[];
  readonly title: string;
  /** CommonMark. */
  readonly meaning?: string;
  /** What the caller should do; CommonMark. */
  readonly remediation?: string;
  /** Default wording of `message`. */
  readonly message?: string;
  readonly retry?: RetryPolicy;
  readonly raisedBy: readonly Stage[];
  readonly fixedBy?: "caller" | "administrator" | "provider";
  /** The schema of `details`, where the code has any; `required` says whether they are always there. */
  readonly details?: { readonly schema: JsonSchema; readonly pointer: Pointer; readonly required: boolean };
  /**
   * The named schema of the object that holds this code (the member at `envelope.code` without its last step; the whole
   * body of a flat envelope), e.g. `/components/schemas/NotFoundError`. Absent where codes were inferred from an enum.
   */
  readonly objectSchema?: Pointer;
  /** A complete body as it goes over the wire. */
  readonly example?: Json;
  readonly since?: string;
  readonly deprecated?: string;
  /** Full date (RFC 3339) after which a deprecated code may be retired. */
  readonly sunset?: string;
  readonly replacedBy?: string;
  readonly stability?: string;
  /** Ids of the operations that may return it, in document order. */
  readonly operations: readonly string[];
}

export interface RetiredCode {
  readonly code: string;
  readonly pointer: Pointer;
  /** Version in which it was retired. */
  readonly retired: string;
  readonly status?: StatusKey;
  readonly title: string;
  readonly meaning?: string;
  readonly since?: string;
  readonly replacedBy?: string;
}
