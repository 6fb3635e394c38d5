/** What the runtime reads off entries of `types.ts` that the canonical document does not have. Nothing here runs. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- claims about types are made of type parameters. */
import type { DerivedOperation, HttpError, Success, TransportError } from "../../runtime/client/index.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function proves<_Claim extends true>(): void {
  // The claim is checked by its constraint.
}

interface Json<Body> {
  headers: Record<string, unknown>;
  content: { "application/json": Body };
}
interface Empty {
  headers: Record<string, unknown>;
  content?: never;
}
interface None {
  query?: never;
  header?: never;
  path?: never;
  cookie?: never;
}
type Derived<Responses, Coded = never> = DerivedOperation<
  { parameters: None; responses: Responses },
  never,
  Coded,
  never
>;
type HttpErrorOf<Failure> = Extract<Failure, { kind: "http" }>;
/** The bodies that a status leaves. */
type BodyAt<Failure, Status extends number> = Member<At<HttpErrorOf<Failure>, Status>, "body">;
type DataAt<Output, Status extends number> = Member<At<Output, Status>, "data">;
type Member<Union, Name extends string> = Union extends Record<Name, infer Value> ? Value : never;
type At<Union, Status extends number> = Union extends { status: infer Statuses }
  ? Status extends Statuses
    ? Union
    : never
  : never;

/** A class is each of its statuses. */
type Ranged = Derived<{ "2XX": Json<"any">; "4XX": Json<"refused"> }>;
proves<Same<DataAt<Ranged["output"], 299>, "any">>();
proves<Same<DataAt<Ranged["output"], 404>, never>>();
proves<Same<BodyAt<Ranged["failure"], 404>, "refused">>();
proves<Same<BodyAt<Ranged["failure"], 500>, never>>();

/** An exact status has its own data, and its class has it no more. */
type Mixed = Derived<{ 201: Json<"created">; "2XX": Json<"other">; 204: Empty; 409: Json<"conflict"> }>;
proves<Same<DataAt<Mixed["output"], 201>, "created">>();
proves<Same<DataAt<Mixed["output"], 202>, "other">>();
proves<Same<DataAt<Mixed["output"], 204>, undefined>>();
proves<Same<HttpErrorOf<Mixed["failure"]>, HttpError<409, "conflict">>>();

/** `default` beside a success is every other response … */
type Otherwise = Derived<{ 200: Json<"data">; default: Json<"problem"> }>;
proves<Same<Otherwise["output"], Success<200, "data">>>();
proves<Same<HttpErrorOf<Otherwise["failure"]>, HttpError<number, "problem">>>();

/** … beside errors every other error … */
type Rest = Derived<{
  200: Json<"data">;
  404: Json<"missing">;
  "5XX": Json<"down">;
  default: Json<"problem">;
}>;
proves<Same<BodyAt<Rest["failure"], 404>, "missing">>();
proves<Same<BodyAt<Rest["failure"], 503>, "down">>();
proves<Same<BodyAt<Rest["failure"], 302 | 400>, "problem">>();

/** … and alone the success and the error. */
type Alone = Derived<{ default: Json<"data"> }>;
proves<Same<Alone["output"], Success<number, "data">>>();
proves<Same<Alone["failure"], HttpError<number, "data"> | TransportError<never>>>();

/** With errors only, something is answered all the same. */
type Unsaid = Derived<{ 404: Empty; 101: Empty }>;
proves<Same<Unsaid["output"], Success<number, unknown>>>();
proves<Same<HttpErrorOf<Unsaid["failure"]>, HttpError<404, undefined>>>();

/** Statuses whose responses carry a code are not HTTP errors besides; redirects are. */
type Coded = Derived<
  { 200: Json<"data">; 304: Empty; 404: Json<"coded">; "5XX": Json<"coded"> },
  404 | "5XX"
>;
proves<Same<HttpErrorOf<Coded["failure"]>, HttpError<304, undefined>>>();

/** Each status narrows the data, where it is exact. */
export function narrowed(
  answer: Derived<{ 200: Json<"data">; 202: Json<"later">; 204: Empty }>["output"],
): void {
  if (answer.status === 202) proves<Same<typeof answer.data, "later">>();
  if (answer.status === 204) proves<Same<typeof answer.data, undefined>>();
}

/** Arguments: places without parameters are gone; what is required in any of them makes the argument so. */
type Taking<Parameters extends { [Place in keyof None]?: unknown }, Body = never> = DerivedOperation<
  { parameters: Parameters; requestBody?: Body; responses: object },
  never,
  never,
  never
>["input"];
export function taken(
  nothing: (...init: Taking<None>) => void,
  query: (...init: Taking<{ query?: { page?: number }; path?: never }>) => void,
  header: (
    ...init: Taking<{ query?: never; header: { "If-Match": string; "Idempotency-Key": string } }>
  ) => void,
  managed: (...init: Taking<{ header: { "Idempotency-Key": string; Accept?: string } }>) => void,
  body: (...init: Taking<None, { content: { "application/json": "body" } }>) => void,
): void {
  nothing();
  nothing({ timeout: 1 });
  query();
  query({ params: { query: { page: 1 } } });
  header({ params: { header: { "If-Match": "a" } } });
  managed();
  managed({ idempotencyKey: "mine" });
  body();
  body({ body: "body" });
  // @ts-expect-error There are no parameters.
  nothing({ params: { query: {} } });
  // @ts-expect-error One of them is required.
  header();
  // @ts-expect-error The client sees to the key.
  header({ params: { header: { "If-Match": "a", "Idempotency-Key": "k" } } });
  // @ts-expect-error Not what the body is.
  body({ body: "other" });
}
