/** What a generated `server.ts` tells the kit about an API: plain data, and functions of the generated validators. */
import type { Stage } from "./pipeline/stages.ts";

/** One thing that is wrong with a value; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface ValueIssue {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

export type RequestPart = "path" | "query" | "header" | "cookie" | "body";

/** One thing that is wrong with a request, as it goes into `details.issues`. */
export interface RequestIssue extends ValueIssue {
  readonly in: RequestPart;
}

/** The parts of a request that parameters are read from, undecoded. */
export interface RawParameters {
  /** Segments of the path by template name, percent-encoded as they came. */
  readonly path: Readonly<Record<string, string>>;
  /** Without the question mark, percent-encoded as it came. */
  readonly query: string;
  /** The value of a header; several of one name are joined with `, `. `name` is lower case. */
  readonly header: (name: string) => string | undefined;
}

/** Decoded, coerced and defaulted parameters; a place that an operation has none in may be absent. */
export interface ParameterValues {
  readonly path?: object;
  readonly query?: object;
  readonly header?: object;
  readonly cookie?: object;
}

/** A value, or what is wrong with it. */
export type Read<Value> =
  | { readonly value: Value; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly RequestIssue[] };

/** How the bytes of a body become a value; `binary` is handed on unread. */
export type BodyKind = "json" | "form" | "multipart" | "text" | "binary";

/** One media type of a body, as the generated validators know it. Nothing here throws. */
export interface MediaValidation {
  /** As declared, lower case; may be a range: `image/*`. */
  readonly mediaType: string;
  readonly kind: BodyKind;
  /** Decodes and checks: the text of JSON, a form or plain text; the entries of multipart. */
  read(raw: unknown, limit?: number): Read<unknown>;
  /** Of multipart: true if the part of this name is JSON or another value than a string, even if it is sent as a file. */
  isText(name: string): boolean;
  is(value: unknown): boolean;
  collect(value: unknown, limit?: number): readonly ValueIssue[];
}

/** What the generated validators know of one operation's requests. */
export interface RequestValidation {
  /** Parts that are not checked in full, such as `query since` and `body application/xml`. */
  readonly unchecked?: readonly string[];
  parameters(raw: RawParameters, options?: ParameterOptions): Read<ParameterValues>;
  readonly body: {
    readonly required: boolean;
    /** Empty: the operation takes no body. */
    readonly content: readonly { readonly mediaType: string }[];
    match(contentType: string | undefined): MediaValidation | undefined;
  };
}

export interface ParameterOptions {
  /** What to do about query parameters that the operation does not declare. */
  readonly unknownQuery?: "ignore" | "reject";
}

/** What they know of one response. */
export interface ResponseValidation {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Empty: the response has no body. */
  readonly content: readonly { readonly mediaType: string }[];
  match(contentType: string): MediaValidation | undefined;
  headers(header: (name: string) => string | undefined): {
    readonly issues?: readonly ValueIssue[] | undefined;
  };
}

/** What they know of one operation's responses. */
export interface ResponsesValidation {
  match(status: number): ResponseValidation | undefined;
}

export interface OperationErrorContract {
  readonly code: string;
  /** `404`; a class or `default` only where a document without a catalogue says no better. */
  readonly status: string;
  readonly raisedBy: readonly Stage[];
}

export interface SchemeUse {
  readonly scheme: string;
  readonly scopes: readonly string[];
}

export interface OperationContract {
  readonly id: string;
  /** Where its function stands in `Handlers`. */
  readonly group: string;
  readonly handler: string;
  /** Upper case. */
  readonly method: string;
  /** Path template below the base path, e.g. `/broadcasts/{id}`. */
  readonly path: string;
  /** Between base path and path, where the operation has a server of its own: `/uploads`. */
  readonly prefix?: string;
  /** Alternatives, each a list of schemes that must all hold; an empty list admits anonymous calls. */
  readonly security: readonly (readonly SchemeUse[])[];
  readonly idempotencyKey: "none" | "accepted" | "required";
  /** True if it has parameters. */
  readonly parameters: boolean;
  /** Names of its parameters in the header section, lower case. */
  readonly requestHeaders?: readonly string[];
  readonly request: RequestValidation;
  readonly responses: ResponsesValidation;
  readonly errors: readonly OperationErrorContract[];
}

export interface SchemeContract {
  readonly type: "apiKey" | "http" | "oauth2" | "openIdConnect" | "mutualTLS";
  /** apiKey. */
  readonly in?: "query" | "header" | "cookie";
  readonly name?: string;
  /** http: `bearer`, `basic`, …, lower case. */
  readonly scheme?: string;
}

/** What a caller may do with the same intent after a code. */
export type RetryPolicy = "never" | "same-request" | "after-delay" | "new-key";

export interface CodeContract {
  readonly status: number;
  readonly title: string;
  /** Default wording of the message. */
  readonly message: string;
  readonly details: "none" | "optional" | "required";
  readonly retry?: RetryPolicy;
  readonly raisedBy: readonly Stage[];
  /** The code's page in the published documentation. */
  readonly docUrl?: string;
}

/** Where the members sit in an error body: names from its root. */
export interface EnvelopeContract {
  readonly code: readonly string[];
  readonly message?: readonly string[];
  readonly details?: readonly string[];
  readonly status?: readonly string[];
  readonly mediaType: string;
  /** RFC 9457 members that the envelope's schema has. */
  readonly title?: readonly string[];
  readonly type?: readonly string[];
  /** Where issues with single fields sit, if not in the details. */
  readonly issues?: IssuesContract;
}

/** Issues with single fields: a map of messages by field, or a list of objects. */
export interface IssuesContract {
  readonly at: readonly string[];
  readonly form: "map" | "list";
  /** Of a map: is a value one text, or a list of them? */
  readonly values: "text" | "list";
  readonly names: "dotted" | "last" | "pointer";
  /** The field of issues that belong to none. */
  readonly general?: string;
  /** Of a list: the members of an item, by what they hold. */
  readonly members: {
    readonly [Name in "pointer" | "field" | "path" | "message" | "rule" | "status"]?: readonly string[];
  };
}

/** The shape of errors whose status is the code. An empty path is the whole body. */
export interface LayoutContract {
  readonly message?: readonly string[];
  readonly status?: readonly string[];
  readonly title?: readonly string[];
  readonly type?: readonly string[];
  readonly issues?: IssuesContract;
  readonly mediaType: string;
}

export interface ApiContract {
  readonly title: string;
  readonly version: string;
  /**
   * Path of the first server's URL, without a slash at its end: `/api/v1/public` or empty. Where operations have servers of
   * their own, what all these paths begin with.
   */
  readonly basePath: string;
  readonly operations: readonly OperationContract[];
  readonly securitySchemes: Readonly<Record<string, SchemeContract>>;
  readonly envelope?: EnvelopeContract;
  readonly layout?: LayoutContract;
  readonly codes: Readonly<Record<string, CodeContract>>;
}
