/** Whether a schema describes the envelope, and which codes it names. */
import { append } from "../json/append.ts";
import type { EnvelopeDeclaration } from "../contract/envelope.ts";
import { memberSchema } from "../contract/envelope.ts";
import { asArray, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer, refPointer } from "../json/pointer.ts";

export interface NamedCode {
  readonly code: string;
  /** Where the `const` or the value of the `enum` stands. */
  readonly pointer: string;
}

/** Unions and `$ref`s that contain one another end here. */
const maxSteps = 20;

/**
 * Is the schema the envelope, a union of envelopes, an `allOf` with the envelope among its parts, or an object with the
 * envelope's member for the code?
 */
export function isEnvelope(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  schema: Json,
  steps = 0,
): boolean {
  if (!isObject(schema) || steps > maxSteps) return false;
  const inner = (part: Json): boolean => isEnvelope(document, envelope, part, steps + 1);
  if (typeof schema["$ref"] === "string") {
    const target = refPointer(schema["$ref"]);
    if (target === envelope.schema) return true;
    return inner(followRefs(document, schema, "").value ?? null);
  }
  for (const union of [schema["oneOf"], schema["anyOf"]]) {
    if (isArray(union) && union.length > 0) return union.every(inner);
  }
  if (asArray(schema["allOf"]).some(inner)) return true;
  return memberSchema({ ...document, schema }, "/schema", envelope.code) !== undefined;
}

/** The codes that the schema at `pointer` fixes at the envelope's code, through unions, `allOf` and `$ref`s. */
export function namedCodes(
  document: JsonObject,
  path: readonly string[],
  schema: Json,
  pointer: string,
  steps = 0,
): NamedCode[] {
  const { value, pointer: at } = followRefs(document, schema, pointer);
  if (!isObject(value) || steps > maxSteps) return [];
  const found: NamedCode[] = [];
  for (const keyword of ["oneOf", "anyOf", "allOf"] as const) {
    for (const [index, part] of asArray(value[keyword]).entries()) {
      append(found, namedCodes(document, path, part, joinPointer(at, keyword, index), steps + 1));
    }
  }
  const [step, ...rest] = path;
  if (step === undefined) return [...found, ...literals(value, at)];
  const properties = value["properties"];
  if (isObject(properties) && Object.hasOwn(properties, step)) {
    const member = joinPointer(at, "properties", step);
    append(found, namedCodes(document, rest, properties[step] ?? null, member, steps + 1));
  }
  return found;
}

function literals(schema: JsonObject, pointer: string): NamedCode[] {
  const constant = schema["const"];
  if (typeof constant === "string") return [{ code: constant, pointer: joinPointer(pointer, "const") }];
  return asArray(schema["enum"]).flatMap((code, index) =>
    typeof code === "string" ? [{ code, pointer: joinPointer(pointer, "enum", index) }] : [],
  );
}
