/** The general engine: each of its rules, provoked by documents of our own, arrives in the report as the engine says or as docs/diff.md lists. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { runRedocly } from "../../generator/cli/commands/diff-engine.ts";
import type { Change } from "../../generator/diff/change.ts";
import { compareModels } from "../../generator/diff/compare.ts";
import { engineChanges, ownRules, severityOverrides } from "../../generator/diff/engine/merge.ts";
import type { EngineChange, EngineVerdict } from "../../generator/diff/engine/redocly.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { asObject, type Json, type JsonObject } from "../../generator/json/json.ts";
import { modelOf } from "../support/contract.ts";
import { verdicts as judge } from "../support/message-judge.ts";

const root = join(import.meta.dirname, "../..");
const settings = { ...defaultSettings, today: "2026-12-01" };

/** An operation before and after; a path of its own for each, so that findings can be told apart. */
interface Pair {
  readonly rule: string;
  readonly base: JsonObject;
  readonly revision?: JsonObject;
}

const ok: JsonObject = { responses: { "200": { description: "OK" } } };
const parameter = (more: JsonObject): JsonObject => ({
  ...ok,
  parameters: [{ name: "q", in: "query", schema: { type: "array", items: { type: "string" } }, ...more }],
});
const request = (schema: Json, more: JsonObject = {}): JsonObject => ({
  ...ok,
  requestBody: { content: { "application/json": { schema } }, ...more },
});
const response = (schema: Json): JsonObject => ({
  responses: { "200": { description: "OK", content: { "application/json": { schema } } } },
});
const object = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: "object",
  properties,
  required,
});
const text: JsonObject = { type: "string" };

/** All of them are posted, each to a path with the name of the key. */
const pairs: Readonly<Record<string, Pair>> = {
  "operation removed": { rule: "operation-removed", base: ok },
  "operation renamed": {
    rule: "operation-id-changed",
    base: { ...ok, operationId: "before" },
    revision: { ...ok, operationId: "after" },
  },
  "parameter removed": {
    rule: "parameter-removed",
    base: parameter({}),
    revision: { ...ok, parameters: [] },
  },
  "parameter required": {
    rule: "parameter-became-required",
    base: parameter({}),
    revision: parameter({ required: true }),
  },
  "parameter added": { rule: "parameter-became-required", base: ok, revision: parameter({ required: true }) },
  "parameter style": {
    rule: "parameter-serialization-changed",
    base: parameter({}),
    revision: parameter({ style: "pipeDelimited", explode: false }),
  },
  "parameter enum": {
    rule: "enum-values-removed",
    base: parameter({ schema: { enum: ["a", "b"] } }),
    revision: parameter({ schema: { enum: ["a"] } }),
  },
  "body removed": { rule: "request-body-removed", base: request(text), revision: ok },
  "body required": {
    rule: "request-body-became-required",
    base: request(text),
    revision: request(text, { required: true }),
  },
  "body media type": {
    rule: "media-type-removed",
    base: { ...ok, requestBody: { content: { "application/json": { schema: text }, "text/plain": {} } } },
    revision: request(text),
  },
  "body property required": {
    rule: "required-properties-added",
    base: request(object({ a: text })),
    revision: request(object({ a: text }, ["a"])),
  },
  "body type": {
    rule: "schema-type-changed",
    base: request({ type: ["string", "null"] }),
    revision: request(text),
  },
  "body length": {
    rule: "schema-constraint-changed",
    base: request({ ...text, maxLength: 20 }),
    revision: request({ ...text, maxLength: 10 }),
  },
  "body bound": {
    rule: "schema-constraint-changed",
    base: request({ type: "integer", minimum: 0 }),
    revision: request({ type: "integer", minimum: 5 }),
  },
  "body closed": {
    rule: "schema-constraint-changed",
    base: request(object({ a: text })),
    revision: request({ ...object({ a: text }), additionalProperties: false }),
  },
  "body alternative": {
    rule: "schema-combinator-changed",
    base: request({ oneOf: [text, { type: "integer" }] }),
    revision: request({ oneOf: [text] }),
  },
  "answer property optional": {
    rule: "required-properties-removed",
    base: response(object({ a: text }, ["a"])),
    revision: response(object({ a: text })),
  },
  "answer property removed": {
    rule: "property-removed",
    base: response(object({ a: text, b: text })),
    revision: response(object({ a: text })),
  },
  "answer enum": {
    rule: "enum-values-added",
    base: response({ type: "string", enum: ["a"] }),
    revision: response({ type: "string", enum: ["a", "b"] }),
  },
  "answer type": {
    rule: "schema-type-changed",
    base: response(text),
    revision: response({ type: ["string", "null"] }),
  },
  "answer header": {
    rule: "response-header-removed",
    base: {
      responses: {
        "200": { description: "OK", headers: { "X-A": { required: true, schema: text }, "X-B": {} } },
      },
    },
    revision: { responses: { "200": { description: "OK", headers: { "X-B": {} } } } },
  },
  "answer removed": {
    rule: "response-removed",
    base: { responses: { ...asObject(ok["responses"]), "404": { description: "None" } } },
    revision: ok,
  },
  "credentials required": {
    rule: "security-requirement-changed",
    base: ok,
    revision: { ...ok, security: [{ key: [] }] },
  },
};

