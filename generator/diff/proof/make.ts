/** Makes the plainest messages that one side should take. Guesses: whoever uses them checks them with both sides. */
import type { Json, JsonObject } from "../../json/json.ts";
import type {
  ApiModel,
  ErrorCode,
  MediaType,
  Operation,
  Parameter,
  Response,
} from "../../model/api-model.ts";
import { credentialOf } from "../credential.ts";
import { isIdempotencyKey, responseFor } from "./accept.ts";
import {
  isJson,
  parameterKey,
  plainValue,
  schemaSide,
  type ResponseMessage,
  type Request,
} from "./message.ts";

/** Responses of an operation that carry the code, one for each status; `bodies` replace the code's own example. */
export function errorResponses(
  model: ApiModel,
  operation: Operation,
  { code, example }: ErrorCode,
  bodies: readonly Json[],
): ResponseMessage[] {
  const statuses = operation.errors.filter((error) => error.code === code).map(({ status }) => status);
  return statuses.flatMap((key) => {
    const status = concrete(key);
    const response = responseFor(operation, status);
    if (response === undefined) return [];
    const own = example ?? bodyWithCode(model, response, code);
    return [...bodies, ...(own === undefined ? [] : [own])].map((body) =>
      responseMessage(model, response, status, body),
    );
  });
}

/** A response with this status; `body` for its first JSON content, else the plainest one. */
export function responseMessage(
  model: ApiModel,
  response: Response,
  status: string,
  body?: Json,
): ResponseMessage {
  const content = response.content.find(isJson);
  const value = body ?? (content === undefined ? undefined : plainValue(schemaSide(model, content)));
  return {
    status,
    headers: requiredHeaders(model, response),
    ...(content === undefined || value === undefined
      ? {}
      : { content: { mediaType: content.mediaType, body: value } }),
  };
}

/** The least that the operation asks for, once for each way to authenticate. */
export function leastRequests(model: ApiModel, operation: Operation): Request[] {
  const parameters = members(
    operation.parameters.filter(({ required }) => required),
    parameterKey,
    model,
  );
  const content = operation.requestBody?.required === true ? leastContent(model, operation) : undefined;
  const ways = operation.security.length === 0 ? [{ schemes: [] }] : operation.security;
  return ways.map(({ schemes }) => ({
    parameters,
    credentials: Object.fromEntries(
      schemes.map(({ scheme, scopes }) => [credentialOf(model, scheme), scopes]),
    ),
    idempotencyKey: operation.idempotencyKey === "required",
    ...(content === undefined ? {} : { content }),
  }));
}

/** The plainest body, of the first media type that is JSON. */
function leastContent(model: ApiModel, { requestBody }: Operation): Request["content"] {
  const found: MediaType | undefined = requestBody?.content.find(isJson);
  const body = found === undefined ? undefined : plainValue(schemaSide(model, found));
  return found === undefined || body === undefined ? undefined : { mediaType: found.mediaType, body };
}

function requiredHeaders(model: ApiModel, { headers }: Response): JsonObject {
  return members(
    headers.filter(({ required }) => required),
    ({ name }) => name.toLowerCase(),
    model,
  );
}

type Described = Pick<Parameter, "name" | "schema">;

function members<Item extends Described>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  model: ApiModel,
): JsonObject {
  const entries = items
    .filter((item) => !isIdempotencyKey(keyOf(item)))
    .flatMap((item): [string, Json][] => {
      const value = plainValue(schemaSide(model, item));
      return value === undefined ? [] : [[keyOf(item), value]];
    });
  return Object.fromEntries(entries);
}

/** The plainest body with the code that the response may have, for documents that infer their codes. */
function bodyWithCode(model: ApiModel, response: Response, code: string): Json | undefined {
  const { envelope } = model.errors;
  const content = response.content.find(isJson);
  if (envelope === undefined || content === undefined) return undefined;
  const { document, schema } = schemaSide(model, content);
  return plainValue({ document, schema: { allOf: [schema, withCode(envelope.code, code)] } });
}

/** The schema of what has the code at `path`. */
function withCode(path: readonly string[], code: string): JsonObject {
  return path.reduceRight<JsonObject>(
    (schema, step) => ({ type: "object", required: [step], properties: { [step]: schema } }),
    { const: code },
  );
}

/** `4XX` → `400`; `default` → `500`. */
function concrete(status: string): string {
  return status === "default" ? "500" : status.replace(/XX$/i, "00");
}
