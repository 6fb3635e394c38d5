/** What is measured: three payloads of the canonical API. Schemas and valid values are the document's own. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { errorCodeKey } from "../../generator/contract/vocabulary.ts";
import { asArray, asObject, asText, isArray, type Json, type JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";

const bundle = path.join(import.meta.dirname, "../../generated/openapi.yaml");
// YAML of a document that was generated from JSON.
const document = parse(readFileSync(bundle, "utf8")) as JsonObject;
const prefix = "#/components/schemas/";
const components = asObject(resolvePointer(document, "/components/schemas"));
const json = "content/application~1json";

export interface Case {
  readonly label: string;
  readonly schema: "PrepareBroadcastRequest" | "AnyError" | "TemplateList";
  readonly valid: readonly Json[];
  readonly invalid: readonly Json[];
  /** The goals on valid input: ratio of Ajv's time to ours. */
  readonly goals: { readonly is: number; readonly check: number; readonly collect: number };
}

const errors = Object.entries(components).flatMap(([name, schema]) => {
  const code = asText(asObject(schema)[errorCodeKey], "");
  return code === "" ? [] : [{ code, $ref: prefix + name }];
});

/** Any error that the API returns, put together as the document does it for each response with several codes. */
const anyError = {
  oneOf: errors.map(({ $ref }) => ({ $ref })),
  discriminator: {
    propertyName: "error",
    mapping: Object.fromEntries(errors.map(({ code, $ref }) => [code, $ref])),
  },
  // Ajv wants both beside a discriminator.
  type: "object",
  required: ["error"],
};

/** `components.schemas` of the cases: their own and those that they refer to. */
export const schemas: Readonly<Record<string, JsonObject>> = Object.fromEntries([
  ["AnyError", anyError],
  ...reachable(["PrepareBroadcastRequest", "TemplateList", ...errors.map(({ $ref }) => nameOf($ref))]),
]);

/** Of the component that is referred to. */
export function nameOf($ref: string): string {
  return $ref.slice(prefix.length);
}

function reachable(names: readonly string[]): [string, JsonObject][] {
  // Grows while it is walked.
  const seen = new Set(names);
  for (const name of seen) references(components[name], seen);
  return [...seen].sort().map((name) => [name, asObject(components[name])]);
}

function references(value: Json | undefined, found: Set<string>): void {
  const { $ref, ...members } = asObject(value);
  if (typeof $ref === "string") found.add(nameOf($ref));
  for (const inner of isArray(value) ? value : Object.values(members)) references(inner, found);
}

/** The values of all examples of a media type. */
function examples(pointer: string): Record<string, Json> {
  const named = Object.entries(asObject(resolvePointer(document, `${pointer}/examples`)));
  if (named.length === 0) throw new Error(`${pointer} has no examples.`);
  return Object.fromEntries(named.map(([name, example]) => [name, asObject(example)["value"] ?? null]));
}

const bodies = Object.values(examples(`/paths/~1broadcasts~1prepare/post/requestBody/${json}`)).map(asObject);
const [body = {}] = bodies;

/** One envelope of each code. */
const envelopes: Record<string, Json> = {};
for (const name of Object.keys(asObject(resolvePointer(document, "/components/responses"))))
  Object.assign(envelopes, examples(`/components/responses/${name}/${json}`));
for (const { code } of errors) if (!(code in envelopes)) throw new Error(`No example of ${code}.`);

const twoTemplates = asArray(
  asObject(examples(`/paths/~1templates/get/responses/200/${json}`)["two"])["templates"],
);
const templates = Array.from({ length: 100 }, (_, i) => asObject(twoTemplates[i % twoTemplates.length]));

export const cases: readonly Case[] = [
  {
    label: "(a) body of prepare-broadcast",
    schema: "PrepareBroadcastRequest",
    valid: parsed(bodies),
    invalid: parsed([
      { ...body, name: "" },
      { ...body, segmentId: "not-a-uuid" },
      { ...body, surplus: true },
      { name: body["name"], templateId: body["templateId"] },
    ]),
    goals: { is: 4, check: 2.5, collect: 2.5 },
  },
  {
    label: "(b) union of error envelopes",
    schema: "AnyError",
    valid: parsed(Object.values(envelopes)),
    invalid: parsed([
      { error: "no_such_code", message: "?" },
      { error: "not_found" },
      { ...asObject(envelopes["insufficient_scope"]), details: { required: [] } },
      { ...asObject(envelopes["bad_request"]), details: { issues: [{ pointer: "/name" }] } },
    ]),
    goals: { is: 4, check: 2.5, collect: 2.5 },
  },
  {
    label: "(c) list of 100 templates",
    schema: "TemplateList",
    valid: parsed([{ templates }]),
    invalid: parsed([
      { templates: templates.with(0, { ...templates[0], status: "Lost" }) },
      { templates: templates.with(99, { ...templates[99], updatedAt: "yesterday" }) },
      { templates: [...templates.slice(0, 50), null, ...templates.slice(51)] },
    ]),
    goals: { is: 6, check: 6, collect: 6 },
  },
];

/** As they come out of a request: their strings are not shared with the schema's. */
function parsed(values: readonly unknown[]): Json[] {
  // JSON in, JSON out.
  return JSON.parse(JSON.stringify(values)) as Json[];
}
