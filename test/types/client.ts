/** Types of generated clients: what must compile, and behind `@ts-expect-error` what must not. Nothing here runs. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters, @typescript-eslint/no-unused-vars,
   @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access --
   claims about types are made of type parameters and of values nobody reads, and what must not compile has no type.
   No test library here: the soak test compiles this file with other compilers. */
import {
  createClient,
  createClientOf,
  createPathBasedClient,
  isApiError,
  type ApiClient,
  type ApiErrorOf,
  type ErrorOf,
  type Result,
} from "../../generated/client.ts";
import { getBroadcast, sendPreparedBroadcast } from "../../generated/client/operations.ts";
import { validateResponses } from "../../generated/client/responses.ts";
import type { ErrorCodeOf } from "../../generated/errors.ts";
import type { components } from "../../generated/types.ts";

/** The two types are the same, not only assignable. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function proves<_Claim extends true>(): void {
  // The claim is checked by its constraint.
}

const client: ApiClient = createClient({ auth: { apiKey: "k" } });
const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const redeem = { body: { preparedSendId: id } };
type Redeem = ErrorOf<"sendPreparedBroadcast">;

/** Both spellings of a call give the same result. */
export async function sameResult(): Promise<void> {
  const byPath = await client.POST("/broadcasts/send-prepared", redeem);
  const byName = await client.broadcasts.sendPrepared(redeem);
  proves<Same<typeof byPath, typeof byName>>();
  proves<Same<typeof byPath, Result<"sendPreparedBroadcast">>>();
}

/** So do a method and a path, and a path and a method. */
export async function otherSpellings(): Promise<void> {
  const byMethod = await client.request("post", "/broadcasts/send-prepared", redeem);
  proves<Same<typeof byMethod, Result<"sendPreparedBroadcast">>>();
  const paths = createPathBasedClient();
  const byPath = await paths["/broadcasts/{id}"].GET({ params: { path: { id } } });
  proves<Same<typeof byPath, Result<"getBroadcast">>>();
  // @ts-expect-error The method has no such path.
  await client.request("get", "/broadcasts/send-prepared", redeem);
  // @ts-expect-error The path has no such method.
  await paths["/broadcasts/send-prepared"].GET(redeem);
}

/** A body can be read in another way than the document declares. */
export async function parsedAs(): Promise<void> {
  const blob = await client.GET("/templates", { parseAs: "blob" });
  if (!blob.error) proves<Same<typeof blob.data, Blob>>();
  const text = await client.POST("/broadcasts/send-prepared", { body: redeem.body, parseAs: "text" });
  if (!text.error) proves<Same<typeof text.data, string>>();
  const json = await client.POST("/broadcasts/send-prepared", { ...redeem, parseAs: "json" });
  if (!json.error) proves<Same<typeof json.data, components["schemas"]["RedeemedSend"]>>();
  const stream = await createPathBasedClient()["/templates"].GET({ parseAs: "stream" });
  if (!stream.error) proves<Same<typeof stream.data, ReadableStream<Uint8Array> | null>>();
  // @ts-expect-error There is no such way.
  await client.GET("/templates", { parseAs: "yaml" });
  // @ts-expect-error Calls by name read what the document declares.
  await client.templates.list({ parseAs: "blob" });
}

/** Data and error exclude each other, destructured or not. */
export async function dataOrError(): Promise<string> {
  const { data, error } = await client.broadcasts.sendPrepared(redeem);
  if (error) {
    proves<Same<typeof data, undefined>>();
    return error.message;
  }
  proves<Same<typeof data, components["schemas"]["RedeemedSend"]>>();
  const result = await client.assets.delete({ params: { path: { id } } });
  if (!result.error) {
    proves<Same<typeof result.data, undefined>>();
    proves<Same<typeof result.status, 204>>();
  }
  return data.broadcastId;
}

/** The codes are exactly those that the operation declares. */
type Declared<Failure> = Failure extends { kind: "contract"; error: infer Code } ? Code : never;
proves<Same<Declared<Redeem>, ErrorCodeOf<"sendPreparedBroadcast">>>();
proves<
  Same<
    Declared<ErrorOf<"listSegments">>,
    "unauthorized" | "insufficient_scope" | "rate_limited" | "internal_error"
  >
>();

