/** The schema of the actors file; schemas/verify-actors.json is this very value. */
import type { JsonObject } from "../json/json.ts";

const values: JsonObject = { type: "object", description: "Values by name." };
const names: JsonObject = { type: "array", items: { type: "string" } };

const actor: JsonObject = {
  type: "object",
  description:
    "A caller. The first one that is neither revoked nor limited sends the requests that are to succeed.",
  additionalProperties: false,
  properties: {
    credentials: {
      type: "object",
      description: "By the name of the security scheme: the key, the token, or `user:password`.",
      additionalProperties: {
        anyOf: [
          { type: "string" },
          {
            type: "object",
            description: "The environment variable that holds it.",
            required: ["env"],
            additionalProperties: false,
            properties: { env: { type: "string", minLength: 1 } },
          },
        ],
      },
    },
    scopes: { description: "What the credential carries; all scopes where absent.", ...names },
    tenant: {
      type: "string",
      description: "Whose resources it sees. Actors of one tenant share their seeds.",
    },
    revoked: {
      type: "boolean",
      description: "True if the credential must be refused as if it did not exist.",
    },
    refused: { description: "Codes of requirements that this actor does not meet.", ...names },
    seeds: {
      ...values,
      description:
        "Parameters that lead to resources of the tenant: by `operationId.parameter` or by `parameter`.",
    },
  },
};

const step: JsonObject = {
  type: "object",
  required: ["call", "expect"],
  additionalProperties: false,
  properties: {
    call: { type: "string", description: "An operationId." },
    as: { type: "string", description: "An actor; the first one where absent." },
    path: values,
    query: values,
    headers: values,
    body: { description: "`{name}` stands for what an earlier step saved." },
    expect: { type: ["integer", "string"], description: "A status, or a code." },
    save: {
      type: "object",
      description: "Values for later steps: JSON Pointers into the body of the response.",
      additionalProperties: { type: "string", pattern: "^(/.*)?$" },
    },
    parallel: {
      type: "integer",
      minimum: 2,
      maximum: 20,
      description: "Sends the step so many times at once.",
    },
  },
};

export const actorsSchema: JsonObject = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Actors of lockstep verify",
  type: "object",
  additionalProperties: false,
  required: ["actors"],
  properties: {
    actors: { type: "object", minProperties: 1, additionalProperties: { $ref: "#/$defs/actor" } },
    requests: {
      type: "object",
      description: "Requests that succeed, by operationId.",
      additionalProperties: { $ref: "#/$defs/request" },
    },
    recipes: { type: "array", items: { $ref: "#/$defs/recipe" } },
  },
  $defs: {
    actor,
    request: {
      type: "object",
      additionalProperties: false,
      properties: { path: values, query: values, headers: values, body: {} },
    },
    recipe: {
      type: "object",
      required: ["name", "steps"],
      additionalProperties: false,
      properties: {
        name: { type: "string" },
        steps: { type: "array", minItems: 1, items: { $ref: "#/$defs/step" } },
      },
    },
    step,
  },
};
