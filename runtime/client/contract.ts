/** What generated code tells the runtime about an API: plain data, one object an operation, no prose. */

import type { PlaceSecret } from "./credentials.ts";
import type { Items } from "./items.ts";
import type { Pages } from "./pages.ts";

/** Says whether a body has the shape that the types claim. Throws where it cannot tell. */
export type Check = (body: unknown) => boolean;

/** What a caller may do with the same intent after an error (`retry` of the catalogue). */
export type RetryPolicy = "never" | "same-request" | "after-delay" | "new-key";

/** One error code of one operation. */
export interface CodeContract {
  /** Proves the whole body before an error may call itself by this code. */
  readonly is: Check;
  /** The same by status key (`404`, `4XX`, `default`), where its bodies differ. */
  readonly at?: Readonly<Record<string, Check>>;
  /** The statuses that the contract gives it; none where it names a range (`4XX`, `default`). */
  readonly status?: number | readonly number[];
  /** Absent: the document says nothing, and the status decides. */
  readonly retry?: RetryPolicy;
  /** The code's page in the published documentation. */
  readonly docUrl?: string;
}

/** How a body is read: parsed, as text, left unread, item by item, by its `Content-Type`, or not at all. */
export type BodyKind = "json" | "text" | "binary" | "items" | "auto" | "none";

/** Spells a path or header parameter; `encode` makes its parts fit the place. */
export type ValueStyle = (name: string, value: unknown, encode: (plain: string) => string) => string;

/** A request body: its media type, and what makes a form of it. */
export type RequestForm = readonly [mediaType: string, encode?: (body: unknown) => string | FormData];

/** Everything that sending one operation and reading its responses takes. */
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
  /** Error responses that carry no code, by status key (`404`, `4XX`, `default`). */
  readonly checks?: Readonly<Record<string, Check>>;
  /** Successful responses by status key. */
  readonly ok: Readonly<Record<string, BodyKind>>;
  /** It takes an `Idempotency-Key`. */
  readonly key?: true;
  readonly body?: readonly RequestForm[];
  /** Where query parameters are not all spelled as `form` with `explode`. */
  readonly query?: (query: Readonly<Record<string, unknown>>) => string;
  /** Path parameters that are not spelled as `simple` without `explode`. */
  readonly pathStyles?: Readonly<Record<string, ValueStyle>>;
  /** The same of header parameters. */
  readonly headerStyles?: Readonly<Record<string, ValueStyle>>;
  /** Where the operation has cookie parameters. */
  readonly cookies?: (cookies: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>>;
  /** Alternatives of scheme names that are sent together; absent: anonymous. */
  readonly security?: readonly (readonly string[])[];
  /** Media types of the responses. Default: `application/json`. Empty: no `Accept` of ours. */
  readonly accept?: string;
  /** Where the operation or its path has a server of its own. */
  readonly baseUrl?: string;
  /** Where the document declares how the next page is found. */
  readonly pages?: Pages;
  /** Where a successful response is a sequence. */
  readonly items?: Items;
}

/** What all operations of an API share. */
export interface ApiDescriptor {
  /** Paths of property names in an error body; absent where the document has no common one. */
  readonly envelope?: {
    /** Absent where the status is the code. */
    readonly code?: readonly string[];
    readonly message?: readonly string[];
    readonly details?: readonly string[];
  };
  readonly baseUrl?: string;
  /** By name of the security scheme. */
  readonly schemes: Readonly<Record<string, PlaceSecret>>;
}