const document = (side: "base" | "revision"): JsonObject => {
  const paths = Object.entries(pairs).flatMap(([name, pair]): [string, Json][] => {
    const operation = pair[side];
    // A path keeps an operation, so that only one of the two rules about removed ones speaks.
    const item: JsonObject = operation === undefined ? { get: ok } : { get: ok, post: operation };
    return [[`/${name.replaceAll(" ", "-")}`, item]];
  });
  return {
    openapi: "3.1.1",
    info: { title: "Everything", version: "1.0.0" },
    servers:
      side === "base"
        ? [{ url: "https://a.example" }, { url: "https://b.example" }]
        : [{ url: "https://a.example" }],
    paths: Object.fromEntries([...paths, ...(side === "base" ? [["/gone", { get: ok }] as const] : [])]),
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: "header", name: side === "base" ? "x-key" : "x-api-key" },
      },
    },
  };
};

/** What @redocly/cli 2.77 has for OpenAPI: a rule that comes with a later version needs a pair above. */
const engineRules = [
  ...new Set([
    ...Object.values(pairs).map(({ rule }) => rule),
    "path-removed",
    "security-scheme-changed",
    "server-removed",
  ]),
].toSorted();

let found: readonly EngineChange[];
let merged: readonly Change[];
let own: readonly Change[];
const [base, revision] = [modelOf(document("base")), modelOf(document("revision"))];

beforeAll(async () => {
  found = await runRedocly(base.document, revision.document, root);
  merged = engineChanges(found, base, revision, settings);
  own = compareModels(base, revision, settings);
}, 60_000);

const verdicts = (): EngineVerdict[] => found.flatMap((change) => change.verdicts);

describe("the engine's findings", () => {
  it.each([
    ...Object.entries(pairs).map(
      ([name, { rule }]) => [name, rule, `/${name.replaceAll(" ", "-")}`] as const,
    ),
    ["path removed", "path-removed", "/gone"] as const,
  ])("%s: %s", (_name, rule, path) => {
    const start = `/paths/~1${path.slice(1)}`;
    expect(
      found
        .filter(({ pointer }) => pointer.startsWith(start))
        .flatMap((change) => change.verdicts.map((verdict) => verdict.rule)),
    ).toContain(rule);
  });

  it("are of all 22 rules that the engine has for OpenAPI", () => {
    expect(engineRules).toHaveLength(22);
    expect([...new Set(verdicts().map(({ rule }) => rule))].toSorted()).toEqual(engineRules);
  });

  it("arrive with the engine's severity, or the one that is listed", () => {
    for (const { rule, impact, message } of verdicts()) {
      if (ownRules.has(rule)) continue;
      const severity = severityOverrides[rule]?.severity ?? (impact === "major" ? "breaking" : "safe");
      const arrived = merged.filter(
        (change) => change.rule === `redocly/${rule}` && change.message === message,
      );
      expect([rule, message, ...new Set(arrived.map((change) => change.severity))]).toEqual([
        rule,
        message,
        severity,
      ]);
    }
  });

  it("that are left out are found by our own rules", () => {
    expect([...ownRules]).toEqual(["security-requirement-changed"]);
    expect(own.map(({ rule }) => rule)).toContain("security-required");
  });

  it("have proofs that hold, for nearly every schema, parameter and body", () => {
    const breaking = merged.filter(({ severity }) => severity === "breaking");
    for (const { witness, message } of breaking) {
      if (witness === undefined) continue;
      expect([message, ...judge({ base, revision }, witness)]).toEqual([
        message,
        witness.acceptedBy === "base",
        witness.acceptedBy === "revision",
      ]);
    }
    const bare = breaking.filter(({ witness }) => witness === undefined).map(({ rule }) => rule);
    expect([...new Set(bare)].toSorted()).toEqual([
      "redocly/media-type-removed",
      "redocly/parameter-removed",
      "redocly/parameter-serialization-changed",
      "redocly/request-body-removed",
      "redocly/security-scheme-changed",
    ]);
  });
});

describe("docs/diff.md", () => {
  const rows = readFileSync(join(root, "docs/diff.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `redocly/"))
    .map((line) => line.split("|").map((cell) => cell.trim()));

  it("lists every severity that differs from the engine's, and no other", () => {
    const listed = rows.flatMap(([, rule = "", , severity, why]) => {
      const name = /^`redocly\/([a-z-]+)`$/.exec(rule)?.[1];
      return name === undefined || !Object.hasOwn(severityOverrides, name) ? [] : [[name, { severity, why }]];
    });
    expect(Object.fromEntries(listed)).toEqual(severityOverrides);
    const others = rows
      .map(([, rule]) => rule)
      .filter((rule) => !Object.keys(severityOverrides).includes(rule?.slice(9, -1) ?? ""));
    expect(others).toEqual([
      "`redocly/required-body-added`",
      "`redocly/security-requirement-changed`, `response-removed` of 2xx",
      "`redocly/added`",
    ]);
  });
});
