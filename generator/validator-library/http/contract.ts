/**
 * What all validators of requests and responses have in common.
 *
 * An operation "placeOrder" has two exports in operations.ts, so that a client need not carry what only a server
 * needs:
 *
 *     const { value, issues } = placeOrderRequest.parameters({ path, query, header });
 *     if (issues) return badRequest(issues);          // already details.issues of the code for invalid requests
 *     value.path.id;                                  // decoded, typed, defaults filled in
 *
 *     const media = placeOrderRequest.body.match(contentType);
 *     if (!media) return unsupportedMediaType();
 *     const body = media.read(text);                  // parse and check; value or issues
 *     media.is(json); media.check(json); media.collect(json, limit);   // for a body that is parsed already
 *
 *     placeOrderResponses.check({ status, contentType, body, header });    // issues, none if all is well
 *     placeOrderResponses.match(404)?.match(contentType)?.is(body);        // narrows the body
 *
 * Nothing here throws, changes what it is given, or repeats a value that was sent. Issues are at most 20 unless another
 * limit is given. Rules beside the keywords of JSON Schema: "encoding", "repeated", "style", "json", "mediaType",
 * "status", "surplus", "pairs", "discriminator", "depth", "false", "unreadable".
 */
import type { HeaderLookup } from "../parameters/sources.ts";
import type { Parameter, Shape } from "../parameters/contract.ts";
import type { Issues } from "../runtime/issues.ts";
import type { Ok } from "../runtime/members.ts";

/** One thing that is wrong with a request, and where; exactly these four members. */
export interface RequestIssue {
  readonly in: "path" | "query" | "header" | "cookie" | "body";
  /** JSON Pointer: into the body, or the parameter's name and the way into its value. */
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

/** One thing that is wrong with a response. */
export interface ResponseIssue {
  readonly in: "status" | "header" | "body";
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

/** The value, or what is wrong with it. */
export type Checked<Value> =
  | { readonly value: Value; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly RequestIssue[] };

/** The parts of a request that hold parameters, as they arrive. */
export interface RawParameters {
  /** Segments by parameter name, still percent-encoded. */
  readonly path?: Readonly<Record<string, string | undefined>>;
  /** Everything behind the question mark of the URL, which may stand before it; still percent-encoded. */
  readonly query?: string | undefined;
  /** A field by its lower-case name; "cookie" among them. Headers: (name) => headers.get(name). */
  readonly header?: HeaderLookup;
}

export interface ParameterOptions {
  /** What to do about query parameters that the operation does not declare. Default: ignore. */
  readonly unknownQuery?: "ignore" | "reject";
  /** At most so many issues. Default: 20. */
  readonly limit?: number;
  /** At most so many pairs in the query, and cookies. Default: 1000. */
  readonly maxPairs?: number;
}

/** What a handler sends, before it is written to the wire. */
export interface ResponseMessage {
  readonly status: number;
  readonly contentType?: string | null | undefined;
  /** Decoded: what JSON.parse of the wire would give, a string for text. Undefined: no body. */
  readonly body?: unknown;
  readonly header: HeaderLookup;
}

/** Decoded parameters by place: the places that the operation has any in. */
export type ParametersOf<Operation> = Operation extends { parameters: infer Places }
  ? {
      readonly [
        Place in keyof Places as [NonNullable<Places[Place]>] extends [never] ? never : Place
      ]-?: NonNullable<Places[Place]>;
    }
  : unknown;

/** Request bodies by media type. */
export type ContentOf<Operation> = Operation extends { requestBody?: infer Body }
  ? [NonNullable<Body>] extends [never]
    ? object
    : NonNullable<Body> extends { content: infer Content }
      ? Content
      : object
  : object;

/** Responses by status. */
export type ResponsesOf<Operation> = Operation extends { responses: infer Responses } ? Responses : object;

/** The declared response to a status: its own, else that of its class, else the default. Any of them for a `number`. */
export type ResponseAt<Operation, Status extends number> = number extends Status
  ? ResponsesOf<Operation>[keyof ResponsesOf<Operation>]
  : ResponseUnder<ResponsesOf<Operation>, [Status, ClassOf<Status>, "default"]>;

/** The response under the first of the keys that is declared. */
export type ResponseUnder<Responses, Keys extends readonly unknown[]> = Keys extends [
  infer Key,
  ...infer Rest,
]
  ? Key extends keyof Responses
    ? Responses[Key]
    : ResponseUnder<Responses, Rest>
  : never;

/** `404` → `"4XX"`. */
export type ClassOf<Status extends number> = `${Status}` extends `${infer First}${string}`
  ? `${First}XX`
  : never;

export type BodyAt<Response> = Response extends { content: infer Content } ? Content[keyof Content] : unknown;
export type HeadersAt<Response> = Response extends { headers: infer Headers } ? Headers : unknown;

/** How the bytes of a body become a value: JSON.parse, a form, parts, a string, or not at all. */
export type BodyKind = "json" | "form" | "multipart" | "text" | "binary";

/** Reads forms; json, text and binary need nothing but themselves. */
export interface FormReader {
  read(raw: unknown, fields: readonly Parameter[], issues: Issues): unknown;
  /** The value as the schema sees it: files are strings there. */
  readonly plain?: (value: unknown) => unknown;
  /** True if the part of this name is not a string by its schema. Then its text counts even if it is sent as a file. */
  readonly isText?: (name: string, fields: readonly Parameter[]) => boolean;
}

export interface MediaContract {
  /** Type or range, lower case; parameters kept. */
  readonly type: string;
  readonly ok?: Ok;
  /** Of a text: what it spells. */
  readonly shape?: Shape;
  readonly form?: FormReader;
  readonly fields?: readonly Parameter[];
}

export interface RequestContract {
  readonly path?: readonly Parameter[];
  readonly query?: readonly Parameter[];
  readonly header?: readonly Parameter[];
  readonly cookie?: readonly Parameter[];
  /** Names of API keys in the query: known, and nothing that is read here. */
  readonly queryKeys?: readonly string[];
  readonly body?: BodyContract;
  /** Parts that are not checked in full, such as `query since` and `body application/xml`. */
  readonly unchecked?: readonly string[];
}

/** Absent both: no body. */
export interface ContentContract {
  readonly content?: readonly MediaContract[];
  /** In place of content: application/json and nothing else, tested by this. */
  readonly json?: Ok;
}

export interface BodyContract extends ContentContract {
  readonly required?: true;
}

export interface ResponseContract extends ContentContract {
  readonly headers?: readonly Parameter[];
  /** A response to HEAD: what stands here is what GET would send. */
  readonly bodiless?: true;
}

/** By status, range ("4XX") or "default". */
export type ResponsesContract = Readonly<Record<string, ResponseContract>>;
