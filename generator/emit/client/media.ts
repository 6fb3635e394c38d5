/** What a media type means for sending and reading. */
import type { MediaType, Response } from "../../model/api-model.ts";
import { sequenceOf } from "../../model/items.ts";
import { pointerTokens } from "../../json/pointer.ts";
import { bareType, isJsonType } from "../../validator-library/http/media-type.ts";

export type MediaKind = "json" | "text" | "binary" | "multipart" | "form";

/** How bodies of this media type travel. A type without a schema is bytes, unless it is JSON or text. */
export function mediaKind({ mediaType, schema }: MediaType): MediaKind {
  const type = bareType(mediaType);
  if (isJsonType(type)) return "json";
  if (type.startsWith("multipart/")) return "multipart";
  if (type === "application/x-www-form-urlencoded") return "form";
  if (type === "text/event-stream" || type === "text/*") return "binary";
  if (type.startsWith("text/") || /[/+]xml$/.test(type)) return "text";
  // Many documents write `*/*` and mean JSON; a schema of an object says so.
  return type === "*/*" && isStructured(schema) ? "json" : "binary";
}

function isStructured(schema: MediaType["schema"]): boolean {
  if (typeof schema !== "object") return false;
  return schema["type"] !== "string" && schema["format"] !== "binary" && Object.keys(schema).length > 0;
}

/** How a body is read, sequences item by item. */
export type ResponseMediaKind = "json" | "text" | "binary" | "items";

/** The kind of a whole response: `auto` where its media types differ in kind. */
export function responseKind({ content }: Response): ResponseMediaKind | "auto" | "none" {
  const kinds = new Set(content.map((media) => responseMediaKind(media)));
  const [kind = "none"] = kinds;
  return kinds.size > 1 ? "auto" : kind;
}

/** Forms in responses are bytes: nothing here takes them apart. */
export function responseMediaKind(media: MediaType): ResponseMediaKind {
  if (sequenceOf(media.mediaType) !== undefined) return "items";
  const kind = mediaKind(media);
  return kind === "multipart" || kind === "form" ? "binary" : kind;
}

/** The media type as the document spells it, which is how `types.ts` spells it. */
export function mediaKey({ pointer, mediaType }: MediaType): string {
  const tokens = pointerTokens(pointer);
  return tokens.at(-2) === "content" ? (tokens.at(-1) ?? mediaType) : mediaType;
}
