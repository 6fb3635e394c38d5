/** A failed call as it comes over the wire. */
import { STATUS_CODES } from "node:http";
import { isObject, type Json, type JsonObject } from "../../../json/json.ts";
import type { ApiModel, ErrorCode, MediaType, Operation } from "../../../model/api-model.ts";
import { sampleValue } from "../../../openapi/sample.ts";
import type { SiteContext } from "./operation-row.ts";

export interface Exchange {
  /** Status line and the headers that matter; `""` where the code has no one status. */
  readonly head: string;
  /** The body as JSON over several lines. */
  readonly body: string;
}

/** `undefined` where the document says too little to show one. */
export function exchangeOf(context: SiteContext, code: ErrorCode): Exchange | undefined {
  const body = code.example ?? bodyFromResponses(context, code);
  return body === undefined
    ? undefined
    : { head: headOf(context.model, code), body: JSON.stringify(body, null, 2) };
}

function headOf({ errors }: ApiModel, { statuses, retry }: ErrorCode): string {
  const status = statuses.find((key) => STATUS_CODES[key] !== undefined);
  if (status === undefined) return "";
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`];
  lines.push(`Content-Type: ${errors.envelope?.mediaType ?? "application/json"}`);
  if (retry === "after-delay") lines.push("Retry-After: 2");
  return lines.join("\n");
}

/** Where more operations than this respond alike, or their document is not one to learn from. */
const operationsAsked = 3;

/** For a code that was read off the responses: the author's example of it, else one that their schema allows. */
function bodyFromResponses(context: SiteContext, code: ErrorCode): Json | undefined {
  const operations = code.operations
    .slice(0, operationsAsked)
    .flatMap((id) => context.operations.get(id) ?? []);
  const media = operations.flatMap((operation) => mediaOf(operation, code));
  const { envelope } = context.model.errors;
  const path = envelope?.code ?? [];
  const examples = media.flatMap((one) => one.examples.map(({ value }) => value));
  const authored = examples.find((value) => memberAt(value, path) === code.code);
  if (authored !== undefined || media[0] === undefined) return authored;
  const body = withMember(sampleValue(context.model.document, media[0].schema), path, code.code);
  const status = Number(code.statuses[0]);
  // RFC 9457 §3.1.2: the number of the response's status.
  return envelope?.shape === "problem" && body !== undefined && Object.hasOwn(body, "status") && status > 0
    ? { ...body, status }
    : body;
}

function mediaOf({ responses }: Operation, { statuses }: ErrorCode): MediaType[] {
  return responses.flatMap(({ status, content }) =>
    statuses.includes(status) && content[0] !== undefined ? [content[0]] : [],
  );
}

function memberAt(value: Json, path: readonly string[]): Json | undefined {
  let node: Json | undefined = value;
  for (const name of path) node = isObject(node) && Object.hasOwn(node, name) ? node[name] : undefined;
  return node;
}

/** The value with `text` at `path`; `undefined` where no object is there to hold it. */
function withMember(value: Json, path: readonly string[], text: string): JsonObject | undefined {
  const [name, ...rest] = path;
  if (name === undefined || !isObject(value)) return undefined;
  const member = rest.length === 0 ? text : withMember(value[name] ?? null, rest, text);
  return member === undefined ? undefined : { ...value, [name]: member };
}
