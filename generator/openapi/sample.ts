/** An example value for a schema: the author's own where there is one, else the simplest value that fits. */
import { asArray, asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { refPointer, resolvePointer } from "../json/pointer.ts";

const maxDepth = 12;

const byFormat: Readonly<Record<string, Json>> = {
  uuid: "3fa85f64-5717-4562-b3fc-2c963f66afa6",
  "date-time": "2026-01-31T09:30:00Z",
  date: "2026-01-31",
  time: "09:30:00Z",
  duration: "PT15M",
  email: "ada@example.com",
  uri: "https://example.com/",
  "uri-reference": "/",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  byte: "",
};

/**
 * A value that shows what the schema means: `example`, `examples[0]`, `default`, `const`, `enum[0]`, else built from
 * the type with required members only. Deterministic. Not checked against `pattern`, `not` or conditionals.
 */
export function sampleValue(document: JsonObject, schema: Json | undefined, depth = 0): Json {
  if (!isObject(schema) || depth > maxDepth) return null;
  const given = givenValue(schema);
  if (given !== undefined) return given;
  if (typeof schema["$ref"] === "string") {
    const pointer = refPointer(schema["$ref"]);
    return pointer === undefined ? null : sampleValue(document, resolvePointer(document, pointer), depth + 1);
  }
  for (const union of ["oneOf", "anyOf"]) {
    const branches = schema[union];
    if (isArray(branches) && branches.length > 0) return sampleValue(document, branches[0], depth + 1);
  }
  if (isArray(schema["allOf"])) return sampleIntersection(document, schema, schema["allOf"], depth);
  return sampleByType(document, schema, depth);
}

function givenValue(schema: JsonObject): Json | undefined {
  if (schema["example"] !== undefined) return schema["example"];
  for (const list of ["examples", "enum"]) {
    const values = schema[list];
    if (isArray(values) && values[0] !== undefined) return values[0];
    if (list === "examples" && schema["default"] !== undefined) return schema["default"];
    if (list === "examples" && schema["const"] !== undefined) return schema["const"];
  }
  return undefined;
}

function sampleIntersection(
  document: JsonObject,
  schema: JsonObject,
  allOf: readonly Json[],
  depth: number,
): Json {
  const { allOf: _allOf, ...rest } = schema;
  const parts = [...allOf, rest].map((part) => sampleValue(document, part, depth + 1));
  const objects = parts.filter(isObject);
  return objects.length > 0 ? Object.assign({}, ...objects) : (parts[0] ?? null);
}

function sampleByType(document: JsonObject, schema: JsonObject, depth: number): Json {
  const declared = schema["type"];
  const type = isArray(declared)
    ? declared[0]
    : (declared ?? (isObject(schema["properties"]) ? "object" : undefined));
  switch (type) {
    case "object":
      return sampleObject(document, schema, depth);
    case "array":
      return typeof schema["minItems"] === "number" && schema["minItems"] > 0
        ? [sampleValue(document, schema["items"], depth + 1)]
        : [];
    case "string":
      return sampleString(schema);
    case "integer":
    case "number":
      return sampleNumber(schema);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function sampleObject(document: JsonObject, schema: JsonObject, depth: number): Json {
  const properties = asObject(schema["properties"]);
  const required = asArray(schema["required"]);
  const names = required.filter((name) => typeof name === "string");
  return Object.fromEntries(
    names.map((name) => [
      name,
      sampleValue(document, Object.hasOwn(properties, name) ? properties[name] : undefined, depth + 1),
    ]),
  );
}

function sampleString(schema: JsonObject): string {
  const { format, minLength, maxLength } = schema;
  if (typeof format === "string" && Object.hasOwn(byFormat, format)) return String(byFormat[format]);
  const length = typeof minLength === "number" ? Math.min(minLength, 64) : 0;
  const text = "string".padEnd(length, "g");
  return typeof maxLength === "number" ? text.slice(0, maxLength) : text;
}

function sampleNumber(schema: JsonObject): number {
  const { minimum, exclusiveMinimum, maximum } = schema;
  if (typeof minimum === "number") return minimum;
  if (typeof exclusiveMinimum === "number") return Math.floor(exclusiveMinimum) + 1;
  return typeof maximum === "number" && maximum < 0 ? maximum : 0;
}
