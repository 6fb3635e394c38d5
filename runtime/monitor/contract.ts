/** What the monitor needs of a contract. The `contract` of a generated `server.ts` has all of it. */

/** One thing that is wrong with a value; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface ResponseIssue {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

export interface MonitoredMedia {
  readonly kind: "json" | "form" | "multipart" | "text" | "binary";
  collect(value: unknown, limit?: number): readonly ResponseIssue[];
}

export interface MonitoredResponse {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** Empty: the response has no body. */
  readonly content: readonly { readonly mediaType: string }[];
  match(contentType: string): MonitoredMedia | undefined;
  headers(header: (name: string) => string | undefined): {
    readonly issues?: readonly ResponseIssue[] | undefined;
  };
}

export interface MonitoredOperation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Path template below the base path. */
  readonly path: string;
  readonly errors: readonly { readonly code: string; readonly status: string }[];
  readonly responses: { match(status: number): MonitoredResponse | undefined };
}

export interface MonitoredContract {
  /** Path of the first server's URL, without a slash at its end. */
  readonly basePath: string;
  readonly operations: readonly MonitoredOperation[];
  /** Where code and message sit in an error body: names from its root. */
  readonly envelope?: { readonly code: readonly string[]; readonly message?: readonly string[] };
  readonly codes: Readonly<
    Record<string, { readonly retry?: string; readonly raisedBy?: readonly string[] }>
  >;
}

/** A response as it went over the wire. */
export interface ObservedResponse {
  readonly status: number;
  /** The value of a header; several of one name are joined with `, `. `name` is lower case. */
  header(name: string): string | undefined;
  /** The decoded text; `undefined` where nobody kept it: a stream, bytes, or more than the limit. */
  readonly body: string | undefined;
  /** True if a body was sent, kept or not. */
  readonly hasBody: boolean;
}
