/** The `content` of bodies and responses (OpenAPI 3.1.1 §4.8.14). */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { Example, MediaType } from "./api-model.ts";
import { eventSchema, sequenceOf } from "./items.ts";
import { asSchema } from "./parameter.ts";
import { optionalText } from "./text.ts";

/** In document order. `pointer` is that of the `content` map. */
export function buildContent(document: JsonObject, content: Json | undefined, pointer: string): MediaType[] {
  return Object.entries(asObject(content)).flatMap(([name, entry]) => {
    const at = joinPointer(pointer, name);
    const { value: media, pointer: mediaPointer } = followRefs(document, entry, at);
    if (!isObject(media)) return [];
    return [
      {
        mediaType: lowerCaseType(name),
        pointer: mediaPointer,
        ...(media["schema"] === undefined
          ? {}
          : { schema: asSchema(media["schema"]), schemaPointer: joinPointer(mediaPointer, "schema") }),
        ...buildItems(document, name, media, mediaPointer),
        examples: buildExamples(document, media),
        ...(isObject(media["encoding"]) ? { encoding: media["encoding"] } : {}),
      },
    ];
  });
}

/** OpenAPI 3.2 §4.14.1. What it says of media types that are not sequences has no meaning. */
function buildItems(
  document: JsonObject,
  name: string,
  { itemSchema }: JsonObject,
  pointer: string,
): Pick<MediaType, "itemSchema" | "itemSchemaPointer"> {
  const kind = sequenceOf(name);
  if (itemSchema === undefined || kind === undefined) return {};
  const schema = asSchema(itemSchema);
  return {
    itemSchema: kind === "events" ? eventSchema(document, schema) : schema,
    itemSchemaPointer: joinPointer(pointer, "itemSchema"),
  };
}

/** Type and subtype have no case (RFC 9110 §8.3.1); the values of parameters may have. */
function lowerCaseType(name: string): string {
  const [type = "", ...parameters] = name.split(";");
  return [type.trim().toLowerCase(), ...parameters.map((parameter) => parameter.trim())].join("; ");
}

function buildExamples(document: JsonObject, media: JsonObject): Example[] {
  const named = Object.entries(asObject(media["examples"])).flatMap(([name, entry]) => {
    const { value } = followRefs(document, entry, "");
    if (!isObject(value) || value["value"] === undefined) return [];
    return [{ name, ...optionalText(value, "summary"), value: value["value"] }];
  });
  if (media["example"] !== undefined) named.unshift({ name: "example", value: media["example"] });
  if (named.length > 0) return named;
  const { schema } = media;
  const examples = isObject(schema) ? schema["examples"] : undefined;
  return isArray(examples)
    ? examples.map((value, index) => ({ name: `example${String(index + 1)}`, value }))
    : [];
}
