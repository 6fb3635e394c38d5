/** The client as callers see it, derived from three small interfaces that are generated for each API. */
import type { AnyFailure } from "./failures.ts";
import type { Middleware } from "./middleware.ts";
import type { ApiError } from "./api-error.ts";
import type { ParseAs } from "./options.ts";

/** What the generated code knows about one operation. */
export interface OperationTypes {
  /** The arguments of a call. */
  readonly input: readonly unknown[];
  /** Successful results. */
  readonly output: { readonly data?: unknown };
  readonly failure: { readonly error: string };
}

/** What the generated code knows about an API. */
export interface ApiTypes {
  readonly operations: object;
  /** By method, then by path: the operation's id. */
  readonly routes: object;
  /** By group, then by name: the operation's id. */
  readonly groups: object;
  /** Ids of the operations that declare how the next page is found. */
  readonly paged: PropertyKey;
}

/** A successful response. */
export interface Success<Status, Data> {
  readonly data: Data;
  readonly error?: undefined;
  readonly status: Status;
  readonly response: Response;
  readonly requestId: string | undefined;
}

/** A failed call. `response` is there when one came. */
export interface Failure<Error> {
  readonly data?: undefined;
  readonly error: Error;
  readonly status: number | undefined;
  readonly response: Response | undefined;
  readonly requestId: string | undefined;
}

/** What a call of operation `Id` resolves to. It never rejects. */
export type ResultOf<Api extends ApiTypes, Id extends keyof Api["operations"]> =
  OutputOf<Api, Id> | Failure<FailureOf<Api, Id>>;

type OutputOf<Api extends ApiTypes, Id extends keyof Api["operations"]> = Api["operations"][Id] extends {
  output: infer Output;
}
  ? Output
  : never;

/** The union of everything that may be in `error` for operation `Id`. */
export type FailureOf<
  Api extends ApiTypes,
  Id extends keyof Api["operations"],
> = Api["operations"][Id] extends {
  failure: infer Error;
}
  ? Error
  : never;

/** The data of a successful call of operation `Id`. */
export type DataOf<Api extends ApiTypes, Id extends keyof Api["operations"]> =
  OutputOf<Api, Id> extends { readonly data: infer Data } ? Data : never;

type InputOf<Api extends ApiTypes, Id extends keyof Api["operations"]> = Api["operations"][Id] extends {
  input: infer Input extends readonly unknown[];
}
  ? Input
  : never;

/** The arguments of a call by path. `As` is never `never`: a compiler infers it from the branch for that. */
type ArgumentsOf<Input extends readonly unknown[], As> = [As] extends [never]
  ? [init?: { readonly parseAs?: As }]
  : [As] extends [ParseAs]
    ? { [Index in keyof Input]: Input[Index] & { readonly parseAs: As } }
    : Input;

/** A call of operation `Id` that reads a successful body as `As`. */
type CallOf<Api extends ApiTypes, Id extends keyof Api["operations"], As> = [As] extends [ParseAs]
  ? Call<ParsedOf<OutputOf<Api, Id>, As> | Failure<FailureOf<Api, Id>>, ParsedData<DataOf<Api, Id>, As>>
  : Call<ResultOf<Api, Id>, DataOf<Api, Id>>;

type ParsedOf<Output, As extends ParseAs> =
  Output extends Success<infer Status, infer Data> ? Success<Status, ParsedData<Data, As>> : never;

type ParsedData<Data, As extends ParseAs> = As extends "json" ? Data : ParsedBodies[Exclude<As, "json">];

interface ParsedBodies {
  text: string;
  blob: Blob;
  arrayBuffer: ArrayBuffer;
  stream: ReadableStream<Uint8Array> | null;
}

/** A running call: a promise of the result, that can be asked to throw instead. */
export interface Call<Result, Data> extends Promise<Result> {
  /**
   * The data alone.
   *
   * @throws ApiError where the result is a failure.
   */
  orThrow(): Promise<Data>;
}

/** A named operation. */
export type Operation<Api extends ApiTypes, Id extends keyof Api["operations"]> = ((
  ...input: InputOf<Api, Id>
) => Call<ResultOf<Api, Id>, DataOf<Api, Id>>) &
  (Id extends Api["paged"]
    ? {
        /** Page after page, until there is no next one or a page fails; a failure is the last result. */
        pages(...input: InputOf<Api, Id>): AsyncIterableIterator<ResultOf<Api, Id>>;
      }
    : unknown);

