/** The fields that a handler gives a response: as a list, and what may not be among them. */
import type { OutgoingBody } from "../exchange.ts";

/** Names, in lower case, and values in turn. */
export function headerList(headers: Readonly<Record<string, unknown>> | undefined): string[] {
  const list: string[] = [];
  if (headers === undefined) return list;
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || value === null) continue;
    const several: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const one of several) list.push(name.toLowerCase(), String(one));
  }
  return list;
}

/**
 * The first field whose name is not a token, or whose value has characters that no field has (RFC 9110 §5.5; above U+00FF
 * there are no bytes for them). Always checked: an adapter could only throw it back.
 */
export function unsendableField(list: readonly string[], mediaType: string | undefined): string | undefined {
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index] ?? "";
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !fieldValue.test(list[index + 1] ?? ""))
      return JSON.stringify(name);
  }
  return mediaType === undefined || fieldValue.test(mediaType) ? undefined : "content-type";
}

const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The value of a field. Several lines of one are one list, but for cookies (RFC 9110 §5.3): of those, each is a value by itself. */
export function fieldOf(list: readonly string[], name: string): string | undefined {
  let field: string | undefined;
  for (let index = 0; index < list.length; index += 2) {
    if (list[index] !== name) continue;
    const value = list[index + 1] ?? "";
    if (name === "set-cookie") return value;
    field = field === undefined ? value : `${field}, ${value}`;
  }
  return field;
}

/**
 * The first field that says how the message is to be read: those follow from the body and its media type. A length is
 * the handler's to give where only the handler knows it: that of a stream, or of a body that is not sent (RFC 9110 §8.6).
 */
export function framingField(
  list: readonly string[],
  body: OutgoingBody,
  mayHaveLength: boolean,
): string | undefined {
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index] ?? "";
    if (name === "transfer-encoding" || (name === "content-type" && body !== undefined)) return name;
    if (name !== "content-length" || mayHaveLength || body instanceof ReadableStream) continue;
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    if (list[index + 1] !== String(bytes?.length ?? 0)) return name;
  }
  return undefined;
}

/** A copy of the list, without the lines of one field. */
export function withoutField(list: readonly string[], name: string): string[] {
  if (!list.includes(name)) return list.slice();
  return list.filter((_, index) => list[index - (index % 2)] !== name);
}
