/** What generated code tells the runtime about an API: plain data, one object an operation, no prose. */

/** Says whether a body has the shape that the types claim. Never throws. */
export type Check = (body: unknown) => boolean;

/** What a caller may do with the same intent after an error (`retry` of the catalogue). */
export type RetryPolicy = "never" | "same-request" | "after-delay" | "new-key";

/** One error code, as one operation answers it. */
export interface CodeContract {
  /** Proves the whole body before an error may call itself by this code. */
  readonly is: Check;
  /** The statuses that the contract gives it; none where it names a range (`4XX`, `default`). */
  readonly status?: number | readonly number[];
  /** Absent: the document says nothing, and the status decides. */
  readonly retry?: RetryPolicy;
  /** The code's page in the published documentation. */
  readonly docUrl?: string;
}

/** How a body is read: parsed, as text, left unread, by its `Content-Type`, or not at all. */
export type BodyKind = "json" | "text" | "binary" | "auto" | "none";

/** `style` and `explode` of a parameter (OpenAPI 3.1.1 §4.8.12.3); `json` is a `content` parameter. */
export type ParameterStyle = readonly [style: string, explode: boolean, allowReserved?: boolean];

export type Styles = Readonly<Record<string, ParameterStyle>>;

/** A request body: its media type, and how a form spells its members. */
export type RequestForm = readonly [mediaType: string, styles?: Styles];

/** Where the next page is: in the `Link` header (RFC 8288), or in values of this answer (an OpenAPI Link Object). */
export type NextPage = "link-header" | Readonly<Record<`${"query" | "path" | "header"}.${string}`, string>>;

/** Everything that sending one operation and reading its answers takes. */
export interface OperationDescriptor<Id extends string = string> {
  readonly id: Id;
  /** Upper case. */
  readonly method: string;
  /** As the document writes it, e.g. `/broadcasts/{id}`. */
  readonly path: string;
  /** Name and group on the client: `client.<group>.<name>()`. */
  readonly group: string;
  readonly name: string;
  /** By code: exactly those that the operation declares. */
  readonly codes: Readonly<Record<string, CodeContract>>;
  /** Error answers that carry no code, by status key (`404`, `4XX`, `default`). */
  readonly answers?: Readonly<Record<string, Check>>;
  /** Successful answers by status key. */
  readonly ok: Readonly<Record<string, BodyKind>>;
  /** It takes an `Idempotency-Key`. */
  readonly key?: true;
  readonly body?: readonly RequestForm[];
  /** Query parameters that are not spelled as `form` with `explode`. */
  readonly query?: Styles;
  /** Path parameters that are not spelled as `simple` without `explode`. */
  readonly pathStyles?: Styles;
  /** Header parameters that are objects, or `content`. */
  readonly headerStyles?: Styles;
  /** Alternatives of scheme names that are sent together; absent: anonymous. */
  readonly security?: readonly (readonly string[])[];
  readonly next?: NextPage;
}

/** Where a credential travels. */
export type SchemeDescriptor =
  { readonly in: "header" | "query" | "cookie"; readonly name: string } | { readonly in: "bearer" | "basic" };

/** What all operations of an API share. */
export interface ApiDescriptor {
  /** Paths of property names in an error body; absent where the document has no common one. */
  readonly envelope?: {
    readonly code: readonly string[];
    readonly message?: readonly string[];
    readonly details?: readonly string[];
  };
  readonly baseUrl?: string;
  readonly schemes: Readonly<Record<string, SchemeDescriptor>>;
}
