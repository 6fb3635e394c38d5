/** A small API with one of everything that the guard looks at, and ways to change it. */
import { expand } from "../../generator/expand/expand.ts";
import { buildModel } from "../../generator/model/build.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import type { JsonObject } from "../../generator/json/json.ts";

/** A document that a test may change. */
// Tests change documents by path; the functions below check what they find there.
export type Draft = Record<string, unknown>;

const object = (properties: Draft, required: string[] = Object.keys(properties)): Draft => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const code = (status: number, raisedBy: string | string[], more: Draft = {}): Draft => ({
  status,
  title: `Title of ${String(status)}`,
  meaning: `It means ${String(status)} and nothing else.`,
  remediation: "Do something about it.",
  message: "Something happened.",
  retry: "never",
  "raised-by": raisedBy,
  since: "1.0.0",
  ...more,
});

const ref = (name: string): Draft => ({ $ref: `#/components/schemas/${name}` });
const ok = (description: string): Draft => ({
  description,
  content: { "application/json": { schema: ref("Thing") } },
});
const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
const body = { required: true, content: { "application/json": { schema: ref("Thing") } } };

/** A fresh copy each time. */
export function contract(): Draft {
  const codes = {
    bad_request: code(400, "request-validation", { details: ref("BadRequestDetails") }),
    unauthorized: code(401, "authentication"),
    insufficient_scope: code(403, "authorization", {
      details: ref("ScopeDetails"),
      "fixed-by": "administrator",
    }),
    not_found: code(404, "resource-lookup"),
    conflict: code(409, "handler", { retry: "same-request" }),
    in_beta: code(409, "handler", { "x-stability": "beta" }),
    trial: code(422, "handler", { "x-stability": "experimental", details: ref("TrialDetails") }),
    expired: code(410, "handler", { details: ref("ExpiredDetails") }),
    legacy: code(410, "handler", { deprecated: "1.1.0", sunset: "2026-06-01", replacedBy: "expired" }),
    rate_limited: code(429, "rate-limit", { retry: "after-delay" }),
    internal: code(500, "unhandled"),
  };
  return {
    openapi: "3.1.1",
    info: { title: "Things", version: "1.2.0" },
    servers: [{ url: "https://api.example.com" }],
    security: [{ key: ["things:read"] }],
    paths: {
      "/things": {
        get: { operationId: "listThings", responses: { "200": ok("All things") } },
        post: {
          operationId: "createThing",
          security: [{ key: ["things:write"] }],
          "x-errors": ["conflict", "in_beta", "trial", "expired"],
          "x-idempotency-key": "accepted",
          requestBody: body,
          responses: { "201": ok("The new thing") },
        },
      },
      "/things/{id}": {
        parameters: [id],
        get: { operationId: "getThing", responses: { "200": ok("The thing") } },
        delete: {
          operationId: "deleteThing",
          security: [{ key: ["things:write"] }],
          "x-errors": ["conflict", "legacy"],
          responses: { "204": { description: "Gone" } },
        },
      },
      "/health": {
        get: { operationId: "health", security: [], responses: { "200": { description: "Well" } } },
      },
      "/lab": {
        post: {
          operationId: "lab",
          "x-stability": "beta",
          "x-idempotency-key": "required",
          requestBody: body,
          responses: { "202": { description: "Taken" } },
        },
      },
    },
    components: {
      schemas: {
        Thing: object({ name: { type: "string" } }),
        ErrorEnvelope: object(
          { error: ref("ErrorCode"), message: { type: "string" }, details: { type: "object" } },
          ["error", "message"],
        ),
        ErrorCode: {
          type: "string",
          enum: Object.keys(codes),
          "x-error-codes": {
            ...codes,
            gone: { title: "Gone", status: 410, retired: "1.0.0", replacedBy: "expired" },
          },
        },
        BadRequestDetails: object({ issues: { type: "array", minItems: 1, items: ref("Issue") } }),
        Issue: object({ pointer: { type: "string" }, rule: { type: "string" } }),
        ScopeDetails: object({ required: { type: "array", items: { type: "string" }, minItems: 1 } }),
        TrialDetails: object({ days: { type: "integer", minimum: 0 } }),
        ExpiredDetails: object(
          {
            reason: { type: "string", enum: ["lapsed", "used"] },
            at: { type: "string", format: "date-time" },
            count: { type: "integer", minimum: 1, maximum: 10 },
            note: { type: ["string", "null"], maxLength: 20 },
            tags: { type: "array", items: { type: "string" }, maxItems: 3 },
            owner: object({ name: { type: "string", minLength: 1 } }),
          },
          ["reason", "count", "owner"],
        ),
      },
      securitySchemes: {
        key: {
          type: "apiKey",
          in: "header",
          name: "x-key",
          "x-scopes": { "things:read": "R", "things:write": "W" },
        },
      },
    },
  };
}

