/** The law of the guard: what one side sends and the other refuses is never called safe. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { compareModels } from "../../generator/diff/compare.ts";
import type { Change } from "../../generator/diff/change.ts";
import { candidates } from "../../generator/diff/schema/candidates.ts";
import { isSendable } from "../../generator/diff/schema/members.ts";
import { flatten } from "../../generator/diff/schema/side.ts";
import { isValid } from "../../generator/diff/schema/validate.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../generator/json/json.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { modelOf } from "./contract.ts";

const settings = { ...defaultSettings, today: "2026-12-01" };

/** How often the interesting branches were met. */
export interface Met {
  /** Pairs with a value that is sent and refused. */
  broken: number;
  /** Pairs whose schemas differ and that are called safe. */
  safe: number;
  undecided: number;
}

/** Where a schema stands: what clients send, what servers send, and text on the wire. */
export type Place = "request" | "response" | "query";

export interface Pair {
  readonly base: JsonObject;
  readonly revision: JsonObject;
}

/** A document whose only schema stands in one place. */
function documentOf(schema: JsonObject, place: Place): JsonObject {
  const content = { "application/json": { schema: { $ref: "#/components/schemas/S" } } };
  const body = place === "request" ? { requestBody: { required: true, content } } : {};
  const parameter = { name: "q", in: "query", schema: { $ref: "#/components/schemas/S" } };
  return {
    openapi: "3.1.0",
    info: { title: "Laws", version: "1.0.0" },
    paths: {
      "/s": {
        post: {
          operationId: "send",
          ...(place === "query" ? { parameters: [parameter] } : {}),
          ...body,
          responses: { "200": { description: "OK", ...(place === "response" ? { content } : {}) } },
        },
      },
    },
    components: { schemas: { S: schema } },
  };
}

export type Judge = (schema: JsonObject) => (value: Json) => boolean | undefined;

/** Ajv decides: independent of the code under test, and slow. */
const ajv = new Ajv2020({
  strict: false,
  validateFormats: false,
  validateSchema: false,
  addUsedSchema: false,
});
export const byAjv: Judge = (schema) => {
  const validate = ajv.compile(schema);
  return (value) => validate(value);
};

/** The interpreter of the guard decides, which another test compares with ajv. */
export const byInterpreter: Judge = (schema) => (value) => isValid({ document: {}, schema }, value);

/** Checks the law for a pair of schemas in one place; returns the values that break it. */
export function unsound(pair: Pair, place: Place, samples: readonly Json[], judge: Judge, met: Met): Json[] {
  const models = [modelOf(documentOf(pair.base, place)), modelOf(documentOf(pair.revision, place))] as const;
  const changes = compareModels(...models, settings);
  const isHarmless = changes.every(({ impact }) => impact === "safe");
  const [sender, receiver] = place === "response" ? [models[1], models[0]] : models;
  const view = place === "response" ? "response" : "request";
  const [sent, received] = [schemaOf(sender), schemaOf(receiver)];
  const [sends, takes] = [judge(shown(sent, place)), judge(shown(received, place))];
  const sides = [sideOf(sender, view), sideOf(receiver, view)] as const;
  // The law speaks of harmless pairs; for the others a few samples show that breaks are met.
  const guesses = isHarmless ? candidates(...sides).slice(0, 120) : [];
  const lost = [...samples, ...guesses].filter(
    (value) =>
      sends(value) === true &&
      !hasHidden(sent, value, place) &&
      (place === "response" || isSendable(flatten(sides[0]), flatten(sides[1]), value)) &&
      (place === "query" ? isLost(takes, value) : takes(value) === false),
  );
  if (lost.length > 0) met.broken++;
  if (isHarmless && JSON.stringify(sent) !== JSON.stringify(received)) met.safe++;
  if (changes.some(isUndecided)) met.undecided++;
  return isHarmless ? lost : [];
}

function isUndecided({ rule }: Change): boolean {
  return rule === "request-undecided" || rule === "response-undecided";
}

function schemaOf({ document }: ApiModel): JsonObject {
  return asObject(asObject(asObject(document["components"])["schemas"])["S"]);
}

function sideOf(model: ApiModel, view: "request" | "response") {
  return { document: model.document, schema: schemaOf(model), view };
}

/** The schema without what this direction hides: such a member is never required, and any value will do. */
function shown(schema: JsonObject, place: Place): JsonObject {
  const hidden = place === "response" ? "w" : "r";
  const visit = (node: Json): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => visit(item));
    if (!isObject(node)) return node;
    const { properties, required } = node;
    const isDeclared = isObject(properties) && Object.hasOwn(properties, hidden);
    const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, visit(value)]));
    if (!isDeclared) return copy;
    return {
      ...copy,
      properties: { ...asObject(copy["properties"]), [hidden]: true },
      ...(required === undefined ? {} : { required: asArray(required).filter((name) => name !== hidden) }),
    };
  };
  return asObject(visit(schema));
}

/** True if the value has a member that its sender hides in this direction. */
function hasHidden(schema: JsonObject, value: Json, place: Place): boolean {
  const hidden = `"${place === "response" ? "w" : "r"}":`;
  return JSON.stringify(value).includes(hidden) && JSON.stringify(schema).includes(hidden);
}

/** True if no reading of the text is taken: as a single value, or as a list. Nothing is written for an empty list. */
function isLost(takes: (value: Json) => boolean | undefined, value: Json): boolean {
  const items = Array.isArray(value) ? asArray(value) : [value];
  if (items.length === 0 || items.some((item) => typeof item === "object" && item !== null)) return false;
  const readings = items.map((item) => readingsOf(item));
  const lists = readings.reduce<readonly (readonly Json[])[]>(
    (all, some) => all.flatMap((list) => some.map((one) => [...list, one])),
    [[]],
  );
  const single = items.length === 1 ? (readings[0] ?? []) : [];
  return [...lists, ...single].every((one) => takes(one) === false);
}

function readingsOf(item: Json): readonly Json[] {
  const text = item === null ? "" : typeof item === "string" ? item : JSON.stringify(item);
  const number = text !== "" && !Number.isNaN(Number(text)) ? [Number(text)] : [];
  return [
    text,
    ...number,
    ...(text === "true" ? [true] : text === "false" ? [false] : text === "" ? [null] : []),
  ];
}
