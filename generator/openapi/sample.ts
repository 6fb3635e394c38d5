/** An example value for a schema: the author's own where there is one, else the simplest value that fits. */
import { asArray, asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { refPointer, resolvePointer } from "../json/pointer.ts";

const byFormat: Readonly<Record<string, string>> = {
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
 * the type with required members only. Deterministic, and bounded for schemas that contain themselves (`null` there).
 * Not checked against `pattern`, `not` or conditionals.
 */
export function sampleValue(document: JsonObject, schema: Json | undefined): Json {
  return new Sampler(document).sample(schema);
}

class Sampler {
  readonly #document: JsonObject;
  /** References that are being followed: one that comes again leads in a circle. */
  readonly #open = new Set<string>();
  /** Schemas still to be visited: a document can be small and its expansion not. */
  #budget = 1000;

  constructor(document: JsonObject) {
    this.#document = document;
  }

  sample(schema: Json | undefined): Json {
    if (!isObject(schema) || this.#budget-- <= 0) return null;
    const given = givenValue(schema);
    if (given !== undefined) return given;
    const { $ref } = schema;
    if (typeof $ref === "string") return this.#reference($ref);
    const [branch] = [...asArray(schema["oneOf"]), ...asArray(schema["anyOf"])];
    if (branch !== undefined) return this.sample(branch);
    return isArray(schema["allOf"]) ? this.#intersection(schema) : this.#byType(schema);
  }

  #reference(ref: string): Json {
    const pointer = refPointer(ref);
    if (pointer === undefined || this.#open.has(pointer)) return null;
    this.#open.add(pointer);
    const value = this.sample(resolvePointer(this.#document, pointer));
    this.#open.delete(pointer);
    return value;
  }

  #intersection({ allOf, ...rest }: JsonObject): Json {
    const parts = [...asArray(allOf), rest].map((part) => this.sample(part));
    const members = parts.filter(isObject).flatMap((part) => Object.entries(part));
    return members.length > 0 ? Object.fromEntries(members) : (parts[0] ?? null);
  }

  #byType(schema: JsonObject): Json {
    const { type: declared, minItems, items } = schema;
    const type = isArray(declared)
      ? declared[0]
      : (declared ?? (isObject(schema["properties"]) ? "object" : undefined));
    switch (type) {
      case "object":
        return this.#object(schema);
      case "array":
        return typeof minItems === "number" && minItems > 0 ? [this.sample(items)] : [];
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

  #object(schema: JsonObject): JsonObject {
    const properties = asObject(schema["properties"]);
    const names = asArray(schema["required"]).filter((name) => typeof name === "string");
    const member = (name: string): Json | undefined =>
      Object.hasOwn(properties, name) ? properties[name] : undefined;
    return Object.fromEntries(names.map((name) => [name, this.sample(member(name))]));
  }
}

function givenValue(schema: JsonObject): Json | undefined {
  const candidates = [
    schema["example"],
    asArray(schema["examples"])[0],
    schema["default"],
    schema["const"],
    asArray(schema["enum"])[0],
  ];
  return candidates.find((value) => value !== undefined);
}

function sampleString({ format, minLength, maxLength }: JsonObject): string {
  const known = typeof format === "string" && Object.hasOwn(byFormat, format) ? byFormat[format] : undefined;
  if (known !== undefined) return known;
  const text = "string".padEnd(typeof minLength === "number" ? Math.min(minLength, 64) : 0, "g");
  return typeof maxLength === "number" ? text.slice(0, maxLength) : text;
}

function sampleNumber({ minimum, exclusiveMinimum, maximum }: JsonObject): number {
  if (typeof minimum === "number") return minimum;
  if (typeof exclusiveMinimum === "number") return Math.floor(exclusiveMinimum) + 1;
  return typeof maximum === "number" && maximum < 0 ? maximum : 0;
}