/** Short names for long ways: `code:conflict/retry`, `schema:Thing/…`, `op:getThing/…`; anything else starts at the root. */
function steps(path: string): string[] {
  const places: Record<string, string[]> = {
    listThings: ["paths", "/things", "get"],
    createThing: ["paths", "/things", "post"],
    getThing: ["paths", "/things/{id}", "get"],
    deleteThing: ["paths", "/things/{id}", "delete"],
    health: ["paths", "/health", "get"],
    lab: ["paths", "/lab", "post"],
  };
  const [first = "", ...rest] = path.split("/");
  const [kind, name = ""] = first.split(":");
  if (kind === "code") return ["components", "schemas", "ErrorCode", "x-error-codes", name, ...rest];
  if (kind === "schema") return ["components", "schemas", name, ...rest];
  if (kind === "op") return [...(places[name] ?? []), ...rest];
  return [first, ...rest];
}

/** The object or list at a path. */
export function at(document: Draft, path: string): Draft {
  return walk(document, path === "" ? [] : steps(path));
}

function walk(document: Draft, names: readonly string[]): Draft {
  let node: unknown = document;
  for (const name of names)
    node = typeof node === "object" && node !== null ? Reflect.get(node, name) : undefined;
  if (typeof node !== "object" || node === null) throw new Error(`nothing at ${names.join("/")}`);
  return node as Draft; // an object or an array, as just checked
}

/** Sets a member; `undefined` removes it. */
export function set(document: Draft, path: string, value: unknown): void {
  const names = steps(path);
  const last = names.pop() ?? "";
  const parent = walk(document, names);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
}

/** The list at a path. */
export function list(document: Draft, path: string): unknown[] {
  const found: unknown = at(document, path);
  if (!Array.isArray(found)) throw new Error(`no list at ${path}`);
  return found;
}

/** Takes a code out of everything: its entry, the enum, every `x-errors`. */
export function removeCode(document: Draft, name: string): void {
  set(document, `code:${name}`, undefined);
  forgetCode(document, name);
}

/** Makes a tombstone of a code. */
export function retire(document: Draft, name: string, more: Draft = {}): void {
  Object.assign(at(document, `code:${name}`), { retired: "2.0.0", ...more });
  forgetCode(document, name);
}

function forgetCode(document: Draft, name: string): void {
  const drop = (path: string): void => {
    const items = list(document, path);
    const index = items.indexOf(name);
    if (index !== -1) items.splice(index, 1);
  };
  drop("schema:ErrorCode/enum");
  for (const operation of ["createThing", "deleteThing"]) drop(`op:${operation}/x-errors`);
}

/** Adds a live code that the handler of these operations returns. */
export function addCode(
  document: Draft,
  name: string,
  operations: readonly string[] = ["createThing"],
  more: Draft = {},
): void {
  at(document, "schema:ErrorCode/x-error-codes")[name] = code(409, "handler", more);
  list(document, "schema:ErrorCode/enum").push(name);
  for (const operation of operations) {
    const owner = at(document, `op:${operation}`);
    owner["x-errors"] = [...(Array.isArray(owner["x-errors"]) ? (owner["x-errors"] as unknown[]) : []), name]; // as checked
  }
}

/** A document without a catalogue: operations `get0`, `get1` …, each of which returns `gone` with its status. */
export function inferred(...statuses: readonly string[]): Draft {
  const body = {
    type: "object",
    required: ["code", "message"],
    properties: { code: { const: "gone" }, message: { type: "string", minLength: 3 } },
  };
  const operation = (status: string, index: number): Draft => ({
    operationId: `get${String(index)}`,
    responses: {
      "200": { description: "OK" },
      [status]: { description: "No", content: { "application/json": { schema: body } } },
    },
  });
  return {
    openapi: "3.1.1",
    info: { title: "Inferred", version: "1.0.0" },
    paths: Object.fromEntries(
      statuses.map((status, index) => [`/${String(index)}`, { get: operation(status, index) }]),
    ),
  };
}

/** The model that generate would build. */
export function modelOf(document: Draft): ApiModel {
  // A draft is plain JSON; copying cuts off what a test might change later.
  const json = JSON.parse(JSON.stringify(document)) as JsonObject;
  return buildModel(expand(json).document).model;
}
