/** One recorded exchange, whichever file it comes from. */
import { asArray, asObject, asText, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { Exchange } from "../exchange.ts";

/** A recorded exchange with the absolute URL or the path that it went to. */
export interface RecordedExchange {
  readonly url: string;
  readonly exchange: Exchange;
}

/** An entry of a HAR's log; `undefined` where it is none, or where no response came. */
export function fromHarEntry(entry: Json): RecordedExchange | undefined {
  const { request, response, startedDateTime, time } = asObject(entry);
  const { method, url, headers, postData } = asObject(request);
  const { status, headers: fields, content } = asObject(response);
  if (typeof method !== "string" || typeof url !== "string" || typeof status !== "number" || status < 100)
    return undefined;
  const { text, encoding } = asObject(content);
  const body =
    typeof text !== "string"
      ? ""
      : encoding === "base64"
        ? Buffer.from(text, "base64").toString("utf8")
        : text;
  const { text: sent } = asObject(postData);
  return recorded({
    method,
    url,
    sent,
    headers: pairs(headers),
    status,
    fields: pairs(fields),
    body,
    startedAt: startedDateTime,
    time,
    hasText: typeof text === "string" || isEmpty(asObject(content)),
  });
}

/** A line of a log: `{ method, url, status, requestHeaders?, requestBody?, headers?, body? }`. */
export function fromLogLine(line: Json): RecordedExchange | undefined {
  if (!isObject(line)) return undefined;
  const { method, url, status, requestHeaders, requestBody, headers, body, startedAt } = line;
  if (typeof method !== "string" || typeof url !== "string" || typeof status !== "number") return undefined;
  const text = typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body);
  return recorded({
    method,
    url,
    sent: requestBody,
    headers: members(requestHeaders),
    status,
    fields: members(headers),
    body: text,
    startedAt,
    time: 0,
    hasText: true,
  });
}

interface Parts {
  readonly method: string;
  readonly url: string;
  readonly sent: Json | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly status: number;
  readonly fields: readonly (readonly [string, string])[];
  readonly body: string;
  readonly startedAt: Json | undefined;
  readonly time: Json | undefined;
  /** False where the recorder kept no text of the body. */
  readonly hasText: boolean;
}

function recorded({
  method,
  url,
  sent,
  headers,
  status,
  fields,
  body,
  startedAt,
  time,
  hasText,
}: Parts): RecordedExchange {
  const request = {
    method: method.toUpperCase(),
    target: targetOf(url),
    headers,
    ...(sent === undefined ? {} : { body: typeof sent === "string" ? sent : JSON.stringify(sent) }),
  };
  // Recorders hand out bodies that are decoded already.
  const decoded = fields.filter(([name]) => name.toLowerCase() !== "content-encoding");
  const exchange: Exchange = {
    request,
    response: { status, headers: decoded, body, truncated: !hasText },
    startedAt: asText(startedAt, ""),
    milliseconds: typeof time === "number" ? time : 0,
  };
  return { url, exchange };
}

/** True of a body that was recorded as empty. */
function isEmpty({ size }: JsonObject): boolean {
  return size === undefined || size === 0 || size === -1;
}

export function targetOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

function pairs(list: Json | undefined): [string, string][] {
  return asArray(list)
    .filter(isObject)
    .map(({ name, value }) => [asText(name, ""), asText(value, "")]);
}

function members(object: Json | undefined): [string, string][] {
  return Object.entries(asObject(object)).map(([name, value]) => [name, asText(value, "")]);
}
