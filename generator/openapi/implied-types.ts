/** Schemas without `type` whose keywords say which type is meant: the one rule that types, validators and diagnostics share. */
import { asArray, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import { members } from "./structure.ts";
import { visitSchemas } from "./visit.ts";

export interface ImpliedType {
  readonly type: "object" | "array";
  /** The keyword that implies it; absent where the parts of an `allOf` do. */
  readonly keyword: "properties" | "required" | "items" | "allOf";
}

const conditions = ["not", "if", "then", "else", "dependentSchemas", "propertyNames"] as const;
/** A schema with one of these says something of a value by itself; its `anyOf` and `oneOf` only add to that. */
const shapes = [
  "type",
  "$ref",
  "$dynamicRef",
  "const",
  "enum",
  "allOf",
  "properties",
  "patternProperties",
  "additionalProperties",
  "required",
  "items",
  "prefixItems",
];

/**
 * The types that are implied, by schema. Schemas that only constrain a value whose type is said elsewhere stay as they
 * are: parts of an `allOf`, alternatives beside other keywords, conditions and all in them.
 */
export function impliedTypes(document: JsonObject): ReadonlyMap<JsonObject, ImpliedType> {
  const found = new Map<JsonObject, ImpliedType>();
  const parts = new Set<Json>();
  const untouched = new Set<Json>();
  visitSchemas(document, (schema) => {
    const inner = untouched.has(schema) ? Object.keys(members.schema) : conditions;
    for (const keyword of inner) for (const child of childrenAt(schema, keyword)) untouched.add(child);
    if (untouched.has(schema)) return;
    const isPart = parts.has(schema);
    for (const part of asArray(schema["allOf"])) parts.add(part);
    if (isPart || shapes.some((keyword) => schema[keyword] !== undefined))
      for (const keyword of ["anyOf", "oneOf"])
        for (const alternative of asArray(schema[keyword])) parts.add(alternative);
    const implied = isPart ? undefined : impliedBy(schema, document);
    if (implied !== undefined) found.set(schema, implied);
  });
  return found;
}

function childrenAt(schema: JsonObject, keyword: string): readonly Json[] {
  const value = schema[keyword];
  if (isArray(value)) return value;
  if (!isObject(value)) return [];
  const [, arity] = Object.entries(members.schema).find(([name]) => name === keyword)?.[1] ?? [];
  return arity === "map" ? Object.values(value) : [value];
}

function impliedBy(schema: JsonObject, document: JsonObject): ImpliedType | undefined {
  if (saysType(schema)) return undefined;
  const branches = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => asArray(schema[keyword]));
  const own = ofKeywords(schema);
  if (own === undefined) return ofParts(asArray(schema["allOf"]));
  // Another part may let other types in on purpose, null for one.
  const isAlone = branches.every((branch) => allowsOnly(own.type, branch, document));
  return isAlone ? own : undefined;
}

function saysType(schema: JsonObject): boolean {
  return ["type", "$ref", "$dynamicRef", "const", "enum"].some((keyword) => schema[keyword] !== undefined);
}

function ofKeywords(schema: JsonObject): ImpliedType | undefined {
  const object = isObject(schema["properties"])
    ? "properties"
    : asArray(schema["required"]).length > 0
      ? "required"
      : undefined;
  const isList = schema["items"] !== undefined;
  if (object !== undefined) return isList ? undefined : { type: "object", keyword: object };
  return isList ? { type: "array", keyword: "items" } : undefined;
}

/** The type that all parts imply, where none of them says anything else of types. */
function ofParts(parts: readonly Json[]): ImpliedType | undefined {
  const implied = new Set<ImpliedType["type"]>();
  for (const part of parts) {
    if (!isObject(part) || saysType(part) || part["nullable"] !== undefined) return undefined;
    if (["allOf", "anyOf", "oneOf"].some((keyword) => part[keyword] !== undefined)) return undefined;
    const type = ofKeywords(part)?.type;
    if (type !== undefined) implied.add(type);
  }
  const [type, ...others] = implied;
  return type === undefined || others.length > 0 ? undefined : { type, keyword: "allOf" };
}

function allowsOnly(type: string, branch: Json, document: JsonObject): boolean {
  const target = followRefs(document, branch, "").value;
  if (!isObject(target)) return true;
  const said = target["type"];
  const names = isArray(said) ? said : said === undefined ? [] : [said];
  return target["nullable"] !== true && names.every((name) => name === type);
}
