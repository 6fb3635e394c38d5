/** The model as the classifier of responses reads it: schemas are interpreted, nothing of the document runs natively. */
import type {
  MonitoredContract,
  MonitoredMedia,
  MonitoredOperation,
  MonitoredResponse,
  ResponseIssue,
} from "lockstep-openapi-runtime/monitor";
import type { SchemaSide } from "../diff/schema/side.ts";
import { isValid } from "../diff/schema/validate.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { resolvePointer } from "../json/pointer.ts";
import type { ApiModel, Header, Operation, Response } from "../model/api-model.ts";
import { withCheckedFormats } from "./checked-formats.ts";
import { withoutMembers } from "./direction-view.ts";
import { findIssues } from "./issues.ts";
import { coverage, kindOf } from "../validator-library/http/media-type.ts";

/** @param basePath of the server that is verified, without a slash at its end */
export function monitoredContract(model: ApiModel, basePath: string): MonitoredContract {
  const document = withoutMembers(withCheckedFormats(model), "writeOnly");
  const { envelope } = model.errors;
  return {
    basePath,
    operations: model.operations.map((operation) => monitoredOperation(document, operation)),
    ...(envelope === undefined
      ? {}
      : { envelope: { code: envelope.code, ...messagePath(envelope.message) } }),
    codes: Object.fromEntries(
      model.errors.codes.map(({ code, retry, raisedBy }) => [
        code,
        { raisedBy, ...(retry === undefined ? {} : { retry }) },
      ]),
    ),
  };
}

function messagePath(message: readonly string[] | undefined): { readonly message?: readonly string[] } {
  return message === undefined ? {} : { message };
}

function monitoredOperation(document: JsonObject, operation: Operation): MonitoredOperation {
  const responses = new Map(
    operation.responses.map((response) => [response.status, monitoredResponse(document, response)]),
  );
  return {
    id: operation.id,
    method: operation.method.toUpperCase(),
    path: operation.path,
    errors: operation.errors,
    responses: {
      // The exact status, else its class, else `default` (OpenAPI 3.1.1 §4.8.16).
      match: (status) =>
        responses.get(String(status)) ??
        responses.get(`${String(status).charAt(0)}XX`) ??
        responses.get("default"),
    },
  };
}

function monitoredResponse(document: JsonObject, response: Response): MonitoredResponse {
  const media = response.content.map(({ mediaType, schemaPointer }) => ({
    name: mediaType,
    media: monitoredMedia(mediaType, schemaAt(document, schemaPointer)),
  }));
  return {
    status: response.status,
    content: response.content,
    // The most specific one (RFC 9110 §12.5.1).
    match: (contentType) => {
      const covering = media.map((one) => ({ ...one, rank: coverage(one.name, contentType) }));
      return covering.filter(({ rank }) => rank > 0).sort((a, b) => b.rank - a.rank)[0]?.media;
    },
    headers: (header) => ({
      issues: response.headers.flatMap((declared) => headerIssues(document, declared, header)),
    }),
  };
}

function monitoredMedia(mediaType: string, side: SchemaSide): MonitoredMedia {
  return {
    kind: kindOf(mediaType),
    // What the classifier hands in was parsed from JSON.
    collect: (value, limit) => findIssues(side, value as Json, limit),
  };
}

function schemaAt(document: JsonObject, pointer: string | undefined): SchemaSide {
  const schema = pointer === undefined ? true : resolvePointer(document, pointer);
  return { document, schema: isObject(schema) || typeof schema === "boolean" ? schema : true };
}

function headerIssues(
  document: JsonObject,
  { name, required, schemaPointer, content }: Header,
  header: (name: string) => string | undefined,
): ResponseIssue[] {
  const pointer = `/${name}`;
  // `Content-Type` is described by `content` (OpenAPI 3.1.1 §4.8.17).
  if (name.toLowerCase() === "content-type") return [];
  const text = header(name.toLowerCase());
  if (text === undefined) return required ? [{ pointer, rule: "required", message: "is required" }] : [];
  const side = schemaAt(document, schemaPointer);
  const readings = content === undefined ? readingsOf(text) : parsed(text);
  // One reading that is valid, or that cannot be decided, is enough.
  if (readings.some((value) => isValid(side, value) !== false)) return [];
  const [issue] = findIssues(side, text, 1);
  return [{ pointer, rule: issue?.rule ?? "schema", message: issue?.message ?? "does not match its schema" }];
}

/** The values that a header or a parameter of style `simple` or `form` may stand for. */
export function readingsOf(text: string): Json[] {
  const primitive = readPrimitive(text);
  return [text, ...(primitive === text ? [] : [primitive]), ...lists(text), ...members(text)];
}

function readPrimitive(text: string): Json {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  return text === "true" ? true : text === "false" ? false : text === "null" ? null : text;
}

function lists(text: string): Json[] {
  const items = text.split(",").map((item) => item.trim());
  return [items, items.map(readPrimitive)];
}

/** `R,100,G,200` and `R=100,G=200`. */
function members(text: string): Json[] {
  const items = text.split(",");
  const pairs = items.every((item) => item.includes("="))
    ? items.map((item) => [item.slice(0, item.indexOf("=")), item.slice(item.indexOf("=") + 1)] as const)
    : Array.from(
        { length: items.length >> 1 },
        (_, index) => [items[2 * index] ?? "", items[2 * index + 1] ?? ""] as const,
      );
  return pairs.length === 0
    ? []
    : [
        Object.fromEntries(pairs.map(([name, value]) => [name, readPrimitive(value)])),
        Object.fromEntries(pairs),
      ];
}

function parsed(text: string): Json[] {
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    const value = JSON.parse(text) as Json;
    return [isArray(value) ? [...value] : value];
  } catch {
    return [];
  }
}
