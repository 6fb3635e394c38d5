/** Spells parameters and bodies in the default styles; all others are in styles.ts, and in a bundle only where used. */
import type { OperationDescriptor } from "./contract.ts";
import type { BinaryBody, CallInput, Content } from "./options.ts";
import { asRecord, isRecord, ownValue, type Members } from "./record.ts";

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
    if (value === undefined || value === null) throw new TypeError(`Path parameter "${name}" is missing.`);
    const spelled = styled(name, value, encodeURIComponent);
    if (!/^\.{0,2}$/.test(spelled)) return spelled;
    throw new TypeError(`Path parameter "${name}" must not be "${spelled}".`);
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
  { body: forms = [] }: OperationDescriptor,
  { body, contentType, bodySerializer }: CallInput,
  headers: Headers,
): { readonly content?: Content; readonly type?: string } {
  if (body === undefined) return {};
  const wanted = contentType ?? headers.get("content-type") ?? undefined;
  const named = forms.find(([type]) => wanted !== undefined && bare(type) === bare(wanted));
  const form = named ?? (wanted === undefined ? forms[0] : undefined) ?? [wanted ?? "application/json"];
  const [mediaType, encode] = form;
  // What a caller's own function returns is for `fetch` to accept or refuse.
  const own = bodySerializer?.(body as never, headers) as Content | undefined;
  const content = own ?? (isContent(body) ? body : (encode ?? plain)(body, mediaType));
  if (isA(content, "FormData")) return { content };
  return { content, type: mediaType.includes("*") ? sentType(body, content) : mediaType };
}

/** Under a range, what is sent says its type. */
function sentType(body: unknown, content: Content): string {
  if (content !== body) return "application/json";
  return typeof body === "string" ? "text/plain" : "application/octet-stream";
}

function bare(mediaType: string): string {
  return mediaType.replace(/\s*;.*$/s, "").toLowerCase();
}

/** Text as it is, everything else as JSON; so is text where JSON is to be sent. */
function plain(body: unknown, mediaType: string): string {
  if (bare(mediaType) === "application/x-www-form-urlencoded") return serializeQuery(asRecord(body));
  return typeof body === "string" && !/[/+]json\b/.test(mediaType) ? body : JSON.stringify(body);
}

/** True if it is handed to `fetch` as it is. */
function isContent(body: unknown): body is BinaryBody | FormData | URLSearchParams {
  return (
    ArrayBuffer.isView(body) ||
    ["Blob", "ArrayBuffer", "ReadableStream", "FormData", "URLSearchParams"].some((name) => isA(body, name))
  );
}

/** False where a runtime has no such class (React Native has no `ReadableStream`). */
function isA(value: unknown, name: string): boolean {
  const kind = asRecord(globalThis)[name];
  return typeof kind === "function" && value instanceof kind;
}

/** True if the body can be sent a second time. */
export function isRepeatable(body: unknown): boolean {
  return !isA(body, "ReadableStream");
}
