/** The client as callers see it, derived from three small interfaces that are generated for each API. */
import type { AnyFailure } from "./failures.ts";
import type { Middleware } from "./middleware.ts";
import type { ApiError } from "./api-error.ts";

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
  >(
    path: Path,
    ...input: InputOf<Api, IdAt<Api, Method, Path>>
  ) => Call<ResultOf<Api, IdAt<Api, Method, Path>>, DataOf<Api, IdAt<Api, Method, Path>>>;
};

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
> = ClientTools & PathCalls<Api, Id> & NamedCalls<Api, Id>;
