/** Documents that are not as OpenAPI has it, each with its warnings and with what comes of it. */

export interface Case {
  readonly name: string;
  /** Behind `openapi` and `info`. */
  readonly text: string;
  readonly codes: readonly string[];
  /** Pointers into the loaded document, and what is there. */
  readonly read: Readonly<Record<string, unknown>>;
}

export const schema = (text: string): string => `paths: {}\ncomponents: { schemas: { A: ${text} } }\n`;
export const get = (members: string): string => `paths: { /a: { get: { ${members} } } }\n`;
export const ok = 'responses: { "200": { description: ok } }';
export const a = "/components/schemas/A";
const operation = "/paths/~1a/get";

export const cases: readonly Case[] = [
  {
    name: "nothing inside x-",
    text: `${get(`${ok}, x-code: [{ $ref: gone.yaml, type: {} }]`)}x-webhooks: { on: true, $ref: 3 }\n`,
    codes: [],
    read: {},
  },
  {
    name: "a number as a text",
    text: "tags: [{ name: 7 }]\npaths: {}\n",
    codes: ["structure"],
    read: { "/tags/0/name": "7" },
  },
  {
    name: "null as a text",
    text: "tags: [{ name: a, description: }]\npaths: {}\n",
    codes: ["structure"],
    read: { "/tags/0": { name: "a" } },
  },
  {
    name: "a text as a number",
    text: schema('{ minLength: "3", maxLength: "many" }'),
    codes: ["structure", "structure"],
    read: { [a]: { minLength: 3 } },
  },
  {
    name: "a text as a boolean",
    text: schema('{ deprecated: "true" }'),
    codes: ["structure"],
    read: { [a]: { deprecated: true } },
  },
  {
    name: "servers as texts",
    text: 'servers: ["https://a.b"]\npaths: {}\n',
    codes: ["structure"],
    read: { "/servers": [{ url: "https://a.b" }] },
  },
  {
    name: "one server in place of a list",
    text: "servers: { url: / }\npaths: {}\n",
    codes: ["structure"],
    read: { "/servers": [{ url: "/" }] },
  },
  {
    name: "tags as texts",
    text: "tags: [a]\npaths: {}\n",
    codes: ["structure"],
    read: { "/tags": [{ name: "a" }] },
  },
  {
    name: "required on a property",
    text: schema("{ properties: { b: { required: true } } }"),
    codes: ["structure"],
    read: { [a]: { properties: { b: {} } } },
  },
  {
    name: "required as a text",
    text: schema("{ required: b }"),
    codes: ["structure"],
    read: { [a]: { required: ["b"] } },
  },
  {
    name: "types of other languages",
    text: schema("{ type: int }"),
    codes: ["schema-type"],
    read: { [a]: { type: "integer" } },
  },
  {
    name: "file",
    text: schema("{ type: file }"),
    codes: ["schema-type"],
    read: { [a]: { type: "string", format: "binary" } },
  },
  {
    name: "types that nobody knows",
    text: schema("{ type: any, title: T }"),
    codes: ["schema-type"],
    read: { [a]: { title: "T" } },
  },
  {
    name: "one schema in a list of items",
    text: schema("{ items: [{ type: string }] }"),
    codes: ["structure"],
    read: { [`${a}/items`]: { type: "string" } },
  },
  {
    name: "several schemas in a list of items",
    text: schema("{ items: [{ type: string }, { type: number }] }"),
    codes: ["structure"],
    read: { [`${a}/items`]: { anyOf: [{ type: "string" }, { type: "number" }] } },
  },
  {
    name: "allOf as one schema",
    text: schema("{ allOf: { type: string } }"),
    codes: ["structure"],
    read: { [a]: { allOf: [{ type: "string" }] } },
  },
  {
    name: "an empty union",
    text: schema("{ oneOf: [], title: T }"),
    codes: ["structure"],
    read: { [a]: { title: "T" } },
  },
  { name: "a schema that is null", text: schema(""), codes: ["structure"], read: { [a]: {} } },
  {
    name: "a discriminator as a text",
    text: schema("{ discriminator: kind }"),
    codes: ["structure"],
    read: { [a]: { discriminator: { propertyName: "kind" } } },
  },
  {
    name: "a parameter without a schema",
    text: get(`parameters: [{ name: q, in: query }], ${ok}`),
    codes: ["structure-missing"],
    read: { [`${operation}/parameters/0/schema`]: {} },
  },
  {
    name: "a parameter as in Swagger 2.0",
    text: get(`parameters: [{ name: q, in: query, type: string }], ${ok}`),
    codes: ["structure-member", "structure-missing"],
    read: { [`${operation}/parameters/0`]: { name: "q", in: "query", schema: { type: "string" } } },
  },
  {
    name: "a parameter that is nowhere",
    text: get(`parameters: [{ name: b, in: body }], ${ok}`),
    codes: ["structure"],
    read: { [`${operation}/parameters`]: [] },
  },
  {
    name: "a response as a text",
    text: get('responses: { "200": Done. }'),
    codes: ["structure"],
    read: { [`${operation}/responses/200`]: { description: "Done." } },
  },
  {
    name: "examples as a list",
    text: get('responses: { "200": { description: ok, content: { a/b: { examples: [1] } } } }'),
    codes: ["structure", "structure"],
    read: { [`${operation}/responses/200/content/a~1b/examples`]: { example1: { value: 1 } } },
  },
  {
    name: "security as texts",
    text: `security: [key]\npaths: {}\ncomponents: { securitySchemes: { key: { type: APIKEY, name: k, in: header } } }\n`,
    codes: ["structure", "structure"],
    read: { "/security": [{ key: [] }], "/components/securitySchemes/key/type": "apiKey" },
  },
  {
    name: "an example that is missing",
    text: get(
      'responses: { "200": { description: ok, content: { a/b: { examples: { e: { $ref: "#/components/examples/E" } } } } } }',
    ),
    codes: ["ref-unresolved"],
    read: { [`${operation}/responses/200/content/a~1b/examples`]: {} },
  },
  {
    name: "a schema that is missing",
    text: schema('{ properties: { b: { $ref: "#/components/schemas/B" } } }'),
    codes: ["ref-unresolved"],
    read: { [`${a}/properties/b`]: {} },
  },
  {
    name: "a response that is missing",
    text: get('responses: { "404": { $ref: "#/components/responses/No" } }'),
    codes: ["ref-unresolved"],
    read: { [`${operation}/responses/404`]: { description: "" } },
  },
  {
    name: "a parameter that is missing",
    text: get(`parameters: [{ $ref: "#/components/parameters/P" }], ${ok}`),
    codes: ["ref-unresolved"],
    read: { [`${operation}/parameters`]: [] },
  },
  {
    name: "a file that is missing",
    text: schema("{ $ref: gone.yaml }"),
    codes: ["file-missing"],
    read: { [a]: {} },
  },
  {
    name: "references without a slash",
    text:
      get('responses: { "200": { $ref: "#components/responses/R" } }') +
      "components: { responses: { R: { description: ok } } }\n",
    codes: ["ref-spelling"],
    read: { [`${operation}/responses/200`]: { $ref: "#/components/responses/R" } },
  },
  {
    name: "references with quotes",
    text: schema('{ items: { $ref: "%22#/components/schemas/A%22" } }'),
    codes: ["ref-spelling"],
    read: { [`${a}/items`]: { $ref: "#/components/schemas/A" } },
  },
  {
    name: "references to definitions",
    text: schema('{ items: { $ref: "#/definitions/A" } }'),
    codes: ["ref-spelling"],
    read: { [`${a}/items`]: { $ref: "#/components/schemas/A" } },
  },
  {
    name: "a reference in place of content",
    text: get(
      'responses: { "200": { description: ok, content: { a/b: { schema: { type: string } } } }, "201": { description: ok, content: { $ref: "#/paths/~1a/get/responses/200/content" } } }',
    ),
    codes: ["ref-misplaced"],
    read: { [`${operation}/responses/201/content`]: { "a/b": { schema: { type: "string" } } } },
  },
  {
    name: "a reference into another list of parameters",
    text: 'paths: { /b: { get: { parameters: [{ name: q, in: query, schema: { type: integer } }], responses: {} } }, /a: { get: { parameters: [{ $ref: "#/paths/~1b/get/parameters/0" }], responses: {} } } }\n',
    codes: [],
    read: { [`${operation}/parameters/0`]: { name: "q", in: "query", schema: { type: "integer" } } },
  },
  {
    name: "a path item in an extension",
    text: 'paths: { /a: { $ref: "#/x-shared/a" } }\nx-shared: { a: { get: { responses: {} } } }\n',
    codes: [],
    read: { "/paths/~1a": { get: { responses: {} } } },
  },
  {
    name: "a parent with its children",
    text: 'paths: {}\ncomponents: { schemas: { A: { title: T, oneOf: [{ $ref: "#/components/schemas/B" }], discriminator: { propertyName: k } }, B: { allOf: [{ $ref: "#/components/schemas/A" }] } } }\n',
    codes: ["schema-loop"],
    read: { [a]: { title: "T" } },
  },
  {
    name: "allOf of itself",
    text: schema('{ allOf: [{ $ref: "#/components/schemas/A" }, { type: object }] }'),
    codes: ["schema-loop"],
    read: { [a]: { allOf: [{ type: "object" }] } },
  },
  {
    name: "a reference to itself",
    text: schema('{ $ref: "#/components/schemas/A" }'),
    codes: ["ref-cycle"],
    read: { [a]: {} },
  },
  {
    name: "braces in column one",
    text: "paths: {\n  /a: { get: { responses: { } } } # end\n}\n",
    codes: [],
    read: { [operation]: { responses: {} } },
  },
  {
    name: "a scheme that is not declared",
    text: get(`security: [{ key: [] }], ${ok}`),
    codes: ["security-scheme"],
    read: {},
  },
];
