/** Rewrites of a document that change nothing: the guard must not say a word, in either direction. */
import { describe, expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare.ts";
import { clientKinds } from "../../generator/diff/change.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { at, contract, list, modelOf, set, type Draft } from "../support/contract.ts";

/** Every kind of client counts here: a rewrite must not be worth a word to any of them. */
const settings = { ...defaultSettings, clients: clientKinds, today: "2026-12-01" };

/** Prints the same JSON with the members of every object in another order. */
function reorder(value: unknown, turn: (names: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => reorder(item, turn));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>; // neither null nor a list
  return Object.fromEntries(turn(Object.keys(object)).map((name) => [name, reorder(object[name], turn)]));
}

const object = (document: unknown): Draft => document as Draft; // what reorder gives for an object is an object

type Rewrite = readonly [name: string, rewrite: (document: Draft) => Draft];
const inPlace = (name: string, change: (document: Draft) => void): Rewrite => [
  name,
  (document) => {
    change(document);
    return document;
  },
];

const orders: Rewrite[] = [
  ["members in reverse", (d) => object(reorder(d, (names) => names.toReversed()))],
  ["members sorted", (d) => object(reorder(d, (names) => names.toSorted()))],
  ["members rotated", (d) => object(reorder(d, (names) => [...names.slice(1), ...names.slice(0, 1)]))],
  ...["components", "paths", "info"].map((name): Rewrite => [
    `members of ${name} in reverse`,
    (d) => ({ ...d, [name]: reorder(d[name], (names) => names.toReversed()) }),
  ]),
  ...[
    "schema:ErrorCode/enum",
    "op:createThing/x-errors",
    "op:deleteThing/x-errors",
    "schema:ExpiredDetails/required",
  ].map((path) =>
    inPlace(`${path} in reverse`, (d) => {
      list(d, path).reverse();
    }),
  ),
];

const operations = ["listThings", "createThing", "getThing", "deleteThing", "health", "lab"];
const schemas = [
  "Thing",
  "ErrorEnvelope",
  "ErrorCode",
  "BadRequestDetails",
  "Issue",
  "ScopeDetails",
  "TrialDetails",
  "ExpiredDetails",
];
const codes = [
  "bad_request",
  "unauthorized",
  "insufficient_scope",
  "not_found",
  "conflict",
  "in_beta",
  "trial",
  "expired",
  "legacy",
  "rate_limited",
  "internal",
];

const prose: Rewrite[] = [
  ...operations.flatMap((name) => [
    inPlace(`another description of ${name}`, (d) => {
      set(d, `op:${name}/description`, "Quite another text.");
    }),
    inPlace(`another summary of ${name}`, (d) => {
      set(d, `op:${name}/summary`, "Quite another text.");
    }),
    inPlace(`tags of ${name}`, (d) => {
      set(d, `op:${name}/tags`, ["a"]);
    }),
  ]),
  ...schemas.flatMap((name) => [
    inPlace(`another description of ${name}`, (d) => {
      set(d, `schema:${name}/description`, "Quite another text.");
    }),
    inPlace(`a title of ${name}`, (d) => {
      set(d, `schema:${name}/title`, "Title");
    }),
    inPlace(`an extension of ${name}`, (d) => {
      set(d, `schema:${name}/x-note`, { a: [1] });
    }),
    inPlace(`a comment in ${name}`, (d) => {
      set(d, `schema:${name}/$comment`, "note");
    }),
  ]),
  ...codes.flatMap((name) => [
    inPlace(`the message of ${name}`, (d) => {
      set(d, `code:${name}/message`, "Other words.");
    }),
    inPlace(`the title of ${name}`, (d) => {
      set(d, `code:${name}/title`, "Other words");
    }),
    inPlace(`line breaks in the meaning of ${name}`, (d) => {
      set(d, `code:${name}/meaning`, String(at(d, `code:${name}`)["meaning"]).replaceAll(" ", "\n"));
    }),
    inPlace(`Markdown in the meaning of ${name}`, (d) => {
      set(d, `code:${name}/meaning`, `**${String(at(d, `code:${name}`)["meaning"])}**`);
    }),
    inPlace(`since of ${name}`, (d) => {
      set(d, `code:${name}/since`, "0.9.0");
    }),
  ]),
];

/** The same details in another way of writing. */
const field = (name: string, property: string, schema: unknown): Rewrite =>
  inPlace(`details: ${name}`, (d) => {
    set(d, `schema:ExpiredDetails/properties/${property}`, schema);
  });

const equivalents: Rewrite[] = [
  field("enum in another order", "reason", { type: "string", enum: ["used", "lapsed"] }),
  field("enum with a repetition", "reason", { type: "string", enum: ["lapsed", "used", "lapsed"] }),
  field("enum without a type", "reason", { enum: ["lapsed", "used"] }),
  field("enum as a choice of constants", "reason", { oneOf: [{ const: "lapsed" }, { const: "used" }] }),
  field("enum as any of constants", "reason", { anyOf: [{ const: "used" }, { const: "lapsed" }] }),
  field("enum with a bound that it keeps", "reason", {
    type: "string",
    enum: ["lapsed", "used"],
    minLength: 1,
  }),
  field("enum with an annotation", "reason", {
    type: "string",
    enum: ["lapsed", "used"],
    default: "used",
    title: "How it ended",
  }),
  field("a format with an example", "at", {
    type: "string",
    format: "date-time",
    examples: ["2026-01-01T00:00:00Z"],
  }),
  field("allOf of one", "at", { allOf: [{ type: "string", format: "date-time" }] }),
  field("allOf of two", "at", { allOf: [{ type: "string" }, { format: "date-time" }] }),
  field("type in a list", "at", { type: ["string"], format: "date-time" }),
  field("anyOf of one", "at", { anyOf: [{ type: "string", format: "date-time" }] }),
  field("exclusive bounds of an integer", "count", {
    type: "integer",
    exclusiveMinimum: 0,
    exclusiveMaximum: 11,
  }),
  field("an integer as a multiple of one", "count", {
    type: "number",
    multipleOf: 1,
    minimum: 1,
    maximum: 10,
  }),
  field("bounds in allOf", "count", { type: "integer", allOf: [{ minimum: 1 }, { maximum: 10 }] }),
  field("a looser bound beside a tight one", "count", {
    allOf: [{ type: "integer", minimum: 1, maximum: 10 }, { maximum: 99 }],
  }),
  field("types in another order", "note", { type: ["null", "string"], maxLength: 20 }),
  field("null with anyOf", "note", { anyOf: [{ type: "string", maxLength: 20 }, { type: "null" }] }),
  field("null with oneOf", "note", { oneOf: [{ type: "null" }, { type: "string", maxLength: 20 }] }),
  field("a bound that says nothing", "note", { type: ["string", "null"], maxLength: 20, minLength: 0 }),
  field("a keyword of another type", "note", {
    type: ["string", "null"],
    maxLength: 20,
    minimum: 3,
    required: ["x"],
  }),
  field("items with a description", "tags", {
    type: "array",
    items: { type: "string", description: "x" },
    maxItems: 3,
  }),
  field("minItems 0", "tags", { type: "array", items: { type: "string" }, maxItems: 3, minItems: 0 }),
  field("uniqueItems false", "tags", {
    type: "array",
    items: { type: "string" },
    maxItems: 3,
    uniqueItems: false,
  }),
  field("items as allOf", "tags", { type: "array", items: { allOf: [{ type: "string" }] }, maxItems: 3 }),
  field("an inner object by reference", "owner", { $ref: "#/components/schemas/Owner" }),
  inPlace("details: an inner object through two references", (d) => {
    at(d, "components/schemas")["Owner"] = at(d, "schema:ExpiredDetails/properties/owner");
    at(d, "components/schemas")["Person"] = { $ref: "#/components/schemas/Owner" };
    set(d, "schema:ExpiredDetails/properties/owner", {
      $ref: "#/components/schemas/Person",
      description: "x",
    });
  }),
  inPlace("details: items written out", (d) => {
    set(d, "schema:BadRequestDetails/properties/issues/items", at(d, "schema:Issue"));
  }),
  inPlace("details: items of a schema with another name", (d) => {
    at(d, "components/schemas")["Problem"] = at(d, "schema:Issue");
    set(d, "schema:BadRequestDetails/properties/issues/items", { $ref: "#/components/schemas/Problem" });
  }),
  ...["BadRequestDetails", "ScopeDetails", "TrialDetails", "ExpiredDetails"].map((name) =>
    inPlace(`${name} under another name`, (d) => {
      const components = at(d, "components/schemas");
      components[`${name}V2`] = components[name];
      Reflect.deleteProperty(components, name);
      const code =
        {
          BadRequestDetails: "bad_request",
          ScopeDetails: "insufficient_scope",
          TrialDetails: "trial",
          ExpiredDetails: "expired",
        }[name] ?? "";
      set(d, `code:${code}/details`, { $ref: `#/components/schemas/${name}V2` });
    }),
  ),
  inPlace("the envelope's message with a bound that says nothing", (d) => {
    set(d, "schema:ErrorEnvelope/properties/message", { type: "string", minLength: 0 });
  }),
  inPlace("the envelope by the long way", (d) => {
    d["x-error-envelope"] = {
      schema: "ErrorEnvelope",
      code: "/error",
      message: "/message",
      details: "/details",
    };
  }),
  inPlace("a stage in a list", (d) => {
    set(d, "code:conflict/raised-by", ["handler"]);
  }),
  inPlace("fixed by the caller, said aloud", (d) => {
    set(d, "code:conflict/fixed-by", "caller");
  }),
  inPlace("stable, said aloud", (d) => {
    set(d, "code:conflict/x-stability", "stable");
  }),
  inPlace("a stable operation, said aloud", (d) => {
    set(d, "op:getThing/x-stability", "stable");
  }),
  inPlace("security of the document, said at the operation", (d) => {
    set(d, "op:getThing/security", [{ key: ["things:read"] }]);
  }),
  inPlace("an alternative twice", (d) => {
    set(d, "op:getThing/security", [{ key: ["things:read"] }, { key: ["things:read"] }]);
  }),
  inPlace("an alternative that asks for more", (d) => {
    set(d, "op:getThing/security", [{ key: ["things:read"] }, { key: ["things:read", "things:write"] }]);
  }),
  inPlace("another version", (d) => {
    set(d, "info/version", "1.3.0");
  }),
  inPlace("a base path in paths", (d) => {
    d["servers"] = [{ url: "https://api.example.com/" }];
  }),
  inPlace("parameters by reference", (d) => {
    const item = at(d, "paths")["/things/{id}"] as Draft; // the contract has it
    at(d, "components")["parameters"] = { Id: (item["parameters"] as unknown[])[0] }; // and its one parameter
    item["parameters"] = [{ $ref: "#/components/parameters/Id" }];
  }),
  inPlace("responses by reference", (d) => {
    at(d, "components")["responses"] = { Good: at(d, "op:getThing/responses/200") };
    set(d, "op:getThing/responses/200", { $ref: "#/components/responses/Good" });
  }),
  inPlace("a path item by reference", (d) => {
    const paths = at(d, "paths");
    at(d, "components")["pathItems"] = { health: paths["/health"] };
    paths["/health"] = { $ref: "#/components/pathItems/health" };
  }),
  inPlace("an error response written out", (d) => {
    at(d, "op:getThing/responses")["404"] = { description: "No such thing" };
  }),
  inPlace("a schema that nobody uses", (d) => {
    at(d, "components/schemas")["Spare"] = { type: "object" };
  }),
  inPlace("a scope that nobody uses", (d) => {
    set(d, "components/securitySchemes/key/x-scopes/spare", "S");
  }),
  inPlace("3.0", (d) => {
    d["openapi"] = "3.0.3";
    set(d, "schema:ExpiredDetails/properties/note", { type: "string", nullable: true, maxLength: 20 });
  }),
  inPlace("3.0 with exclusive bounds", (d) => {
    d["openapi"] = "3.0.3";
    set(d, "schema:ExpiredDetails/properties/note", { type: "string", nullable: true, maxLength: 20 });
    set(d, "schema:ExpiredDetails/properties/count", {
      type: "integer",
      minimum: 0,
      exclusiveMinimum: true,
      maximum: 10,
    });
  }),
  inPlace("3.1.0", (d) => {
    d["openapi"] = "3.1.0";
  }),
];

/** Ways of writing the same that come from other tools, formatters and editors. */
const reason = "schema:ExpiredDetails/properties/reason";
const note = "schema:ExpiredDetails/properties/note";
const spellings: Rewrite[] = [
  ...(
    [
      ["an enum as alternatives", reason, { oneOf: [{ const: "lapsed" }, { const: "used" }] }],
      ["an enum as alternatives of one", reason, { anyOf: [{ enum: ["used"] }, { enum: ["lapsed"] }] }],
      ["an enum without a type", reason, { enum: ["lapsed", "used"] }],
      ["an enum twice", reason, { allOf: [{ enum: ["lapsed", "used", "x"] }, { enum: ["used", "lapsed"] }] }],
      [
        "an enum with a length that says nothing",
        reason,
        { type: "string", enum: ["lapsed", "used"], maxLength: 9 },
      ],
      ["an enum with a default", reason, { type: "string", enum: ["lapsed", "used"], default: "used" }],
      ["null as an alternative", note, { oneOf: [{ type: "null" }, { type: "string", maxLength: 20 }] }],
      ["null as a constant", note, { anyOf: [{ const: null }, { type: "string", maxLength: 20 }] }],
      ["types in another order", note, { type: ["null", "string"], maxLength: 20 }],
      ["a length of nought", note, { type: ["string", "null"], maxLength: 20, minLength: 0 }],
      [
        "bounds apart",
        "schema:ExpiredDetails/properties/count",
        { allOf: [{ type: "integer", minimum: 1 }, { maximum: 10 }] },
      ],
      [
        "a whole number by its step",
        "schema:ExpiredDetails/properties/count",
        { type: "number", multipleOf: 1, minimum: 1, maximum: 10 },
      ],
      [
        "a looser bound too",
        "schema:ExpiredDetails/properties/count",
        { type: "integer", minimum: 1, maximum: 10, exclusiveMaximum: 11 },
      ],
      [
        "items said to differ in nothing",
        "schema:ExpiredDetails/properties/tags",
        { type: "array", items: { type: "string" }, maxItems: 3, uniqueItems: false },
      ],
      [
        "items with bounds that say nothing",
        "schema:ExpiredDetails/properties/tags",
        { type: "array", items: { type: ["string"] }, maxItems: 3, minItems: 0 },
      ],
      [
        "an owner with members counted",
        "schema:ExpiredDetails/properties/owner",
        {
          type: "object",
          properties: { name: { type: "string", minLength: 1 } },
          required: ["name"],
          additionalProperties: false,
          minProperties: 1,
        },
      ],
      [
        "an owner with a reference and siblings",
        "schema:ExpiredDetails/properties/owner",
        { $ref: "#/components/schemas/Owner", description: "Whose it is.", examples: [{ name: "Ada" }] },
      ],
      [
        "an owner with required in allOf",
        "schema:ExpiredDetails/properties/owner",
        {
          type: "object",
          properties: { name: { type: "string", minLength: 1 } },
          additionalProperties: false,
          allOf: [{ required: ["name"] }],
        },
      ],
      [
        "a date with an example",
        "schema:ExpiredDetails/properties/at",
        { type: "string", format: "date-time", example: "2026-01-01T00:00:00Z" },
      ],
    ] as const
  ).map(([name, path, schema]) =>
    inPlace(name, (d) => {
      set(d, path, schema);
    }),
  ),
  inPlace("details under a percent-encoded reference", (d) => {
    set(d, "code:expired/details", { $ref: "#/components/schemas/Expired%44etails" });
  }),
  inPlace("required names said twice", (d) => {
    list(d, "schema:ExpiredDetails/required").push("reason");
  }),
  inPlace("parameters at the operations", (d) => {
    const item = at(d, "paths")["/things/{id}"] as Draft; // the contract has it
    for (const name of ["getThing", "deleteThing"]) set(d, `op:${name}/parameters`, item["parameters"]);
    Reflect.deleteProperty(item, "parameters");
  }),
  inPlace("another name for a path parameter", (d) => {
    const paths = at(d, "paths");
    const item = paths["/things/{id}"] as Draft; // the contract has it
    Reflect.deleteProperty(paths, "/things/{id}");
    item["parameters"] = [{ name: "thing", in: "path", required: true, schema: { type: "string" } }];
    paths["/things/{thing}"] = item;
  }),
  inPlace("tags declared", (d) => {
    d["tags"] = [{ name: "things", description: "All of them." }];
  }),
  inPlace("a licence and a contact", (d) => {
    set(d, "info/license", { name: "MIT" });
    set(d, "info/contact", { email: "ada@example.com" });
  }),
  inPlace("a server with variables", (d) => {
    d["servers"] = [{ url: "https://{region}.example.com", variables: { region: { default: "api" } } }];
  }),
  inPlace("an operation deprecated aloud as not", (d) => {
    set(d, "op:getThing/deprecated", false);
  }),
  inPlace("a body described", (d) => {
    const body = at(d, "op:createThing/requestBody");
    set(d, "op:createThing/requestBody", { ...body, description: "What to make." });
  }),
  inPlace("a response described anew", (d) => {
    set(d, "op:listThings/responses/200/description", "Every one.");
  }),
  inPlace("an example of a response", (d) => {
    set(d, "op:getThing/responses/200/content/application~1json", undefined);
    at(d, "op:getThing/responses/200/content")["application/json"] = {
      schema: { $ref: "#/components/schemas/Thing" },
      examples: { one: { value: { name: "Ada" } } },
    };
  }),
  inPlace("external documentation", (d) => {
    d["externalDocs"] = { url: "https://docs.example.com" };
  }),
  inPlace("a security scheme described", (d) => {
    set(d, "components/securitySchemes/key/description", "A key.");
  }),
  inPlace("scopes twice", (d) => {
    set(d, "op:createThing/security", [{ key: ["things:write", "things:write"] }]);
  }),
  inPlace("callbacks that nobody calls", (d) => {
    at(d, "components")["callbacks"] = {};
  }),
];

const rewrites = [...orders, ...prose, ...equivalents, ...spellings];

/** Components that some rewrites refer to; on both sides, so that they make no difference. */
function prepared(): Draft {
  const document = contract();
  // JSON of the table above.
  at(document, "components/schemas")["Owner"] = JSON.parse(
    JSON.stringify(at(document, "schema:ExpiredDetails/properties/owner")),
  ) as unknown;
  return document;
}

describe("rewrites that change nothing", () => {
  it("are at least 150", () => {
    expect(rewrites.length).toBeGreaterThanOrEqual(150);
  });

  it.each(rewrites)("%s", (_name, rewrite) => {
    const revision = rewrite(prepared());
    expect(JSON.stringify(revision)).not.toBe(JSON.stringify(prepared()));
    expect(compareModels(modelOf(prepared()), modelOf(revision), settings)).toEqual([]);
    expect(compareModels(modelOf(revision), modelOf(prepared()), settings)).toEqual([]);
  });
});
