/** Bodies of one media type: matching, decoding, checking. */
import { readJson } from "../parameters/json-text.ts";
import { readText } from "../parameters/scalars.ts";
import { Issues } from "../runtime/issues.ts";
import type { Ok } from "../runtime/members.ts";
import { begin } from "../runtime/values.ts";
import type { BodyKind, Checked, ContentContract, MediaContract, RequestIssue } from "./contract.ts";
import { noting } from "./issues.ts";
import { bareType, coverage, kindOf } from "./media-type.ts";

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
  const type = bareType(contentType);
  let found: MediaValidator<Value> | undefined;
  for (const media of content) {
    if (media.mediaType.includes(";")) return undefined;
    if (media.mediaType === type) found = media;
  }
  return found?.mediaType.includes("*") === true ? undefined : found;
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

  /** Of multipart: true if the part of this name is JSON or another value than a string, even if it is sent as a file. */
  isText(name: string): boolean {
    const { form, fields = [] } = this.#contract;
    return form?.isText?.(name, fields) === true;
  }

  /** True if this decoded body is valid. */
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
    else return this.kind === "json" ? readJson(raw, "", issues) : readText(raw, shape, "", issues);
    return undefined;
  }
}

export function missingBody(): RequestIssue {
  return { in: "body", pointer: "", rule: "required", message: "is required" };
}
