/** How properties of forms are written: `encoding` (OpenAPI 3.1.1 §4.8.15), with the defaults filled in. */
import { asObject, type Json, type JsonObject } from "../../json/json.ts";
import type { MediaType } from "../../model/api-model.ts";
import { mentions } from "../schema/members.ts";
import { conjunction, gather, propertyOf, typesOf, type Conjunction } from "../schema/side.ts";
import { isForm, mediaKey } from "./media.ts";

interface Form {
  readonly document: JsonObject;
  readonly mediaType: MediaType;
}

/** The properties that both sides declare and write in different ways. */
export function encodedOtherwise(
  base: Form,
  revision: Form,
  same: (base: Json, revision: Json) => boolean,
): readonly string[] {
  if (!isForm(base.mediaType.mediaType) || !isForm(revision.mediaType.mediaType)) return [];
  const names = [base, revision].flatMap(({ mediaType }) => Object.keys(asObject(mediaType.encoding)));
  const [before, after] = [base, revision].map(({ document, mediaType }) =>
    conjunction(document, [mediaType.schema]),
  );
  if (before === undefined || after === undefined) return [];
  const isDeclared = (name: string): boolean => mentions(before, name) && mentions(after, name);
  return [...new Set(names)].filter(
    (name) =>
      isDeclared(name) &&
      !same(encodingOf(base.mediaType, before, name), encodingOf(revision.mediaType, after, name)),
  );
}

function encodingOf({ mediaType, encoding }: MediaType, all: Conjunction, name: string): JsonObject {
  const written = asObject(asObject(encoding)[name]);
  const { style = "form", explode = style === "form", allowReserved = false } = written;
  const headers = Object.entries(asObject(written["headers"])).filter(
    ([header]) => header.toLowerCase() !== "content-type",
  );
  const isStyled = ["style", "explode", "allowReserved"].some((keyword) => written[keyword] !== undefined);
  const usual = defaultContentType(propertyOf(all, name));
  const { contentType = usual } = written;
  return {
    ...{ style, explode, allowReserved },
    // A style decides how the value is written; a content type does where there is none.
    contentType: isStyled && !mediaKey(mediaType).startsWith("multipart/") ? usual : contentType,
    headers: Object.fromEntries(headers),
  };
}

/** By type (OpenAPI 3.1.1 §4.8.15.1.1); of a list, by its items. */
function defaultContentType(all: Conjunction): string {
  const types = typesOf(all);
  if (types.has("object")) return types.size > 1 ? "application/octet-stream" : "application/json";
  if (types.has("array")) return defaultContentType(gather(all, (part) => part["items"]));
  const isBinary = all.parts.some(
    ({ format, contentEncoding }) => format === "binary" || contentEncoding !== undefined,
  );
  return isBinary ? "application/octet-stream" : "text/plain";
}
