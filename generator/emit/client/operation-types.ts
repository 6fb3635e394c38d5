/** The types of what operations take and respond with, as text that refers to `types.ts` and `errors.ts`. */
import { append } from "../../json/append.ts";
import { asArray, asObject, isObject, type JsonObject } from "../../json/json.ts";
import { followRefs } from "../../json/pointer.ts";
import type {
  ApiModel,
  JsonSchema,
  MediaType,
  Operation,
  Parameter,
  Response,
} from "../../model/api-model.ts";
import { sequenceOf } from "../../model/items.ts";
import { memberName, stringLiteral, stringUnion } from "../../print/literal.ts";
import { responseKind, responseMediaKind, mediaKey, mediaKind } from "./media.ts";
import { sortResponses } from "./responses.ts";

/**
 * Is everything about the operation's types in `types.ts`, so that the runtime's `DerivedOperation` can read it off there?
 * Only for bodies that are JSON, and for a request that is a URL-encoded form: the document's text decides how others travel.
 */
export function isDerivable(operation: Operation): boolean {
  const { successes, uncoded } = sortResponses(operation);
  const sent = operation.requestBody?.content ?? [];
  const received = [...successes, ...uncoded].flatMap(({ content }) => content);
  return (
    isNamed(operation) &&
    operation.method !== "head" &&
    sent.length <= 1 &&
    sent.every((media) => isJson(media) || mediaKey(media) === "application/x-www-form-urlencoded") &&
    received.every(isJson)
  );
}

function isJson(media: MediaType): boolean {
  return mediaKind(media) === "json" && media.schema !== undefined;
}

/** The entry of one operation in `SpecialOperations`. */
export function operationEntry(model: ApiModel, operation: Operation): string {
  return [
    `  ${memberName(operation.id)}: {\n`,
    `    input: ${inputType(model.document, operation)};\n`,
    `    output: ${outputType(operation)};\n`,
    `    failure: ${failureType(model, operation)};\n`,
    "  };\n",
  ].join("");
}

/** True if `operations` of `types.ts` has an entry for it. The engine openapi-typescript spells ids with a `#` otherwise. */
function isNamed({ id, named }: Operation): boolean {
  return named && !id.includes("#");
}

/** The operation in `types.ts`. */
function source(operation: Operation): string {
  const { id, method, path } = operation;
  return isNamed(operation)
    ? `operations[${stringLiteral(id)}]`
    : `paths[${stringLiteral(path)}][${stringLiteral(method)}]`;
}

/** The type that all other operations have in common, as a member of a type that maps over `Id`. */
export function derivedOperation({ errors }: ApiModel): string {
  const entry = "operations[Id]";
  if (errors.origin === "none") return `DerivedOperation<${entry}, never, never, never>`;
  const contract = contractErrors(errors.origin, "Id", entry);
  return `DerivedOperation<${entry}, ${contract}, keyof OperationErrors[Id], ErrorCodeOf<Id>>`;
}

function contractErrors(origin: ApiModel["errors"]["origin"], id: string, entry: string): string {
  return origin === "catalogue"
    ? `ContractErrors<OperationErrors[${id}], ErrorDetails, ErrorBodies>`
    : `InferredErrors<OperationErrors[${id}], ErrorDetails, ErrorBodies, ${entry}["responses"]>`;
}

function inputType(document: JsonObject, operation: Operation): string {
  const params = paramsType(operation);
  const body = bodyType(document, operation);
  const required = params.required || body.required;
  const parts = [params.text, ...body.texts].filter((text) => text !== "");
  return `[init${required ? "" : "?"}: ${["CallOptions", ...parts].join(" & ")}]`;
}

const locations = ["path", "query", "header", "cookie"] as const;

function paramsType(operation: Operation): { readonly text: string; readonly required: boolean } {
  const members = locations.flatMap((location) => {
    const all = operation.parameters.filter((parameter) => parameter.in === location);
    // The client sees to the key; callers give one as `idempotencyKey`.
    const keys = all.filter((parameter) => isManagedKey(operation, parameter));
    const rest = all.filter((parameter) => !keys.includes(parameter));
    if (rest.length === 0) return [];
    const required = rest.some((parameter) => parameter.required);
    const whole = `NonNullable<${source(operation)}["parameters"][${stringLiteral(location)}]>`;
    const omitted = stringUnion(keys.map(({ name }) => name));
    const type = keys.length === 0 ? whole : `Omit<${whole}, ${omitted}>`;
    return [{ required, text: `${location}${required ? "" : "?"}: ${type}` }];
  });
  const required = members.some((member) => member.required);
  if (members.length === 0) return { text: "", required };
  return {
    text: `{ params${required ? "" : "?"}: { ${members.map(({ text }) => text).join("; ")} } }`,
    required,
  };
}

function isManagedKey({ idempotencyKey }: Operation, parameter: Parameter): boolean {
  return (
    idempotencyKey !== "none" &&
    parameter.in === "header" &&
    parameter.name.toLowerCase() === "idempotency-key"
  );
}

