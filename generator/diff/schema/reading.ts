/**
 * How a schema is read by one party: `request` is what a client sends, `response` what a server sends, `shape` a response
 * without bounds and formats, as a client reads it that looks at types only.
 */
import { append } from "../../json/append.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";
import { mappingOf, valuesOf } from "../../openapi/discriminator.ts";
import { onlyAnchor } from "./dynamic-anchor.ts";
import { asserts } from "./keywords.ts";
import { closedByEvaluation } from "./unevaluated.ts";

export const views = ["plain", "request", "response", "shape"] as const;
export type View = (typeof views)[number];

/** A schema taken apart: what else must hold of the same value, and what it says itself. */
export interface Reading {
  readonly together: readonly Json[];
  /** Absent where the schema itself says nothing about values. */
  readonly own?: JsonObject;
  /** A reference leads nowhere. */
  readonly opaque: boolean;
}

type Memory = WeakMap<JsonObject, Reading>;
/** By the document that references point into. */
const known = new Map<View, WeakMap<JsonObject, Memory>>(views.map((view) => [view, new WeakMap()]));
const origins = new WeakMap<JsonObject, JsonObject>();

/** The same object for the same schema, so that equal questions are recognised. */
export function readSchema(document: JsonObject, schema: JsonObject, view: View): Reading {
  const memory = known.get(view)?.get(document) ?? new WeakMap<JsonObject, Reading>();
  known.get(view)?.set(document, memory);
  const before = memory.get(schema);
  if (before !== undefined) return before;
  const reading = read(document, schema, view);
  memory.set(schema, reading);
  if (reading.own !== undefined && reading.own !== schema) origins.set(reading.own, originOf(schema));
  return reading;
}

/** The schema of the document that a part was read from. */
export function originOf(part: JsonObject): JsonObject {
  return origins.get(part) ?? part;
}

/** The schema that the part speaks for: what is evaluated depends on all of it. */
export function wholeOf(part: JsonObject): JsonObject {
  const closes = part["unevaluatedProperties"] !== undefined || part["unevaluatedItems"] !== undefined;
  return closes ? originOf(part) : part;
}

/** Notes that `part` was made of `source`. */
export function derived(part: JsonObject, source: JsonObject): JsonObject {
  if (part !== source) origins.set(part, originOf(source));
  return part;
}

function read(document: JsonObject, schema: JsonObject, view: View): Reading {
  const { $ref: ref, $dynamicRef: dynamicRef, allOf, ...rest } = schema;
  const together: Json[] = [];
  let opaque = schema["$recursiveRef"] !== undefined;
  const targets = [
    ...(ref === undefined ? [] : [targetOf(document, ref)]),
    ...(dynamicRef === undefined ? [] : [onlyAnchor(document, dynamicRef)]),
  ];
  for (const target of targets) {
    if (target === undefined) opaque = true;
    else together.push(target);
  }
  append(together, asArray(allOf));
  const plain = targets.length === 0 && allOf === undefined ? schema : rest;
  const own = closedByEvaluation(document, originOf(schema), adapt(plain, view));
  return { together, opaque, ...(Object.keys(own).some(asserts) ? { own } : {}) };
}

function targetOf(document: JsonObject, ref: Json): Json | undefined {
  const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
  return pointer === undefined ? undefined : resolvePointer(document, pointer);
}

/** Bounds and formats: a client that only reads types does not check them. */
const bounds: ReadonlySet<string> = new Set([
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "propertyNames",
]);

function adapt(own: JsonObject, view: View): JsonObject {
  let result = withTags(own);
  if (view === "response" || view === "shape") result = openEnum(result);
  if (view !== "shape") return result;
  const kept = Object.entries(result).filter(
    ([name, value]) => !bounds.has(name) && !(name === "additionalProperties" && value === false),
  );
  return kept.length === Object.keys(result).length ? result : Object.fromEntries(kept);
}

/** `x-extensible-enum: true` beside `enum` announces further values. */
function openEnum(schema: JsonObject): JsonObject {
  if (schema["x-extensible-enum"] !== true || schema["enum"] === undefined) return schema;
  const { enum: _values, ...rest } = schema;
  return { type: "string", ...rest };
}

/** Each alternative together with the values of the discriminating member that name it (OpenAPI 3.1.1 §4.8.25). */
function withTags(schema: JsonObject): JsonObject {
  const { discriminator } = schema;
  const name = schema["oneOf"] === undefined ? "anyOf" : "oneOf";
  const branches = asArray(schema[name]);
  const member = asObject(discriminator)["propertyName"];
  if (branches.length === 0 || typeof member !== "string") return schema;
  const mapping = mappingOf(asObject(discriminator), (reference) => refPointer(reference));
  const tagged = branches.map((branch): Json | undefined => {
    const pointer = typeof asObject(branch)["$ref"] === "string" ? pointerOf(branch) : undefined;
    if (pointer === undefined) return undefined;
    const tags = valuesOf(pointer, pointer, mapping);
    const last = pointerTokens(pointer).at(-1);
    if (tags.length === 0 && last === undefined) return undefined;
    return {
      allOf: [branch, { type: "object", required: [member], properties: { [member]: { enum: tags } } }],
    };
  });
  if (tagged.some((branch) => branch === undefined)) return schema;
  const { [name]: _branches, discriminator: _discriminator, ...rest } = schema;
  // The member decides alone, so alternatives that are open cannot exclude each other.
  return { ...rest, anyOf: tagged.flatMap((branch) => branch ?? []) };
}

function pointerOf(branch: Json): string | undefined {
  const ref = isObject(branch) ? branch["$ref"] : undefined;
  return typeof ref === "string" ? refPointer(ref) : undefined;
}

/** `/components/schemas/Name`, where the pointer is that of a component. */
export function componentOf(pointer: string): string | undefined {
  const [section, kind, name, ...rest] = pointerTokens(pointer);
  return section === "components" && kind !== undefined && name !== undefined && rest.length === 0
    ? joinPointer("", section, kind, name)
    : undefined;
}
