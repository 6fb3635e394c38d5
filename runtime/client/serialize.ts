/** Spells parameters and bodies as the document says (OpenAPI 3.1.1 §4.8.12.3 Style Values, RFC 6570). */
import type { OperationDescriptor, ParameterStyle, RequestForm, Styles } from "./contract.ts";
import type { BinaryBody, Content } from "./options.ts";
import { asRecord, isRecord, ownValue, type Members } from "./record.ts";

const formStyle: ParameterStyle = ["form", true];
const simpleStyle: ParameterStyle = ["simple", false];

type Pair = readonly [name: string, value: string];

/** The query without `?`; parameters that are `undefined` or `null` are left out. */
export function serializeQuery(query: Members, styles: Styles = {}): string {
  return Object.entries(query)
    .flatMap(([name, value]) => queryParts(name, value, ownStyle(styles, name) ?? formStyle))
    .join("&");
}

function queryParts(name: string, value: unknown, [style, explode, allowReserved]: ParameterStyle): string[] {
  const encode = allowReserved === true ? encodeURI : encodeURIComponent;
  const pair = ([key, plain]: Pair): string => `${encodeURIComponent(key)}=${encode(plain)}`;
  if (value === undefined || value === null) return [];
  if (style === "json") return [pair([name, JSON.stringify(value)])];
  if (style === "deepObject") return deepPairs(name, value).map(pair);
  if (Array.isArray(value) && explode) return value.map((item) => pair([name, spell(item)]));
  if (isRecord(value) && explode) return pairsOf(value).map(pair);
  const items = flatten(value, encode);
  const separator = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
  return items.length === 0 ? [] : [`${encodeURIComponent(name)}=${items.join(separator)}`];
}

/** `filter[a][b]=…`; the members of a list are numbered. */
function deepPairs(name: string, value: unknown): Pair[] {
  if (value === undefined) return [];
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, member]) => deepPairs(`${name}[${key}]`, member))
    : [[name, spell(value)]];
}

function pairsOf(value: Members): Pair[] {
  return Object.entries(value).flatMap(([key, member]): Pair[] =>
    member === undefined ? [] : [[key, spell(member)]],
  );
}

function flatten(value: unknown, encode: (plain: string) => string): string[] {
  if (Array.isArray(value)) return value.map((item) => encode(spell(item)));
  return isRecord(value) ? pairsOf(value).flat().map(encode) : [encode(spell(value))];
}

/** What stands for a value inside a URL, a header or a form. */
export function spell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * The path with its parameters filled in.
 *
 * @throws TypeError for a value that would name another resource: none, an empty one, `.` or `..` (URL normalisation
 * takes those out of a path, RFC 3986 §5.2.4).
 */
export function serializePath({ path, pathStyles = {} }: OperationDescriptor, values: Members): string {
  return path.replace(/\{([^{}]+)\}/g, (_template, name: string) => {
    const value = ownValue(values, name);
    const spelled =
      value === undefined || value === null
        ? ""
        : simple(name, value, ownStyle(pathStyles, name) ?? simpleStyle);
    if (spelled === "" || /^\.\.?$/.test(spelled)) {
      throw new TypeError(`The path parameter "${name}" has no usable value.`);
    }
    return spelled;
  });
}

function simple(name: string, value: unknown, [style, explode]: ParameterStyle): string {
  if (style === "json") return encodeURIComponent(JSON.stringify(value));
  const encode = encodeURIComponent;
  const separator = !explode || style === "simple" ? "," : style === "label" ? "." : ";";
  const named = explode && isRecord(value);
  const items = named
    ? pairsOf(value).map(([key, item]) => `${encode(key)}=${encode(item)}`)
    : flatten(value, encode).map((item) => (style === "matrix" && explode ? `${name}=${item}` : item));
  const joined = items.join(separator);
  if (style === "label") return `.${joined}`;
  if (style !== "matrix") return joined;
  return `;${explode ? joined : `${name}=${joined}`}`;
}

/** Header parameters as strings; lists and objects as `simple`. */
export function serializeHeaders(values: Members, styles: Styles = {}): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null) continue;
    const [style, explode] = ownStyle(styles, name) ?? simpleStyle;
    const separator = explode && isRecord(value) ? pairsOf(value).map((pair) => pair.join("=")) : undefined;
    headers[name] =
      style === "json" ? JSON.stringify(value) : (separator ?? flatten(value, String)).join(",");
  }
  return headers;
}

/** A body as `fetch` takes it, and the media type to announce; `multipart/form-data` announces itself. */
export function serializeBody(
  body: unknown,
  [mediaType, styles]: RequestForm,
): { readonly content: Content; readonly type: string | undefined } {
  if (body instanceof FormData) return { content: body, type: undefined };
  if (isBinary(body) || body instanceof URLSearchParams) return { content: body, type: mediaType };
  if (mediaType.startsWith("multipart/")) return { content: formData(asRecord(body)), type: undefined };
  if (mediaType.startsWith("application/x-www-form-urlencoded")) {
    return { content: serializeQuery(asRecord(body), styles), type: mediaType };
  }
  const isText = typeof body === "string" && !/[/+]json\b/.test(mediaType);
  return { content: isText ? body : JSON.stringify(body), type: mediaType };
}

/** Is it handed to `fetch` as it is? */
function isBinary(body: unknown): body is BinaryBody {
  return (
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof ReadableStream
  );
}

/** Lists repeat their name, objects are JSON (OpenAPI 3.1.1 §4.8.15.1). */
function formData(body: Members): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === undefined || item === null) continue;
      if (item instanceof Blob) form.append(name, item);
      else if (typeof item === "object") {
        form.append(name, new Blob([JSON.stringify(item)], { type: "application/json" }));
      } else form.append(name, String(item));
    }
  }
  return form;
}

function ownStyle(styles: Styles, name: string): ParameterStyle | undefined {
  return Object.hasOwn(styles, name) ? styles[name] : undefined;
}