function bodyType(
  document: JsonObject,
  operation: Operation,
): { readonly texts: readonly string[]; readonly required: boolean } {
  const { requestBody } = operation;
  if (requestBody === undefined || requestBody.content.length === 0) return { texts: [], required: false };
  const { required, content } = requestBody;
  const optional = required ? "" : "?";
  const held = required
    ? `${source(operation)}["requestBody"]`
    : `NonNullable<${source(operation)}["requestBody"]>`;
  const alternatives = content.map((media, index) => {
    const key = stringLiteral(mediaKey(media));
    const type = requestType(document, media, `${held}["content"][${key}]`);
    if (content.length === 1) return `{ body${optional}: ${type} }`;
    return `{ contentType${index === 0 ? "?" : ""}: ${key}; body${optional}: ${type} }`;
  });
  const [only = ""] = alternatives;
  return { texts: [alternatives.length === 1 ? only : `(${alternatives.join(" | ")})`], required };
}

function requestType(document: JsonObject, media: MediaType, declared: string): string {
  switch (mediaKind(media)) {
    case "json":
      return media.schema === undefined ? "unknown" : declared;
    case "form":
      return `${media.schema === undefined ? "object" : declared} | URLSearchParams`;
    case "multipart":
      return multipartType(document, media, declared);
    case "text":
      return "string | BinaryBody";
    case "binary":
      return "BinaryBody | string";
  }
}

/** Members that are files in the document are files here; JSON Schema has only strings for them. */
function multipartType(document: JsonObject, { schema }: MediaType, declared: string): string {
  if (schema === undefined) return "FormData";
  const { one, many } = binaryMembers(document, schema);
  if (one.length + many.length === 0) return `${declared} | FormData`;
  return `FileForm<${declared}, ${stringUnion(one)}, ${stringUnion(many)}> | FormData`;
}

/** Names of the top-level members that hold a file, or a list of files. */
function binaryMembers(
  document: JsonObject,
  schema: JsonSchema,
): { readonly one: string[]; readonly many: string[] } {
  const one: string[] = [];
  const many: string[] = [];
  const { value } = followRefs(document, schema, "");
  if (!isObject(value)) return { one, many };
  for (const [name, member] of Object.entries(asObject(value["properties"]))) {
    const { value: property } = followRefs(document, member, "");
    if (isBinary(property)) one.push(name);
    else if (isObject(property) && isBinary(followRefs(document, property["items"], "").value))
      many.push(name);
  }
  for (const part of asArray(value["allOf"])) {
    const inner = isObject(part) ? binaryMembers(document, part) : { one: [], many: [] };
    append(one, inner.one);
    append(many, inner.many);
  }
  return { one, many };
}

function isBinary(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  // Members of a JSON object; any other schema has neither.
  const { format, contentMediaType, contentEncoding } = schema as JsonObject;
  return format === "binary" || (contentMediaType !== undefined && contentEncoding === undefined);
}

function outputType(operation: Operation): string {
  const { successes } = sortResponses(operation);
  const types = successes.map(
    (response) =>
      `Success<${statusType("SuccessStatusOf", operation, response)}, ${dataType(operation, response)}>`,
  );
  return types.length === 0 ? "Success<number, unknown>" : types.join(" | ");
}

/** The statuses of a response beside the others of its operation. */
function statusType(
  helper: "SuccessStatusOf" | "ErrorStatusOf",
  operation: Operation,
  { status }: Response,
): string {
  if (/^\d{3}$/.test(status)) return status;
  return `${helper}<${stringLiteral(status)}, keyof ${source(operation)}["responses"]>`;
}

/** As `types.ts` keys it: `200`, `"4XX"`, `"default"`. */
function statusKey(status: string): string {
  return /^\d{3}$/.test(status) ? status : stringLiteral(status);
}

function dataType(operation: Operation, response: Response): string {
  if (operation.method === "head" || responseKind(response) === "none") return "undefined";
  const types = response.content.map((media) => {
    const kind = responseMediaKind(media);
    if (kind === "json") return contentType(operation, response, media);
    if (kind === "items") return itemsType(operation, response, media);
    return kind === "text" ? "string" : "BinaryResponse";
  });
  return [...new Set(types)].join(" | ");
}

function itemsType(operation: Operation, response: Response, media: MediaType): string {
  const isTyped = media.schema !== undefined || media.itemSchema !== undefined;
  const content = isTyped ? bodyOf(operation, response, media) : "unknown";
  return `${sequenceOf(media.mediaType) === "events" ? "Events" : "Items"}<${content}>`;
}

function contentType(operation: Operation, response: Response, media: MediaType): string {
  return media.schema === undefined ? "unknown" : bodyOf(operation, response, media);
}

function bodyOf(operation: Operation, { status }: Response, media: MediaType): string {
  return `${source(operation)}["responses"][${statusKey(status)}]["content"][${stringLiteral(mediaKey(media))}]`;
}

function failureType(model: ApiModel, operation: Operation): string {
  const codes = operation.errors.length > 0;
  const id = stringLiteral(operation.id);
  const { uncoded } = sortResponses(operation);
  const contract = contractErrors(model.errors.origin, id, source(operation));
  return [
    ...(codes ? [contract] : []),
    ...uncoded.map(
      (response) =>
        `HttpError<${statusType("ErrorStatusOf", operation, response)}, ${uncodedType(operation, response)}>`,
    ),
    `TransportError<${codes ? `ErrorCodeOf<${id}>` : "never"}>`,
  ].join(" | ");
}

function uncodedType(operation: Operation, response: Response): string {
  const { content } = response;
  if (content.length === 0) return "undefined";
  const kinds = content.map((media) => responseMediaKind(media));
  if (kinds.includes("binary")) return "unknown";
  const types = content.map((media, index) =>
    kinds[index] === "text" ? "string" : contentType(operation, response, media),
  );
  return [...new Set(types)].join(" | ");
}
