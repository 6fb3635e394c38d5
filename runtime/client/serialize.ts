/** Spells parameters and bodies in the default styles; all others are in styles.ts, and in a bundle only where used. */
import type { OperationDescriptor, RequestForm } from "./contract.ts";
import type { BinaryBody, Content } from "./options.ts";
import { isRecord, ownValue, type Members } from "./record.ts";

/** What stands for a value inside a URL, a header or a form. */
export function spell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `form` with `explode` (OpenAPI 3.1.1 §4.8.12.3), without `?`; what is `undefined` or `null` is left out. */
export function serializeQuery(query: Members): string {
  return Object.entries(query).flatMap(queryPairs).join("&");
}

/** The pairs of one parameter. */
export function queryPairs([name, value]: readonly [string, unknown]): string[] {
  if (value === undefined || value === null) return [];
  if (isRecord(value)) return Object.entries(value).flatMap(queryPairs);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => `${encodeURIComponent(name)}=${encodeURIComponent(spell(item))}`);
}

/**
 * The path with its parameters filled in, each as `simple`, unless the descriptor knows better.
 *
 * @throws TypeError for a value that would name another resource: none, an empty one, `.` or `..` (URL normalisation
 * takes those out of a path, RFC 3986 §5.2.4).
 */
export function serializePath({ path, pathStyles = {} }: OperationDescriptor, values: Members): string {
  return path.replace(/\{([^{}]+)\}/g, (_template, name: string) => {
    const value = ownValue(values, name);
    const styled = ownValue(pathStyles, name) ?? simple;
    const spelled = value === undefined || value === null ? "" : styled(name, value, encodeURIComponent);
    if (/^\.{0,2}$/.test(spelled)) throw new TypeError(`No usable value for path parameter "${name}".`);
    return spelled;
  });
}

/** `simple` without `explode`: lists and objects with commas. */
export function simple(_name: string, value: unknown, encode: (plain: string) => string): string {
  const items: readonly unknown[] = isRecord(value) ? Object.entries(value).flat() : [value].flat();
  return items.map((item) => encode(spell(item))).join();
}

/** Header parameters as strings. */
export function serializeHeaders(
  { headerStyles = {} }: OperationDescriptor,
  values: Members,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    headers[name] = (ownValue(headerStyles, name) ?? simple)(name, value, (plain) => plain);
  }
  return headers;
}

/** A body as `fetch` takes it, and the media type to announce; multipart bodies announce themselves. */
export function serializeBody(
  body: unknown,
  [mediaType, encode]: RequestForm,
): { readonly content: Content; readonly type: string | undefined } {
  const content = isContent(body) ? body : (encode ?? plain)(body, mediaType);
  const type = mediaType.includes("*") ? "application/octet-stream" : mediaType;
  return { content, type: content instanceof FormData ? undefined : type };
}

/** Text as it is, everything else as JSON; so is text where JSON is to be sent. */
function plain(body: unknown, mediaType: string): string {
  return typeof body === "string" && !/[/+]json\b/.test(mediaType) ? body : JSON.stringify(body);
}

/** Is it handed to `fetch` as it is? */
function isContent(body: unknown): body is BinaryBody | FormData | URLSearchParams {
  return (
    ArrayBuffer.isView(body) ||
    [Blob, ArrayBuffer, ReadableStream, FormData, URLSearchParams].some((kind) => body instanceof kind)
  );
}
