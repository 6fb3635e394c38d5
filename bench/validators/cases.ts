/** What is measured: three payloads of the canonical API, as a component document and with values good and bad. */
import type { Json, JsonObject } from "../../generator/json/json.ts";

const uuid = { type: "string", format: "uuid" };
const time = { type: "string", format: "date-time" };
const closed = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});
const failure = (code: string, details?: JsonObject): JsonObject => ({
  type: "object",
  required: ["error", "message", ...(details === undefined ? [] : ["details"])],
  properties: {
    error: { type: "string", const: code },
    message: { type: "string" },
    ...(details === undefined ? {} : { details }),
  },
});

const failures: Record<string, JsonObject> = {
  BadRequestError: failure("bad_request", {
    type: "object",
    required: ["issues"],
    properties: {
      issues: {
        type: "array",
        items: {
          type: "object",
          required: ["pointer", "rule"],
          properties: { pointer: { type: "string" }, rule: { type: "string" } },
        },
      },
    },
  }),
  UnauthorizedError: failure("unauthorized"),
  InsufficientScopeError: failure(
    "insufficient_scope",
    closed({ required: { type: "array", minItems: 1, items: { type: "string" } } }),
  ),
  SendNotAllowedError: failure("send_not_allowed"),
  NotFoundError: failure("not_found"),
  ConcurrentRedeemError: failure("concurrent_redeem"),
  ValidationFailedError: failure("validation_failed"),
  IdempotencyKeyReuseError: failure("idempotency_key_reuse"),
  RateLimitedError: failure("rate_limited"),
};
const refs = Object.keys(failures).map((name) => ({ $ref: `#/components/schemas/${name}` }));

/** `components.schemas` of the three cases. */
export const schemas: Record<string, JsonObject> = {
  PrepareBroadcast: closed(
    {
      name: { type: "string", minLength: 1, maxLength: 200 },
      templateId: uuid,
      segmentId: uuid,
      subjectOverride: { type: "string", maxLength: 998 },
    },
    ["name", "templateId", "segmentId"],
  ),
  ...failures,
  AnyError: {
    type: "object",
    required: ["error"],
    oneOf: refs,
    discriminator: {
      propertyName: "error",
      mapping: Object.fromEntries(
        Object.entries(failures).map(([name, { properties }]) => [
          codeOf(properties),
          `#/components/schemas/${name}`,
        ]),
      ),
    },
  },
  Template: {
    type: "object",
    required: [
      "id",
      "organizationId",
      "name",
      "type",
      "status",
      "purpose",
      "isComplete",
      "language",
      "createdAt",
      "updatedAt",
    ],
    properties: {
      id: uuid,
      organizationId: uuid,
      name: { type: "string", minLength: 1, maxLength: 200 },
      type: { type: "string" },
      status: { type: "string", enum: ["Active", "Archived"] },
      purpose: {
        type: "string",
        enum: ["General", "Newsletter", "Promotional", "Transactional", "LeadMagnetDelivery"],
      },
      isComplete: { type: "boolean" },
      language: { type: "string", minLength: 2 },
      createdAt: time,
      updatedAt: time,
    },
  },
  TemplateList: {
    type: "object",
    required: ["items"],
    properties: { items: { type: "array", items: { $ref: "#/components/schemas/Template" } } },
  },
};

function codeOf(properties: unknown): string {
  // Written above: every failure has a constant code.
  return (properties as { error: { const: string } }).error.const;
}

export interface Case {
  readonly label: string;
  readonly schema: "PrepareBroadcast" | "AnyError" | "TemplateList";
  readonly valid: readonly Json[];
  readonly invalid: readonly Json[];
  /** The issue's goals on valid input: ratio of Ajv's time to ours. */
  readonly goals: { readonly is: number; readonly check: number; readonly collect: number };
}

const id = (n: number): string => `8f14e45f-ceea-467f-a9f6-${String(n).padStart(12, "0")}`;
const body = (n: number): object => ({
  name: `Spring sale ${String(n)}`,
  templateId: id(n),
  segmentId: id(n + 1),
});
const template = (n: number): object => ({
  id: id(n),
  organizationId: id(7),
  name: `Template ${String(n)}`,
  type: "email",
  status: n % 3 === 0 ? "Archived" : "Active",
  purpose: n % 2 === 0 ? "Newsletter" : "Transactional",
  isComplete: n % 2 === 0,
  language: "en",
  createdAt: "2026-03-01T09:30:00Z",
  updatedAt: "2026-03-02T10:45:12.345Z",
});
const templates = (): unknown[] => Array.from({ length: 100 }, (_, n) => template(n));

export const cases: readonly Case[] = [
  {
    label: "(a) body of prepare-broadcast",
    schema: "PrepareBroadcast",
    valid: parsed([body(1), { ...body(2), subjectOverride: "Now with a discount" }, body(3)]),
    invalid: parsed([
      { ...body(1), name: "" },
      { ...body(2), segmentId: "not-a-uuid" },
      { ...body(3), surplus: true },
      { name: "x", templateId: id(1) },
    ]),
    goals: { is: 4, check: 2.5, collect: 2.5 },
  },
  {
    label: "(b) union of error envelopes",
    schema: "AnyError",
    valid: parsed([
      { error: "not_found", message: "No such template." },
      { error: "insufficient_scope", message: "Lacks a scope.", details: { required: ["broadcasts:send"] } },
      { error: "rate_limited", message: "Slow down." },
      {
        error: "bad_request",
        message: "Malformed.",
        details: {
          issues: [
            { pointer: "/name", rule: "minLength" },
            { pointer: "", rule: "required" },
          ],
        },
      },
    ]),
    invalid: parsed([
      { error: "no_such_code", message: "?" },
      { error: "not_found" },
      { error: "insufficient_scope", message: "Lacks a scope.", details: { required: [] } },
      { error: "bad_request", message: "Malformed.", details: { issues: [{ pointer: "/name" }] } },
    ]),
    goals: { is: 4, check: 2.5, collect: 2.5 },
  },
  {
    label: "(c) list of 100 templates",
    schema: "TemplateList",
    valid: parsed([{ items: templates() }]),
    invalid: parsed([
      { items: templates().with(0, { ...template(0), status: "Lost" }) },
      { items: templates().with(99, { ...template(99), updatedAt: "yesterday" }) },
      { items: templates().with(50, null) },
    ]),
    goals: { is: 6, check: 6, collect: 6 },
  },
];

/** As they come out of a request: their strings are not shared with the schema's. */
function parsed(values: readonly unknown[]): Json[] {
  // JSON in, JSON out.
  return JSON.parse(JSON.stringify(values)) as Json[];
}