/** Every case, and nothing left: a code that is left out no longer assigns to `never`. */
export function exhaustive(error: Redeem): string {
  switch (error.error) {
    case "bad_request":
      proves<Same<typeof error.details, components["schemas"]["BadRequestDetails"]>>();
      proves<Same<typeof error.status, 400>>();
      return error.details.issues.map(({ pointer }) => pointer).join();
    case "insufficient_scope":
      proves<Same<typeof error.details.required, string[]>>();
      proves<Same<typeof error.status, 403>>();
      return error.details.required.join();
    case "prepared_send_expired":
      proves<Same<typeof error.details.reason, "lapsed" | "redeemed">>();
      return error.details.reason;
    case "unauthorized":
    case "send_not_allowed":
    case "not_found":
    case "concurrent_redeem":
    case "idempotency_in_progress":
    case "idempotency_key_reuse":
    case "rate_limited":
    case "internal_error":
      proves<Same<typeof error.details, undefined>>();
      return error.docUrl ?? error.code;
    case "unknown_error":
      proves<Same<typeof error.code, string>>();
      proves<Same<typeof error.details, unknown>>();
      return error.code;
    case "malformed_error":
      proves<Same<typeof error.code, ErrorCodeOf<"sendPreparedBroadcast">>>();
      return error.code;
    case "unexpected_response":
    case "invalid_response":
      return error.reason;
    case "network_error":
    case "aborted_error":
    case "request_error":
      proves<Same<typeof error.status, undefined>>();
      return String(error.cause);
    case "timeout_error":
      return error.limit;
    default:
      return error satisfies never;
  }
}

/** With `kind` first, only the contract's own codes are left to name. */
export function contractOnly(error: ErrorOf<"listSegments">): string {
  if (error.kind !== "contract") return error.message;
  switch (error.error) {
    case "unauthorized":
    case "rate_limited":
    case "internal_error":
      return error.code;
    default:
      proves<Same<typeof error.error, "insufficient_scope">>();
      return error.details.required.join();
  }
}

export function leftOut(error: Redeem): void {
  switch (error.error) {
    case "not_found":
      return;
    default:
      // @ts-expect-error All the other codes are still in there.
      error satisfies never;
  }
}

export function undeclared(error: Redeem): void {
  // @ts-expect-error Redeeming never answers `terminal_state`.
  if (error.error === "terminal_state") return;
  // @ts-expect-error Nor is there such a code at all.
  if (error.error === "no_such_code") return;
  // @ts-expect-error `details` is not known before the code is.
  String(error.details.required);
}

/** A status that belongs to the contract alone leaves its codes. */
export function byStatus(error: Redeem): void {
  if (error.kind === "contract") {
    if (error.status === 409)
      proves<Same<typeof error.error, "concurrent_redeem" | "idempotency_in_progress">>();
    if (error.status === 410) proves<Same<typeof error.error, "prepared_send_expired">>();
    // @ts-expect-error Not one of its statuses.
    if (error.status === 418) return;
  }
}

/** What is thrown is as typed as what is returned. */
export async function thrown(): Promise<string> {
  try {
    const sent = await client.broadcasts.sendPrepared(redeem).orThrow();
    proves<Same<typeof sent, components["schemas"]["RedeemedSend"]>>();
    return sent.broadcastId;
  } catch (error) {
    if (!isApiError(error, "sendPreparedBroadcast")) throw error;
    proves<Same<typeof error, ApiErrorOf<"sendPreparedBroadcast">>>();
    if (error.code === "prepared_send_expired") {
      proves<Same<typeof error.status, 410>>();
      return error.details.reason;
    }
    // @ts-expect-error No such code in this operation.
    if (error.code === "terminal_state") return "";
    return error.requestId ?? error.operation;
  }
}

/** Inputs: what is missing, misspelt or of the wrong type does not compile. */
export async function inputs(): Promise<void> {
  await client.templates.list();
  await client.templates.list({ params: { query: { pageSize: 10, status: "Active" } }, timeout: 1000 });
  await client.assets.finalize({ params: { path: { id } } });
  await client.broadcasts.sendPrepared({ ...redeem, idempotencyKey: "mine" });
  // @ts-expect-error The body is required.
  await client.broadcasts.sendPrepared();
  // @ts-expect-error Its member is, too.
  await client.broadcasts.sendPrepared({ body: {} });
  // @ts-expect-error The path parameter is required.
  await client.broadcasts.get({ params: {} });
  // @ts-expect-error No such status.
  await client.templates.list({ params: { query: { status: "Draft" } } });
  // @ts-expect-error No such path with this method.
  await client.GET("/broadcasts/send-prepared", redeem);
  // @ts-expect-error No such operation.
  await client.broadcasts.send(redeem);
  // @ts-expect-error The document declares no pages.
  client.templates.list.pages();
  // @ts-expect-error No such security scheme.
  createClient({ auth: { bearer: "k" } });
  createClient({ auth: { apiKey: () => Promise.resolve("k") }, validation: validateResponses("dev") });
}

/** A client of picked operations has those and no others. */
export async function picked(): Promise<void> {
  const few = createClientOf([sendPreparedBroadcast, getBroadcast], {});
  await few.broadcasts.sendPrepared(redeem);
  const result = await few.GET("/broadcasts/{id}", { params: { path: { id } } });
  proves<Same<typeof result, Result<"getBroadcast">>>();
  // @ts-expect-error Not picked.
  await few.broadcasts.cancel({ params: { path: { id } } });
  // @ts-expect-error Nothing of that group was.
  await few.templates.list();
  // @ts-expect-error Not picked by path either.
  await few.GET("/templates");
}
