/** Sequential media types (OpenAPI 3.2 §4.14.2): how their items are separated, and what one item is to its reader. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import { bareType, isJsonType } from "../validator-library/http/media-type.ts";
import type { JsonSchema, MediaType } from "./api-model.ts";

/** `events`: server-sent ones. `lines`: a JSON text on each. `texts`: JSON texts after record separators (RFC 7464). */
export type SequenceKind = "events" | "lines" | "texts";

/** `undefined` for a media type that is not a sequence. */
export function sequenceOf(mediaType: string): SequenceKind | undefined {
  const type = bareType(mediaType);
  if (type === "text/event-stream") return "events";
  if (/^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines)$/.test(type)) return "lines";
  return /[/+]json-seq$/.test(type) ? "texts" : undefined;
}

const branching = ["allOf", "anyOf", "oneOf"] as const;

/** Alternatives within alternatives are looked at this deep: events are not nested further, and documents may be hostile. */
const maxDepth = 2;

/**
 * The schema of a server-sent event as its reader sees it: `data` that holds JSON (`contentMediaType`) is what that JSON
 * says (`contentSchema`), in each alternative of the event.
 */
export function eventSchema(document: JsonObject, schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean" || !holdsJson(document, schema, 0)) return schema;
  return withParsedData(document, schema, 0, undefined);
}

function objectAt(document: JsonObject, value: Json | undefined): JsonObject {
  return asObject(followRefs(document, value, "").value);
}

function partsOf(event: JsonObject, depth: number): readonly Json[] {
  return depth >= maxDepth ? [] : branching.flatMap((keyword) => asArray(event[keyword]));
}

function holdsJson(document: JsonObject, schema: Json, depth: number): boolean {
  const event = objectAt(document, schema);
  return (
    isEmbedded(asObject(event["properties"])["data"]) ||
    partsOf(event, depth).some((part) => holdsJson(document, part, depth + 1))
  );
}

function isEmbedded(data: Json | undefined): data is JsonObject {
  if (!isObject(data)) return false;
  const { contentMediaType } = data;
  return typeof contentMediaType === "string" && isJsonType(contentMediaType);
}

/** @param inherited what an outer schema says of `data`: beside an alternative that parses it, it would contradict */
function withParsedData(
  document: JsonObject,
  schema: Json,
  depth: number,
  inherited: JsonObject | undefined,
): JsonObject {
  const event = objectAt(document, schema);
  const { data: own, ...others } = asObject(event["properties"]);
  const data = own === undefined ? inherited : { ...inherited, ...asObject(own) };
  const divided =
    depth >= maxDepth
      ? []
      : branching.filter((keyword) =>
          asArray(event[keyword]).some((part) => holdsJson(document, part, depth + 1)),
        );
  const said = isEmbedded(data) ? (data["contentSchema"] ?? true) : data;
  const properties = said === undefined || divided.length > 0 ? others : { ...others, data: said };
  const parts: Record<string, Json> = {};
  for (const keyword of divided)
    parts[keyword] = asArray(event[keyword]).map((part) => withParsedData(document, part, depth + 1, data));
  return { ...event, properties, ...parts };
}

/**
 * Which events carry JSON as their `data`: all of them, or those with these names. A `schema` without `data` is taken for
 * what the data of each event says, as documents before OpenAPI 3.2 have it.
 */
export function jsonEvents(
  document: JsonObject,
  { itemSchema, schema }: MediaType,
): boolean | readonly string[] {
  if (itemSchema !== undefined) return namesOf(document, itemSchema, 0);
  const event = objectAt(document, schema);
  if (event["type"] === "array") return namesOf(document, event["items"], 0);
  if (asObject(event["properties"])["data"] !== undefined) return namesOf(document, event, 0);
  return Object.keys(event).length > 0 && !isText(document, event);
}

function namesOf(document: JsonObject, schema: Json | undefined, depth: number): boolean | readonly string[] {
  const event = objectAt(document, schema);
  const { data, event: name } = asObject(event["properties"]);
  const found = partsOf(event, depth).map((part) => namesOf(document, part, depth + 1));
  if (data !== undefined && !isText(document, data)) found.push(true);
  const { const: constant } = objectAt(document, name);
  if (typeof constant === "string") return found.some((one) => one !== false) && [constant];
  if (found.includes(true)) return true;
  const names = found.flatMap((one) => (typeof one === "object" ? one : []));
  return names.length > 0 && [...new Set(names)];
}

/** True unless values other than strings are described. */
function isText(document: JsonObject, schema: Json): boolean {
  const {
    type,
    const: constant,
    enum: values,
    $ref,
    oneOf,
    anyOf,
    allOf,
    contentMediaType,
  } = objectAt(document, schema);
  if (contentMediaType !== undefined) return false;
  if (values !== undefined || constant !== undefined)
    return asArray(values ?? [constant ?? null]).every((one) => typeof one === "string");
  if (type !== undefined) return type === "string";
  return [$ref, oneOf, anyOf, allOf].every((one) => one === undefined);
}
