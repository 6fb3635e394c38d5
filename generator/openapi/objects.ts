/** What each object of OpenAPI 3.0, 3.1 and 3.2 holds: the one table that reading, checking and walking stand on. */

import { schemaFields } from "./schema-fields.ts";

/** A feature line of OpenAPI. */
export type Line = "3.0" | "3.1" | "3.2";

export type Arity = "one" | "list" | "map";

export interface Field {
  /** Another object of the table, or one of `scalarKinds`. */
  readonly kind: string;
  readonly arity: Arity;
  readonly required: boolean;
  /** A map that specification extensions may stand in. */
  readonly extensible: boolean;
  /** The first line that has the member. */
  readonly since: Line;
}

export type Fields = Readonly<Record<string, Field>>;

/** Kinds of values that hold no objects: `type` names JSON types, `bound` is a number or 3.0's boolean. */
export const scalarKinds = ["string", "boolean", "number", "count", "any", "type", "bound"] as const;
export type ScalarKind = (typeof scalarKinds)[number];

/** `kind`, then `[]` for a list, `{}` for a map, `{x}` for a map with extensions, `!` for required, `@3.1` for since. */
const written: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  document: {
    openapi: "string!",
    $self: "string@3.2",
    info: "info!",
    jsonSchemaDialect: "string@3.1",
    servers: "server[]",
    paths: "pathItem{x}",
    webhooks: "pathItem{}@3.1",
    components: "components",
    security: "requirement[]",
    tags: "tag[]",
    externalDocs: "externalDocs",
    "x-error-envelope": "errorEnvelope",
  },
  info: {
    title: "string!",
    version: "string!",
    summary: "string@3.1",
    description: "string",
    termsOfService: "string",
    contact: "contact",
    license: "license",
  },
  contact: { name: "string", url: "string", email: "string" },
  license: { name: "string!", identifier: "string@3.1", url: "string" },
  server: { url: "string!", name: "string@3.2", description: "string", variables: "serverVariable{}" },
  serverVariable: { enum: "string[]", default: "string!", description: "string" },
  components: {
    schemas: "schema{}",
    responses: "response{}",
    parameters: "parameter{}",
    examples: "example{}",
    requestBodies: "requestBody{}",
    headers: "header{}",
    securitySchemes: "securityScheme{}",
    links: "link{}",
    callbacks: "callback{}",
    pathItems: "pathItem{}@3.1",
    mediaTypes: "mediaType{}@3.2",
  },
  pathItem: {
    $ref: "string",
    summary: "string",
    description: "string",
    get: "operation",
    put: "operation",
    post: "operation",
    delete: "operation",
    options: "operation",
    head: "operation",
    patch: "operation",
    trace: "operation",
    query: "operation@3.2",
    additionalOperations: "operation{}@3.2",
    servers: "server[]",
    parameters: "parameter[]",
  },
  operation: {
    tags: "string[]",
    summary: "string",
    description: "string",
    externalDocs: "externalDocs",
    operationId: "string",
    parameters: "parameter[]",
    requestBody: "requestBody",
    responses: "response{x}",
    callbacks: "callback{}",
    deprecated: "boolean",
    security: "requirement[]",
    servers: "server[]",
  },
  externalDocs: { description: "string", url: "string!" },
  parameter: {
    name: "string!",
    in: "string!",
    description: "string",
    required: "boolean",
    deprecated: "boolean",
    allowEmptyValue: "boolean",
    style: "string",
    explode: "boolean",
    allowReserved: "boolean",
    schema: "schema",
    example: "any",
    examples: "example{}",
    content: "mediaType{}",
  },
  header: {
    description: "string",
    required: "boolean",
    deprecated: "boolean",
    allowEmptyValue: "boolean",
    style: "string",
    explode: "boolean",
    allowReserved: "boolean",
    schema: "schema",
    example: "any",
    examples: "example{}",
    content: "mediaType{}",
  },
  requestBody: { description: "string", content: "mediaType{}!", required: "boolean" },
  mediaType: {
    schema: "schema",
    itemSchema: "schema@3.2",
    example: "any",
    examples: "example{}",
    encoding: "encoding{}",
    prefixEncoding: "encoding[]@3.2",
    itemEncoding: "encoding@3.2",
  },
  encoding: {
    contentType: "string",
    headers: "header{}",
    style: "string",
    explode: "boolean",
    allowReserved: "boolean",
    encoding: "encoding{}@3.2",
    prefixEncoding: "encoding[]@3.2",
    itemEncoding: "encoding@3.2",
  },
  response: {
    summary: "string@3.2",
    description: "string",
    headers: "header{}",
    content: "mediaType{}",
    links: "link{}",
  },
  // A map of path items under runtime expressions.
  callback: {},
  example: {
    summary: "string",
    description: "string",
    value: "any",
    dataValue: "any@3.2",
    serializedValue: "string@3.2",
    externalValue: "string",
  },
  link: {
    operationRef: "string",
    operationId: "string",
    parameters: "any{}",
    requestBody: "any",
    description: "string",
    server: "server",
  },
  tag: {
    name: "string!",
    summary: "string@3.2",
    description: "string",
    externalDocs: "externalDocs",
    parent: "string@3.2",
    kind: "string@3.2",
  },
  securityScheme: {
    type: "string!",
    description: "string",
    name: "string",
    in: "string",
    scheme: "string",
    bearerFormat: "string",
    flows: "flows",
    openIdConnectUrl: "string",
    oauth2MetadataUrl: "string@3.2",
    deprecated: "boolean@3.2",
  },
  flows: {
    implicit: "flow",
    password: "flow",
    clientCredentials: "flow",
    authorizationCode: "flow",
    deviceAuthorization: "flow@3.2",
  },
  flow: {
    authorizationUrl: "string",
    deviceAuthorizationUrl: "string@3.2",
    tokenUrl: "string",
    refreshUrl: "string",
    scopes: "string{}",
  },
  // A map of lists of scopes under the names of schemes.
  requirement: {},
  schema: schemaFields,
  discriminator: { propertyName: "string!", mapping: "string{}", defaultMapping: "string@3.2" },
  xml: {
    name: "string",
    namespace: "string",
    prefix: "string",
    attribute: "boolean",
    wrapped: "boolean",
    nodeType: "string@3.2",
  },
  // The authoring vocabulary: its other members are the business of the rules.
  errorEnvelope: { headers: "header{}" },
  errorCode: { details: "schema" },
};

