/** `types.ts`: openapi-typescript on the expanded document, without a second round of bundling and linting. */
import {
  astToString,
  resolveRef,
  scanDiscriminators,
  stringToAST,
  transformSchema,
  type GlobalContext,
  type OpenAPI3,
} from "openapi-typescript";
import ts from "typescript";
import type { JsonObject } from "../../json/json.ts";
import { typescriptHeader } from "../../print/header.ts";
import type { Emitter } from "../emitter.ts";
import { hasDiscriminator, prepareForTypes } from "./prepare.ts";

export const emitTypes: Emitter = (model) => ({
  files: [{ path: "types.ts", content: typescriptHeader + printTypes(model.document) }],
  findings: [],
});

/** The body of `types.ts`. `document` is OpenAPI 3.1 with local references only; it is not modified. */
export function printTypes(document: JsonObject): string {
  const prepared = prepareForTypes(document);
  // openapi-typescript writes discriminator values into the components that they lead to: it gets copies of its own.
  const { components } = prepared;
  const copied = hasDiscriminator(prepared)
    ? { ...prepared, components: structuredClone(components ?? {}) }
    : prepared;
  // `load` has checked that the document has the shape of OpenAPI, which is all that this type says.
  const schema = copied as unknown as OpenAPI3;
  return astToString(transformSchema(schema, createContext(schema)).map(replaceWithRequired));
}

/**
 * Takes any keys: those that `T` lacks, or has in some branch only, add nothing, and `null` in `T` is no object.
 * openapi-typescript's own helper does not compile there, because `keyof (X | null)` is `never`.
 */
const withRequired =
  "type WithRequired<T, K extends PropertyKey> = T & Required<Pick<NonNullable<T>, Extract<K, keyof NonNullable<T>>>>;";

function replaceWithRequired(node: ts.Node): ts.Node {
  if (!ts.isTypeAliasDeclaration(node) || node.name.text !== "WithRequired") return node;
  // The statement of the text above; openapi-typescript parses it with this very compiler, but types it as unknown.
  return (stringToAST(withRequired) as ts.Statement[])[0] ?? node;
}

/**
 * openapi-typescript's own defaults, but for two that its validators-free world can afford and ours cannot: a member
 * with a `default` stays optional, and `type: object` without properties is any object.
 */
function createContext(schema: OpenAPI3): GlobalContext {
  const options = { silent: true };
  const context: Omit<GlobalContext, "redoc"> = {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: scanDiscriminators(schema, options),
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
    resolve: ($ref) => resolveRef(schema, $ref, options),
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
