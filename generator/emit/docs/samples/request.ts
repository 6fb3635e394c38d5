/** The request that a code sample sends: one operation of the document with realistic values. */
import type { ApiModel, Operation, Parameter, SecurityScheme } from "../../../model/api-model.ts";
import { isArray, type Json } from "../../../json/json.ts";
import { sampleValue } from "../../../openapi/sample.ts";
import { isJsonType } from "../../../validator-library/http/media-type.ts";

export interface SampleRequest {
  readonly operation: Operation;
  /** Upper case. */
  readonly method: string;
  /** Root of the API, without a slash at its end. */
  readonly server: string;
  /** Path and query, encoded. */
  readonly target: string;
  readonly path: readonly NamedValue[];
  readonly query: readonly NamedValue[];
  readonly headers: readonly NamedValue[];
  /** The header that carries the caller's secret, with what stands before it: `["Authorization", "Bearer "]`. */
  readonly secret?: { readonly header: string; readonly prefix: string };
  readonly body?: Json;
}

export interface NamedValue {
  readonly name: string;
  /** As it stands in an address or a header. */
  readonly value: string;
  /** The same before that. */
  readonly json: Json;
}

/** `undefined` where the operation takes something that a few lines of code cannot show (a form, a file). */
export function sampleRequest(model: ApiModel, operation: Operation): SampleRequest | undefined {
  const content = operation.requestBody?.content[0];
  const json = operation.requestBody?.content.find(({ mediaType }) => isJsonType(mediaType));
  if (content !== undefined && json === undefined && operation.requestBody?.required === true)
    return undefined;
  const body = json && (json.examples[0]?.value ?? sampleValue(model.document, json.schema));
  const values = (place: Parameter["in"]): NamedValue[] =>
    operation.parameters
      .filter((parameter) => parameter.in === place && parameter.required)
      .map((parameter) => namedValue(model, parameter));
  const path = values("path");
  const query = values("query");
  const secret = secretOf(model, operation);
  const headers = [
    ...values("header").filter(({ name }) => name.toLowerCase() !== secret?.header.toLowerCase()),
    ...(body === undefined ? [] : [contentType(json?.mediaType ?? "application/json")]),
  ];
  return {
    operation,
    method: operation.method.toUpperCase(),
    server: serverOf(model),
    target: targetOf(operation.path, path, query),
    path,
    query,
    headers,
    ...(secret === undefined ? {} : { secret }),
    ...(body === undefined ? {} : { body }),
  };
}

/** The first server with an absolute address. */
export function serverOf({ servers }: ApiModel): string {
  const url = servers.find(({ defaultUrl }) => /^https?:\/\//.test(defaultUrl))?.defaultUrl;
  return (url ?? "https://api.example.com").replace(/\/+$/, "");
}

function targetOf(path: string, values: readonly NamedValue[], query: readonly NamedValue[]): string {
  const filled = path.replace(/\{([^}]*)\}/g, (template, name: string) => {
    const value = values.find((entry) => entry.name === name)?.value;
    return value === undefined ? encodeURI(template) : encodeURIComponent(value);
  });
  const pairs = query.map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return filled + (pairs.length === 0 ? "" : `${filled.includes("?") ? "&" : "?"}${pairs.join("&")}`);
}

function namedValue(model: ApiModel, { name, schema }: Parameter): NamedValue {
  const json = sampleValue(model.document, schema);
  const flat = isArray(json) ? json[0] : json;
  return { name, json, value: typeof flat === "object" || flat === undefined ? "value" : String(flat) };
}

function contentType(value: string): NamedValue {
  return { name: "Content-Type", value, json: value };
}

function secretOf(model: ApiModel, { security }: Operation): SampleRequest["secret"] {
  const name = security[0]?.schemes[0]?.scheme;
  const scheme = model.securitySchemes.find((candidate) => candidate.name === name);
  return scheme && headerOf(scheme);
}

function headerOf(scheme: SecurityScheme): SampleRequest["secret"] {
  if (scheme.type === "apiKey") {
    if (scheme.in === "header") return { header: scheme.parameterName ?? scheme.name, prefix: "" };
    return scheme.in === "cookie"
      ? { header: "Cookie", prefix: `${scheme.parameterName ?? scheme.name}=` }
      : undefined;
  }
  if (scheme.type === "mutualTLS") return undefined;
  return { header: "Authorization", prefix: scheme.scheme === "basic" ? "Basic " : "Bearer " };
}