/** Every object by its name. */
export const objects: Readonly<Record<string, Fields>> = Object.fromEntries(
  Object.entries(written).map(([name, fields]) => [
    name,
    Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, parseField(text)])),
  ]),
);

/** The only member kind of an object that is a map throughout. */
const maps: Readonly<Record<string, Field>> = {
  callback: { ...parseField("pathItem"), extensible: true },
  requirement: parseField("any"),
};

/** Objects of the vocabulary, whose other members are not OpenAPI's. */
const open: ReadonlySet<string> = new Set(["errorEnvelope", "errorCode"]);

/** What the entries of an object that is a map are, or `undefined` for any other. */
export function entriesOf(kind: string): Field | undefined {
  return maps[kind];
}

const fieldOfData: Field = parseField("any");
const fieldOfExtension: Field = { ...fieldOfData, kind: "extension" };

/**
 * What stands under `key` of a value of this field: the entry of a list or a map, or the member of an object. Of the
 * kind `any` where that is data, of the kind `extension` where it is a specification extension.
 */
export function fieldOf(field: Field, key: string): Field {
  const { kind, arity } = field;
  if (arity !== "one")
    return field.extensible && key.startsWith("x-") ? fieldOfExtension : { ...field, arity: "one" };
  const entries = maps[kind];
  if (entries !== undefined) return entries.extensible && key.startsWith("x-") ? fieldOfExtension : entries;
  const fields = objects[kind];
  if (fields === undefined) return fieldOfData;
  if (Object.hasOwn(fields, key)) return fields[key] ?? fieldOfData;
  return key.startsWith("x-") ? fieldOfExtension : fieldOfData;
}

/** True if members that the table does not name do not concern OpenAPI. */
export function isOpen(kind: string): boolean {
  return open.has(kind);
}

/** The section of `components` for each kind that a Reference Object may stand for (OpenAPI 3.1.1 §4.8.23). */
export const sections: Readonly<Record<string, string>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  example: "examples",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
  callback: "callbacks",
  pathItem: "pathItems",
  mediaType: "mediaTypes",
};

function parseField(text: string): Field {
  const [, kind = "any", list, required, since] = /^(\w+)(\[\]|\{x?\})?(!)?(?:@(.*))?$/.exec(text) ?? [];
  return {
    kind,
    arity: list === "[]" ? "list" : list === undefined ? "one" : "map",
    required: required !== undefined,
    extensible: list === "{x}",
    since: since === "3.1" || since === "3.2" ? since : "3.0",
  };
}
