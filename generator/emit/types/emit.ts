/** `types.ts`: openapi-typescript on the expanded document, without a second round of bundling and linting. */
import type { GlobalContext } from "openapi-typescript";
import { asObject, isObject, type JsonObject } from "../../json/json.ts";
import { typescriptHeader } from "../../print/header.ts";
import type { Emitter } from "../emitter.ts";
import { astToString, resolveRef, transformSchema, type TypedDocument } from "./openapi-typescript.ts";
import { prepareForTypes } from "./prepare.ts";
import { TypeStatements } from "./statements.ts";

export const emitTypes: Emitter = (model) => ({
  files: [{ path: "types.ts", content: typescriptHeader + printTypes(model.document) }],
  findings: [],
});

/** Paths or components that are typed and printed at a time. */
const pieceSize = 32;

/** The body of `types.ts`. `document` is OpenAPI 3.1 with local references only; it is not modified. */
export function printTypes(document: JsonObject): string {
  const prepared = prepareForTypes(document);
  const whole = asTyped(prepared);
  const print = (part: JsonObject): string[] =>
    transformSchema(asTyped(part), createContext(whole)).map((node) => astToString(node));
  const statements = new TypeStatements();
  for (const { part, section } of pieces(prepared)) {
    for (const statement of print(part)) statements.take(statement, section);
  }
  return statements.print(print(frameOf(prepared)));
}

interface Piece {
  readonly part: JsonObject;
  /** Of `components`. */
  readonly section?: string;
}

function* pieces({ paths, webhooks, components }: JsonObject): Generator<Piece> {
  for (const part of slices(asObject(paths))) yield { part: { paths: part } };
  for (const part of slices(asObject(webhooks))) yield { part: { webhooks: part } };
  for (const [section, members] of Object.entries(asObject(components))) {
    for (const part of slices(asObject(members)))
      yield { part: { components: { [section]: part } }, section };
  }
}

function* slices(members: JsonObject): Generator<JsonObject> {
  const entries = Object.entries(members);
  for (let start = 0; start < entries.length; start += pieceSize) {
    yield Object.fromEntries(entries.slice(start, start + pieceSize));
  }
}

/** The document with nothing declared in it but definitions, which openapi-typescript types as those of one schema. */
function frameOf({ components, $defs }: JsonObject): JsonObject {
  const definitions = { type: "object", properties: $defs ?? {}, required: Object.keys(asObject($defs)) };
  return {
    ...(isObject(components) ? { components: {} } : {}),
    ...($defs === undefined ? {} : { $defs: definitions }),
  };
}

function asTyped(document: JsonObject): TypedDocument {
  // `load` has checked that the document has the shape of OpenAPI, which is all that this type says.
  return document as unknown as TypedDocument;
}

/**
 * openapi-typescript's own defaults, but for two that its validators-free world can afford and ours cannot: a member
 * with a `default` stays optional, and `type: object` without properties is any object.
 */
function createContext(whole: TypedDocument): GlobalContext {
  const context: Omit<GlobalContext, "redoc"> = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: { objects: {}, refsHandled: [] },
    emptyObjectsUnknown: true,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    resolve: ($ref) => resolveRef(whole, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: undefined,
    transformProperty: undefined,
  };
  // `redoc` is the configuration for bundling and linting, neither of which happens here.
  return context as GlobalContext;
}