/** The thrown form of each failure of operation `Id`, a union that `code` and `status` discriminate. */
export type ApiErrorOf<Api extends ApiTypes, Id extends keyof Api["operations"]> = Thrown<FailureOf<Api, Id>>;

type Thrown<Error> = Error extends AnyFailure ? ApiError<Error> : never;

/** Calls by method and path. */
export type PathCalls<Api extends ApiTypes, Id> = {
  readonly [Method in keyof Api["routes"]]: <
    // In full, not by a name: this is what a compiler shows to whoever misspells a path.
    Path extends {
      [Path in keyof Api["routes"][Method]]: Api["routes"][Method][Path] extends Id ? Path : never;
    }[keyof Api["routes"][Method]],
    As extends ParseAs | undefined = undefined,
  >(
    path: Path,
    ...input: ArgumentsOf<InputAt<Api, Method, Path>, As>
  ) => CallOf<Api, IdAt<Api, Method, Path>, As>;
};

/** With the id inferred, so that a compiler looks at the other arguments before it knows the path. */
type InputAt<Api extends ApiTypes, Method extends keyof Api["routes"], Path> =
  IdAt<Api, Method, Path> extends infer Id extends keyof Api["operations"] ? InputOf<Api, Id> : never;

/** Calls by method, in either case, and path. */
export interface RequestCall<Api extends ApiTypes, Id> {
  <
    Method extends keyof Api["routes"] | Lowercase<keyof Api["routes"] & string>,
    Path extends PathsAt<Api, Method, Id>,
    As extends ParseAs | undefined = undefined,
  >(
    method: Method,
    path: Path,
    ...input: ArgumentsOf<InputAt<Api, MethodOf<Api, Method>, Path>, As>
  ): CallOf<Api, IdAt<Api, MethodOf<Api, Method>, Path>, As>;
}

type MethodOf<Api extends ApiTypes, Method> = Uppercase<Method & string> & keyof Api["routes"];

type PathsAt<Api extends ApiTypes, Method, Id> = {
  [Path in keyof Api["routes"][MethodOf<Api, Method>]]: Api["routes"][MethodOf<Api, Method>][Path] extends Id
    ? Path
    : never;
}[keyof Api["routes"][MethodOf<Api, Method>]];

/** Calls by path, then method: `client["/broadcasts/{id}"].GET(…)`. */
export type PathClient<Api extends ApiTypes, Id extends keyof Api["operations"] = keyof Api["operations"]> = {
  readonly [Path in AllPaths<Api>]: {
    readonly [Method in keyof Api["routes"] as Path extends PathsAt<Api, Method, Id> ? Method : never]: <
      As extends ParseAs | undefined = undefined,
    >(
      ...input: ArgumentsOf<InputAt<Api, Method, Path>, As>
    ) => CallOf<Api, IdAt<Api, Method, Path>, As>;
  };
};

type AllPaths<Api extends ApiTypes> = {
  [Method in keyof Api["routes"]]: keyof Api["routes"][Method] & string;
}[keyof Api["routes"]];

type IdAt<
  Api extends ApiTypes,
  Method extends keyof Api["routes"],
  Path,
> = Path extends keyof Api["routes"][Method] ? Api["routes"][Method][Path] & keyof Api["operations"] : never;

/** Calls by group and name. */
export type NamedCalls<Api extends ApiTypes, Id> = {
  readonly [
    Group in keyof Api["groups"] as NamesOf<Api["groups"][Group], Id> extends never ? never : Group
  ]: GroupCalls<Api, Group, Id>;
};

/** The calls of one group. */
export type GroupCalls<Api extends ApiTypes, Group extends keyof Api["groups"], Id> = {
  readonly [
    Name in keyof Api["groups"][Group] as Api["groups"][Group][Name] extends Id ? Name : never
  ]: Operation<Api, Api["groups"][Group][Name] & keyof Api["operations"]>;
};

type NamesOf<Group, Id> = { [Name in keyof Group]: Group[Name] extends Id ? Name : never }[keyof Group];

/** What every client has, whatever the API. */
export interface ClientTools {
  /** Registers middleware. It runs for each request that is sent, retries included. */
  use(...middleware: Middleware[]): void;
  /** Takes middleware out again. */
  eject(...middleware: Middleware[]): void;
}

/** A client of the operations `Id`, by default of all. */
export type Client<
  Api extends ApiTypes,
  Id extends keyof Api["operations"] = keyof Api["operations"],
> = ClientTools & { readonly request: RequestCall<Api, Id> } & PathCalls<Api, Id> & NamedCalls<Api, Id>;
