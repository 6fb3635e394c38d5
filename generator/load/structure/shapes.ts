/** Reads objects that are written as something shorter: `servers: ["https://a.b"]`, `license: MIT`. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";

/** The member that a text alone stands for. */
const shorthand: Readonly<Record<string, string>> = {
  server: "url",
  tag: "name",
  license: "name",
  contact: "name",
  externalDocs: "url",
  response: "description",
  discriminator: "propertyName",
};

/** Objects of which nothing is left to be said where they are empty. */
const emptiable: ReadonlySet<string> = new Set([
  "schema",
  "mediaType",
  "pathItem",
  "response",
  "encoding",
  "header",
  "components",
]);

/** The object of this kind that a value of another type stands for, or `undefined`. */
export function objectFrom(kind: string, value: Json): JsonObject | undefined {
  if (value === null) return emptiable.has(kind) ? {} : undefined;
  if (kind === "example" && !isObject(value)) return { value };
  if (typeof value === "string" && kind === "requirement") return { [value]: [] };
  const member = shorthand[kind];
  return member !== undefined && typeof value === "string" ? { [member]: value } : undefined;
}

/** The list that another value stands for, or `undefined`. */
export function listFrom(kind: string, value: Json): readonly Json[] | undefined {
  if (isObject(value)) return kind === "string" || kind === "parameter" ? undefined : [value];
  if (typeof value !== "string") return kind === "any" && value !== null ? [value] : undefined;
  return kind === "string" || kind === "any" || shorthand[kind] !== undefined || kind === "requirement"
    ? [value]
    : undefined;
}

/** The map that a list stands for: of examples by their number, of scopes by their name. */
export function mapFrom(kind: string, key: string, value: Json): JsonObject | undefined {
  if (!isArray(value)) return undefined;
  if (kind === "example")
    return Object.fromEntries(value.map((item, index) => [`example${String(index + 1)}`, item]));
  if (key === "scopes")
    return Object.fromEntries(value.filter((item) => typeof item === "string").map((item) => [item, ""]));
  return undefined;
}
