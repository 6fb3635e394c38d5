/** How a proof shows its message: as the members of one JSON object, without what is empty. */
import type { JsonObject } from "../../json/json.ts";
import type { Operation } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { ResponseMessage, Request } from "./message.ts";

type Side = Counterexample["acceptedBy"];

export function responseCounterexample(
  { id }: Operation,
  { status, headers, content }: ResponseMessage,
  acceptedBy: Side,
): Counterexample {
  const message: JsonObject = {
    status,
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(content === undefined ? {} : { mediaType: content.mediaType, body: content.body }),
  };
  return { kind: "response", acceptedBy, operation: id, title: `${status} response of ${id}`, message };
}

export function requestCounterexample(
  operation: Operation,
  request: Request,
  acceptedBy: Side,
): Counterexample {
  const { parameters, credentials, content, idempotencyKey } = request;
  const message: JsonObject = {
    method: operation.method.toUpperCase(),
    path: operation.path,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    credentials,
    ...(idempotencyKey ? { idempotencyKey: "any" } : {}),
    ...(content === undefined ? {} : { mediaType: content.mediaType, body: content.body }),
  };
  return {
    kind: "request",
    acceptedBy,
    operation: operation.id,
    title: `request of ${operation.id}`,
    message,
  };
}
