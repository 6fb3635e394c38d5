/** Where code, message and details sit in an error body: `x-error-envelope`, or read off `ErrorEnvelope` itself. */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer, pointerTokens, resolvePointer } from "../json/pointer.ts";
import { envelopeKey, errorCodeSchemaName, errorEnvelopeSchemaName } from "./vocabulary.ts";

/** Paths are property names from the root of the body; `code` has at least one step. */
export interface EnvelopeDeclaration {
  readonly code: readonly string[];
  readonly message?: readonly string[];
  readonly details?: readonly string[];
  readonly status?: readonly string[];
  readonly mediaType: string;
  /** Header Objects (or references) that every error response carries, by name. */
  readonly headers: JsonObject;
  /** Pointer of the envelope's schema, e.g. `/components/schemas/ErrorEnvelope`. */
  readonly schema: string;
}

/**
 * The envelope that a bundled document declares; `undefined` where it has neither `x-error-envelope` nor a schema
 * `ErrorEnvelope` with a member for the code. Malformed members of the extension count as absent (the rules report them).
 */
export function readEnvelope(document: JsonObject): EnvelopeDeclaration | undefined {
  const extension = document[envelopeKey];
  const declared: JsonObject = asObject(extension);
  // Then no member holds it.
  if (declared["code"] === "status") return undefined;
  const name = typeof declared["schema"] === "string" ? declared["schema"] : errorEnvelopeSchemaName;
  const schema = joinPointer("/components/schemas", name);
  if (resolvePointer(document, schema) === undefined) return undefined;
  const code = declaredPath(declared["code"]) ?? findCode(document, schema);
  if (code === undefined) return undefined;
  const parent = code.slice(0, -1);
  const has = (path: readonly string[]): boolean => memberSchema(document, schema, path) !== undefined;
  const sibling = (member: string, fallback: string): Partial<Record<string, readonly string[]>> => {
    const path = declaredPath(declared[member]) ?? [...parent, fallback];
    return has(path) ? { [member]: path } : {};
  };
  const mediaType = declared["mediaType"];
  return {
    code,
    ...sibling("message", "message"),
    ...sibling("details", "details"),
    ...(declared["status"] === undefined ? {} : sibling("status", "status")),
    mediaType: typeof mediaType === "string" ? mediaType.toLowerCase() : "application/json",
    headers: asObject(declared["headers"]),
    schema,
  };
}

/** The schema of the member at `path` inside the object schema at `pointer`, through `$ref`s and `allOf`. */
export function memberSchema(
  document: JsonObject,
  pointer: string,
  path: readonly string[],
  seen: ReadonlySet<string> = new Set(),
): { readonly value: Json; readonly pointer: string } | undefined {
  const resolved = followRefs(document, resolvePointer(document, pointer), pointer);
  if (resolved.value === undefined || seen.has(resolved.pointer)) return undefined;
  const [step, ...rest] = path;
  if (step === undefined) return { value: resolved.value, pointer: resolved.pointer };
  if (!isObject(resolved.value)) return undefined;
  const { properties, allOf } = resolved.value;
  if (isObject(properties) && Object.hasOwn(properties, step)) {
    return memberSchema(document, joinPointer(resolved.pointer, "properties", step), rest);
  }
  // An `allOf` that contains its own schema adds nothing to it.
  const inside = new Set([...seen, resolved.pointer]);
  for (const index of isArray(allOf) ? allOf.keys() : []) {
    const found = memberSchema(document, joinPointer(resolved.pointer, "allOf", index), path, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Without a declaration: the member, at the top or one level down, whose schema is a reference to `ErrorCode`; else `error`. */
function findCode(document: JsonObject, schema: string): readonly string[] | undefined {
  const top = memberSchema(document, schema, []);
  const target = `#${joinPointer("/components/schemas", errorCodeSchemaName)}`;
  const candidates = propertyNames(top?.value).flatMap((name) => [
    [name],
    ...propertyNames(memberSchema(document, schema, [name])?.value).map((inner) => [name, inner]),
  ]);
  const refersToCode = (path: readonly string[]): boolean => {
    const holder = memberSchema(document, schema, path.slice(0, -1));
    const step = path.at(-1);
    if (!isObject(holder?.value) || !isObject(holder.value["properties"]) || step === undefined) return false;
    const member = holder.value["properties"][step];
    return isObject(member) && member["$ref"] === target;
  };
  return (
    candidates.find(refersToCode) ??
    candidates.find(([name, inner]) => name === "error" && inner === undefined)
  );
}

function propertyNames(schema: Json | undefined): string[] {
  return isObject(schema) && isObject(schema["properties"]) ? Object.keys(schema["properties"]) : [];
}

function declaredPath(value: Json | undefined): readonly string[] | undefined {
  if (typeof value !== "string" || !value.startsWith("/")) return undefined;
  return pointerTokens(value);
}
