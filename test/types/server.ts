/** What `generated/server.ts` promises to a compiler. Checked by test/types/types.test.ts; nothing here runs. */
import type { Failure, RawBody, TenantResource } from "lockstep-openapi-runtime/server";
import { expectTypeOf } from "vitest";
import {
  createApi,
  type ApiOptions,
  type Handlers,
  type OperationContext,
  type OperationHandler,
  type Requirements,
} from "../../generated/server.ts";
import type { components } from "../../generated/types.ts";
import type {
  Handlers as BodyHandlers,
  OperationContext as BodyContext,
} from "../golden/server-bodies/expected/server.ts";

interface Caller {
  readonly organization: string;
}
interface Transaction {
  query(text: string): Promise<void>;
}
type Schemas = components["schemas"];
declare const handlers: Handlers<Caller, Transaction>;
declare const options: ApiOptions<Caller, Transaction>;
declare const accepted: Schemas["AcceptedBroadcast"];
declare const templates: TenantResource<{ readonly id: string }>;

// A handler for every operation, no more and no fewer.
createApi<Caller, Transaction>({ ...options, handlers });
// @ts-expect-error one handler is missing
createApi({ ...options, handlers: { ...handlers, assets: { presignAsset: handlers.assets.presignAsset } } });
// @ts-expect-error the check of a requirement is missing
createApi({ ...options, requirements: {} });
// @ts-expect-error the check of a security scheme is missing
createApi({ ...options, authenticate: {} });
expectTypeOf<keyof Requirements<Caller>>().toEqualTypeOf<"send_not_allowed">();

// The context: parameters, body, principal.
type Listing = OperationContext<"listTemplates", Caller>;
expectTypeOf<Listing["query"]["pageSize"]>().toEqualTypeOf<number>();
expectTypeOf<Listing["query"]["status"]>().toEqualTypeOf<"Active" | "Archived" | undefined>();
expectTypeOf<Listing["body"]>().toEqualTypeOf<undefined>();
expectTypeOf<Listing["find"]>().toBeNever();
expectTypeOf<Listing["remember"]>().toBeNever();
type Creating = OperationContext<"createBroadcast", Caller, Transaction>;
expectTypeOf<Creating["body"]>().toEqualTypeOf<Schemas["CreateBroadcastRequest"]>();
expectTypeOf<Creating["principal"]>().toEqualTypeOf<Caller>();
expectTypeOf<OperationContext<"getBroadcast", Caller>["path"]>().toEqualTypeOf<{ readonly id: string }>();
expectTypeOf<OperationContext<"finalizeAsset", Caller>["body"]>().toEqualTypeOf<
  Schemas["FinalizeAssetRequest"] | undefined
>();

// Failures: declared codes only, with their details.
export const redeem: OperationHandler<"sendPreparedBroadcast", Caller> = ({ fail }) => {
  expectTypeOf(fail("concurrent_redeem")).toEqualTypeOf<Failure<"concurrent_redeem">>();
  fail("prepared_send_expired", { reason: "lapsed" }, { message: "Too late." });
  fail("idempotency_in_progress", undefined, { retryAfter: 3 });
  // @ts-expect-error the operation does not declare it
  fail("terminal_state", { status: "Sent" });
  // @ts-expect-error nobody declares it
  fail("forbidden");
  // @ts-expect-error its details are missing
  fail("prepared_send_expired");
  // @ts-expect-error no such reason
  fail("prepared_send_expired", { reason: "tired" });
  // @ts-expect-error it has no details
  fail("concurrent_redeem", { reason: "lapsed" });
  return fail("concurrent_redeem");
};

// Results: by status, with that status's body.
export const create: OperationHandler<"createBroadcast", Caller, Transaction> = async ({
  find,
  remember,
  body,
}) => {
  expectTypeOf(await find(templates, body.templateId)).toEqualTypeOf<{ readonly id: string }>();
  // @ts-expect-error not a transaction
  await remember({ status: 202, body: accepted }, {});
  const transaction: Transaction = { query: () => Promise.resolve() };
  return remember(
    { status: 202, body: accepted, headers: { "x-request-id": "a", "x-more": 1 } },
    transaction,
  );
};
type Creator = OperationHandler<"createBroadcast", Caller>;
// @ts-expect-error 201 is not declared
export const wrongStatus: Creator = () => ({ status: 201, body: accepted });
// @ts-expect-error the body of another status
export const wrongBody: Creator = () => ({ status: 202, body: {} });
declare const notFound: Schemas["NotFoundError"];
// @ts-expect-error statuses with codes take `fail`
export const bareError: Creator = () => ({ status: 404, body: notFound });
// @ts-expect-error the failure of another operation
export const foreignFailure: OperationHandler<"getBroadcast", Caller> = () => redeemFailure;
declare const redeemFailure: Failure<"concurrent_redeem">;
export const empty: OperationHandler<"deleteAsset", Caller> = () => ({ status: 204 });
// @ts-expect-error 204 has no body
export const notEmpty: OperationHandler<"deleteAsset", Caller> = () => ({ status: 204, body: "gone" });

// Bodies that are not JSON.
type Putting = BodyContext<"putFile", Caller>;
export const put = ({ mediaType, body }: Putting): void => {
  if (mediaType === "application/octet-stream")
    expectTypeOf(body).toEqualTypeOf<ReadableStream<Uint8Array>>();
  if (mediaType === "text/plain") expectTypeOf(body).toEqualTypeOf<string>();
  if (mediaType === "application/json") expectTypeOf(body).toEqualTypeOf<{ text: string }>();
};
type Getting = BodyHandlers<Caller>["files"]["getFile"];
declare const raw: RawBody;
export const get: Getting = () => ({ status: 200, mediaType: "text/plain", body: raw });
// @ts-expect-error with several media types, which one has to be said
export const untold: Getting = () => ({ status: 200, body: "text" });
expectTypeOf<BodyContext<"getSession", Caller>["principal"]>().toEqualTypeOf<Caller | undefined>();
expectTypeOf<BodyContext<"getFile", Caller>["principal"]>().toEqualTypeOf<undefined>();
// A class of statuses takes any number.
export const ping: BodyHandlers<Caller>["pings"]["ping"] = () => ({ status: 203, body: {} });
