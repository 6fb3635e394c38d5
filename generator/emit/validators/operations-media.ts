/** How the validators read a body of some media type, and what of it they cannot check. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { isObject } from "../../json/json.ts";
import type { JsonSchema, MediaType } from "../../model/api-model.ts";
import { stringLiteral } from "../../print/literal.ts";
import { bareType, kindOf } from "../../validator-library/http/media-type.ts";

/** `range` stands for several types, which are told apart when a body comes. */
export type MediaKind = "json" | "form" | "multipart" | "text" | "binary" | "range";

/** How bodies of a type or range are read. */
export function mediaKind(mediaType: string): MediaKind {
  const type = bareType(mediaType);
  return type.includes("*") && type !== "text/*" ? "range" : kindOf(type);
}

/** True if the bodies are not decoded, or not always, and their schema says something that a validator could check. */
export function isUnread({ mediaType, schema }: MediaType): boolean {
  const kind = mediaKind(mediaType);
  return (kind === "binary" || kind === "range") && schema !== undefined && says(schema);
}

/** One diagnostic for each media type whose schemas nothing can check, at its first use. */
export class UncheckedBodies {
  readonly #findings = new Map<string, Finding>();

  /** Notes a body that is not checked in full. */
  note(media: MediaType): void {
    const { mediaType, schemaPointer, pointer } = media;
    if (!isUnread(media) || this.#findings.has(mediaType)) return;
    const kind = mediaKind(mediaType);
    const name = stringLiteral(mediaType);
    this.#findings.set(mediaType, {
      code: "lockstep/body-unchecked",
      pointer: schemaPointer ?? pointer,
      message:
        kind === "range"
          ? `Bodies of ${name} are checked where JSON, a form or text comes, and pass unchecked where anything else does.`
          : `Bodies of ${name} are not decoded, so their schemas are not checked.`,
    });
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }
}

/** True if the schema says more than that there are bytes. */
function says(schema: JsonSchema): boolean {
  if (!isObject(schema)) return !schema;
  const silent = new Set(["title", "description", "example", "examples", "contentMediaType", "deprecated"]);
  return Object.entries(schema).some(
    ([keyword, value]) =>
      !silent.has(keyword) &&
      !keyword.startsWith("x-") &&
      !(keyword === "type" && value === "string") &&
      !(keyword === "format" && value === "binary"),
  );
}
