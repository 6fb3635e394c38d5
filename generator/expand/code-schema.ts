/** Builds the schema and the example of one error code from the envelope and the catalogue's entry. */
import { memberSchema, type EnvelopeDeclaration } from "../contract/envelope.ts";
import { errorCodeKey, generatedByKey, type CatalogueEntry } from "../contract/vocabulary.ts";
import { asObject, isArray, type Json, type JsonObject } from "../json/json.ts";
import { sampleValue } from "../openapi/sample.ts";

/** Members of the envelope's schema that speak about the envelope, not about one code. */
const envelopeOnly = new Set(["title", "description", "example", "examples", "deprecated", "externalDocs"]);

/**
 * The object that holds the code, narrowed to one code: a `const` code, and the `details` of that code or none at all.
 * Written out rather than composed with `allOf` where the envelope allows it: every tool understands that.
 */
export function codeSchema(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  entry: CatalogueEntry,
): JsonObject {
  const holder = memberSchema(document, envelope.schema, envelope.code.slice(0, -1))?.value;
  const base = without(asObject(holder), envelopeOnly);
  const narrowed = narrowedMembers(envelope, entry);
  const dropped = new Set(entry.detailsRef === undefined ? envelope.details?.slice(-1) : []);
  const required = requiredMembers(base, envelope, entry).filter((name) => !dropped.has(name));
  const head = {
    title: entry.title,
    ...(entry.meaning === undefined ? {} : { description: entry.meaning }),
    ...(entry.deprecated === undefined ? {} : { deprecated: true }),
  };
  const marks = { [errorCodeKey]: entry.code, [generatedByKey]: "lockstep" };
  if (isArray(base["allOf"])) {
    return { ...head, allOf: [base, { type: "object", properties: narrowed, required }], ...marks };
  }
  const declared = asObject(base["properties"]);
  const properties = without({ ...declared, ...narrowed }, dropped);
  return { ...head, ...base, type: "object", properties, required, ...marks };
}

/** A complete error body of this code, as it goes over the wire. */
export function codeExample(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  entry: CatalogueEntry,
): Json {
  const body = sampleValue(document, { $ref: `#${envelope.schema}` });
  const members: readonly (readonly [path: readonly string[] | undefined, value: Json | undefined])[] = [
    [envelope.code, entry.code],
    [envelope.message, entry.message ?? entry.title],
    [envelope.status, entry.status],
    [
      envelope.details,
      entry.detailsRef === undefined ? undefined : sampleValue(document, { $ref: entry.detailsRef }),
    ],
  ];
  return members.reduce<Json>(
    (result, [path, value]) => (path === undefined ? result : setMember(result, path, value)),
    body,
  );
}

function narrowedMembers(envelope: EnvelopeDeclaration, entry: CatalogueEntry): JsonObject {
  const name = (path: readonly string[] | undefined): string => path?.at(-1) ?? "";
  return {
    [name(envelope.code)]: { type: "string", const: entry.code },
    ...(statusBesideCode(envelope)
      ? { [name(envelope.status)]: { type: "integer", const: entry.status } }
      : {}),
    ...(envelope.details !== undefined && entry.detailsRef !== undefined
      ? { [name(envelope.details)]: { $ref: entry.detailsRef } }
      : {}),
  };
}

function requiredMembers(base: JsonObject, envelope: EnvelopeDeclaration, entry: CatalogueEntry): string[] {
  const declared = isArray(base["required"])
    ? base["required"].filter((name) => typeof name === "string")
    : [];
  const details = entry.detailsRef === undefined ? [] : (envelope.details?.slice(-1) ?? []);
  return [...new Set([...envelope.code.slice(-1), ...declared, ...details])];
}

function statusBesideCode(envelope: EnvelopeDeclaration): boolean {
  return envelope.status?.length === envelope.code.length;
}

function without(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

/** Sets the member at `path`, or removes it for `undefined`; makes the objects on the way. */
function setMember(value: Json, path: readonly string[], member: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return member ?? null;
  const object = asObject(value);
  if (member === undefined && rest.length === 0) return without(object, new Set([step]));
  const inner = Object.hasOwn(object, step) ? object[step] : undefined;
  return { ...object, [step]: setMember(inner ?? null, rest, member) };
}
