/** Bodies of one media type: matching, decoding, checking. */
import { readText } from "../parameters/scalars.ts";
import { Issues } from "../runtime/issues.ts";
import type { Ok } from "../runtime/members.ts";
import { begin } from "../runtime/values.ts";
import type { BodyKind, Checked, ContentContract, MediaContract, RequestIssue } from "./contract.ts";
import { noting } from "./issues.ts";

/** "Type/Subtype; a=b" as its type, lower case, and its parameters. */
export function parsedType(text: string): readonly [string, readonly string[]] {
  const [type = "", ...parameters] = text.split(";");
  return [type.trim().toLowerCase(), parameters.map(parameter)];
}

/** Names have no case, values may be quoted (RFC 9110 §5.6.6). */
export function parameter(text: string): string {
  const equals = text.indexOf("=");
  const value = text.slice(equals + 1).trim();
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
  return text.slice(0, equals).trim().toLowerCase() + "=" + (isQuoted ? value.slice(1, -1) : value);
}

/** How well a declared type covers an actual one: 0 is not at all; the more exact a range, the more. */
export function coverage(declared: string, actual: string): number {
  const [range, needed] = parsedType(declared);
  const [type, parameters] = parsedType(actual);
  if (!needed.every((one) => parameters.includes(one))) return 0;
  if (range === type) return 4 + needed.length;
  const star = range.indexOf("/*");
  if (star < 0 || type === "") return 0;
  if (range === "*/*") return 1;
  return type.startsWith(range.slice(0, star + 1)) && type.endsWith(range.slice(star + 2))
    ? 2 + Math.min(1, range.length - star - 2)
    : 0;
}

/** The best of the media types for a Content-Type. */
export function bestMatch<Value>(
  content: readonly MediaValidator<Value>[],
  contentType: string | null | undefined,
): MediaValidator<Value> | undefined {
  if (contentType === null || contentType === undefined) return undefined;
  const usual = usualMatch(content, contentType);
  if (usual !== undefined) return usual;
  let best: MediaValidator<Value> | undefined;
  let most = 0;
  for (const media of content) {
    const score = coverage(media.mediaType, contentType);
    if (score > most) [best, most] = [media, score];
  }
  return best?.narrowed(contentType);
}

/** The exact type, where no declared type asks for parameters: that needs no parsing. */
export function usualMatch<Value>(
  content: readonly MediaValidator<Value>[],
  contentType: string,
): MediaValidator<Value> | undefined {
  for (const media of content) if (media.mediaType === contentType) return media;
  const end = contentType.indexOf(";");
  const type = (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
  let found: MediaValidator<Value> | undefined;
  for (const media of content) {
    if (media.mediaType.includes(";")) return undefined;
    if (media.mediaType === type) found = media;
  }
  return found?.mediaType.includes("*") === true ? undefined : found;
}

/** How a body of this type is read. Streams of records count as binary: no schema speaks of them as a whole. */
export function kindOf(mediaType: string): BodyKind {
  const [type] = parsedType(mediaType);
  if (type === "application/json" || type === "text/json" || type.endsWith("+json")) return "json";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type === "multipart/form-data") return "multipart";
  return type.startsWith("text/") && type !== "text/event-stream" ? "text" : "binary";
}

export function contentOf<Value>({ content, json }: ContentContract = {}): readonly MediaValidator<Value>[] {
  const media = json === undefined ? (content ?? []) : [{ type: "application/json", ok: json }];
  return media.map((one) => new MediaValidator<Value>(one));
}

/** One media type of a body. */
export class MediaValidator<Value = unknown> {
  /** As declared: may be a range. */
  readonly mediaType: string;
  readonly kind: BodyKind;
  readonly #contract: MediaContract;
  readonly #ok: Ok | undefined;
  /** What the schema sees of a value, where that is not the value itself. */
  readonly #plain: ((value: unknown) => unknown) | undefined;

  constructor(contract: MediaContract, actual: string = contract.type) {
    this.mediaType = contract.type;
    this.kind = kindOf(actual);
    this.#contract = contract;
    this.#ok = this.kind === "binary" ? undefined : contract.ok;
    this.#plain = contract.form?.plain;
  }

  /** The same, for the type that a range stands for. */
  narrowed(actual: string): MediaValidator<Value> {
    return this.mediaType.includes("*") ? new MediaValidator<Value>(this.#contract, actual) : this;
  }

  /** Of multipart: does the part of this name stand for JSON or another value than a string, even if it is sent as a file? */
  isText(name: string): boolean {
    const { form, fields = [] } = this.#contract;
    return form?.isText?.(name, fields) === true;
  }

  /** Is this decoded body valid? */
  is(value: unknown): value is Value {
    try {
      const ok = this.#ok;
      if (ok === undefined) return value !== undefined;
      begin();
      return ok(this.#plain === undefined ? value : this.#plain(value));
    } catch {
      return false;
    }
  }

  /** The first issue of a decoded body. */
  check(value: unknown): RequestIssue | undefined {
    return this.collect(value, 1)[0];
  }

  /** All issues of a decoded body, up to a limit. */
  collect(value: unknown, limit = 20): RequestIssue[] {
    const ok = this.#ok;
    if (ok === undefined) return value === undefined ? [missingBody()] : [];
    const issues = new Issues(limit);
    return noting("body", issues, () => {
      const plain = this.#plain === undefined ? value : this.#plain(value);
      ok(plain, issues);
    });
  }

  /**
   * Decodes and checks a body as it arrived.
   *
   * @param raw the text of json, form and text; the entries of multipart ([name, string or file], as FormData has them);
   *   whatever stands for the bytes of binary
   */
  read(raw: unknown, limit = 20): Checked<Value> {
    if (this.kind === "json" && typeof raw === "string") {
      const value = parsedJson(raw);
      if (value !== undefined) return this.is(value) ? { value } : { issues: this.collect(value, limit) };
    }
    const issues = new Issues(limit);
    let value: unknown;
    const found = noting("body", issues, () => {
      value = this.#decoded(raw, issues);
    });
    if (found.length > 0) return { issues: found };
    if (this.is(value)) return { value };
    return { issues: this.collect(value, limit) };
  }

  #decoded(raw: unknown, issues: Issues): unknown {
    const { form, fields = [], shape = "string" } = this.#contract;
    if (this.kind === "binary") return raw;
    if (form !== undefined) return form.read(raw, fields, issues);
    if (typeof raw !== "string") issues.add("", "type", "string");
    else if (this.kind !== "json") return readText(raw, shape, "", issues);
    else {
      const value = parsedJson(raw);
      if (value === undefined) issues.add("", "json");
      return value;
    }
    return undefined;
  }
}

/** Undefined, which JSON has no word for, where it is none. */
export function parsedJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export function missingBody(): RequestIssue {
  return { in: "body", pointer: "", rule: "required", message: "is required" };
}
