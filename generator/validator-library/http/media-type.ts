/** Media types: RFC 9110 §8.3 and §12.5.1, RFC 6838 §4.2.8. Type, subtype and names of parameters have no case. */
import type { BodyKind } from "./contract.ts";

/** Type and subtype, lower case, without parameters. */
export function bareType(mediaType: string): string {
  const end = mediaType.indexOf(";");
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** True for JSON and types with the suffix `+json`. Sequences of JSON texts (`json-seq`, `x-ndjson`) are other types. */
export function isJsonType(mediaType: string): boolean {
  const type = bareType(mediaType);
  return type === "application/json" || type === "text/json" || /^[^/]+\/.+\+json$/.test(type);
}

/** How a body of this type is read. Streams of records count as binary: no schema describes them as a whole. */
export function kindOf(mediaType: string): BodyKind {
  if (isJsonType(mediaType)) return "json";
  const type = bareType(mediaType);
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart/form-data") return "multipart";
  return type.startsWith("text/") && type !== "text/event-stream" ? "text" : "binary";
}

/**
 * The parameters as `name=value` (RFC 9110 §5.6.6). JSON is UTF-8 whatever `charset` says (RFC 8259 §8.1), so it is left
 * out there; elsewhere its value has no case.
 */
export function parametersOf(mediaType: string): string[] {
  const isJson = isJsonType(mediaType);
  const found: string[] = [];
  for (const [, name = "", quoted, plain = ""] of mediaType.matchAll(
    /;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g,
  )) {
    const key = name.toLowerCase();
    const value = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, "$1");
    if (key !== "charset") found.push(`${key}=${value}`);
    else if (!isJson) found.push(`charset=${value.toLowerCase()}`);
  }
  return found;
}

/** How well a declared type or range covers an actual type: 0 is not at all; the more specific, the more. */
export function coverage(declared: string, actual: string): number {
  const range = bareType(declared);
  const type = bareType(actual);
  const needed = parametersOf(declared);
  const given = parametersOf(actual);
  if (!needed.every((one) => given.includes(one))) return 0;
  if (range === type) return 4 + needed.length;
  const star = range.indexOf("/*");
  if (star < 0 || type === "") return 0;
  if (range === "*/*") return 1;
  const suffix = range.slice(star + 2);
  return type.startsWith(range.slice(0, star + 1)) && type.endsWith(suffix)
    ? 2 + Math.min(1, suffix.length)
    : 0;
}
