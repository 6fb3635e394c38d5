/** Where issues with single fields sit in error bodies, and the shape of errors that have no code (`x-error-envelope`). */
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, pointerTokens } from "../json/pointer.ts";
import { memberSchema } from "./envelope.ts";
import { envelopeKey, errorEnvelopeSchemaName } from "./vocabulary.ts";

/** How the name of a field is spelt: `user.email`, `email`, or `/user/email`. */
export const fieldNames = ["dotted", "last", "pointer"] as const;
export type FieldNames = (typeof fieldNames)[number];

/** The members of each issue in a list, by what they hold. */
export const issueMembers = ["pointer", "field", "path", "message", "rule", "status"] as const;
export type IssueMember = (typeof issueMembers)[number];

/** Paths are property names from the root of the body; those of `members` from the issue. */
export interface IssuesPlace {
  readonly at: readonly string[];
  /** `map`: messages by field; `list`: an object for each issue. */
  readonly form: "map" | "list";
  /** Of a map: is a value one text, or a list of them? */
  readonly values: "text" | "list";
  readonly names: FieldNames;
  /** The field of issues that belong to none. */
  readonly general?: string;
  readonly members: { readonly [Name in IssueMember]?: readonly string[] };
}

/** The shape of errors whose status is the code. */
export interface ErrorLayout {
  readonly message?: readonly string[];
  readonly status?: readonly string[];
  readonly issues?: IssuesPlace;
  readonly mediaType: string;
  /** Pointer of the schema, e.g. `/components/schemas/ValidationErrors`. */
  readonly schema: string;
}

/** True if the document says that the status is the code. */
export function isByStatus(document: JsonObject): boolean {
  return asObject(document[envelopeKey])["code"] === "status";
}

/** The shape of errors in a document that says that the status is the code; `undefined` for any other. */
export function readErrorLayout(document: JsonObject): ErrorLayout | undefined {
  if (!isByStatus(document)) return undefined;
  const declared = asObject(document[envelopeKey]);
  const { schema: name, mediaType, message, status } = declared;
  const schema = schemaPointer(name);
  if (memberSchema(document, schema, []) === undefined) return undefined;
  const issues = readIssues(document, schema, declared["issues"]);
  return {
    ...(isPointer(message) ? { message: pointerTokens(message) } : {}),
    ...(isPointer(status) ? { status: pointerTokens(status) } : {}),
    ...(issues === undefined ? {} : { issues }),
    mediaType: typeof mediaType === "string" ? mediaType.toLowerCase() : "application/json",
    schema,
  };
}

/** `issues` of `x-error-envelope`: a pointer, or a mapping with `at`; lists and maps are told apart by the schema. */
export function readIssues(
  document: JsonObject,
  schema: string,
  declared: Json | undefined,
): IssuesPlace | undefined {
  const said: JsonObject = typeof declared === "string" ? { at: declared } : asObject(declared);
  const { at, names, general } = said;
  if (!isPointer(at)) return undefined;
  const path = pointerTokens(at);
  const place = memberSchema(document, schema, path);
  if (place === undefined) return undefined;
  const members = issueMembers.flatMap((member) => {
    const pointer = said[member];
    return isPointer(pointer) ? [[member, pointerTokens(pointer)] as const] : [];
  });
  const known = fieldNames.find((name) => name === names);
  return {
    at: path,
    form: isOfType(place.value, "array") ? "list" : "map",
    values: holdsText(document, place) ? "text" : "list",
    names: known ?? "dotted",
    ...(typeof general === "string" ? { general } : {}),
    members: Object.fromEntries(members),
  };
}

/** Pointer of the schema that `x-error-envelope` names. */
export function schemaPointer(name: Json | undefined): string {
  return joinPointer("/components/schemas", typeof name === "string" ? name : errorEnvelopeSchemaName);
}

/** A JSON Pointer; the empty one is the whole body. */
export function isPointer(value: Json | undefined): value is string {
  return typeof value === "string" && (value === "" || value.startsWith("/"));
}

function isOfType(schema: Json, type: string): boolean {
  if (!isObject(schema)) return false;
  return [schema["type"]].flat().includes(type);
}

function holdsText(document: JsonObject, { value, pointer }: { value: Json; pointer: string }): boolean {
  if (!isObject(value) || !isObject(value["additionalProperties"])) return false;
  const inner = memberSchema(document, joinPointer(pointer, "additionalProperties"), []);
  return inner !== undefined && isOfType(inner.value, "string");
}
