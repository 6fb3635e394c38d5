/** Whether one side accepts a message: what a strict client checks of a response, and a server of a request. */
import type { Json } from "../../json/json.ts";
import type { ApiModel, Header, MediaType, Operation, Response } from "../../model/api-model.ts";
import { isValid } from "../schema/validate.ts";
import { credentialOf } from "../credential.ts";
import type { View } from "../schema/reading.ts";
import { coversMedia, mediaKey } from "../wire/media.ts";
import { parameterKey, schemaSide, type ResponseMessage, type Party, type Request } from "./message.ts";

/** `undefined`: it cannot be told. A refusal counts for more than what cannot be told. */
type Verdict = boolean | undefined;

/** The response's status, required headers, media type and body against what the operation declares. */
export function acceptsResponse({ model, operation }: Party, message: ResponseMessage): Verdict {
  const response = operation === undefined ? undefined : responseFor(operation, message.status);
  if (response === undefined) return operation === undefined ? undefined : false;
  return all([
    ...response.headers.map((header) => acceptsHeader(model, header, message)),
    // Where no content is declared, nothing is said about a body that comes all the same.
    response.content.length === 0
      ? message.content === undefined || undefined
      : acceptsContent(model, response.content, message.content, "response"),
  ]);
}

/** Credentials, parameters, the `Idempotency-Key` and the body; an operation that is gone refuses everything. */
export function acceptsRequest({ model, operation }: Party, request: Request): Verdict {
  if (operation === undefined) return false;
  const { parameters, requestBody } = operation;
  const body =
    request.content === undefined
      ? requestBody?.required !== true
      : requestBody === undefined || acceptsContent(model, requestBody.content, request.content, "request");
  return all([
    isAuthorized(model, operation, request),
    operation.idempotencyKey !== "required" || request.idempotencyKey,
    body,
    ...parameters.map((parameter) => {
      const key = parameterKey(parameter);
      if (!Object.hasOwn(request.parameters, key)) return !parameter.required || isIdempotencyKey(key);
      return isValid(schemaSide(model, parameter), request.parameters[key] ?? null);
    }),
  ]);
}

export function isIdempotencyKey(key: string): boolean {
  return key === "header idempotency-key";
}

/** The exact status, else its class, else `default` (OpenAPI 3.1.1 §4.8.16). */
export function responseFor(
  { responses }: Pick<Operation, "responses">,
  status: string,
): Response | undefined {
  return [status, `${status.slice(0, 1)}XX`, "default"]
    .map((key) => responses.find((response) => response.status === key))
    .find((response) => response !== undefined);
}

function acceptsHeader(model: ApiModel, header: Header, { headers }: ResponseMessage): Verdict {
  const name = header.name.toLowerCase();
  if (!Object.hasOwn(headers, name)) return !header.required;
  return isValid(schemaSide(model, header), headers[name] ?? null);
}

function acceptsContent(
  model: ApiModel,
  declared: readonly MediaType[],
  content: { readonly mediaType: string; readonly body: Json } | undefined,
  view: View,
): Verdict {
  if (content === undefined) return false;
  const found =
    declared.find(({ mediaType }) => mediaKey(mediaType) === mediaKey(content.mediaType)) ??
    declared.find(({ mediaType }) => coversMedia(mediaType, content.mediaType));
  return found !== undefined && isValid({ ...schemaSide(model, found), view }, content.body);
}

function isAuthorized(model: ApiModel, { security }: Operation, { credentials }: Request): boolean {
  return (
    security.length === 0 ||
    security.some(({ schemes }) =>
      schemes.every(({ scheme, scopes }) => {
        const wanted = credentialOf(model, scheme);
        const held = Object.hasOwn(credentials, wanted) ? credentials[wanted] : undefined;
        return held !== undefined && scopes.every((scope) => held.includes(scope));
      }),
    )
  );
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
}
