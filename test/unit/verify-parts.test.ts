/** The parts of `verify` that need no server: actors, secrets, serialization, faults, HAR files, order of probes. */
import fc from "fast-check";
import { OperationIndex, type MonitoredOperation } from "lockstep-openapi-runtime/monitor";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isValid } from "../../generator/diff/schema/validate.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { ActorsProblem, parseActors } from "../../generator/verify/actors.ts";
import { actorsSchema } from "../../generator/verify/actors-schema.ts";
import { curlLine } from "../../generator/verify/curl.ts";
import { severityOf, verifyRules, type VerifyRule } from "../../generator/verify/finding.ts";
import { altered } from "../../generator/verify/probes/authentication.ts";
import { bodyFaults, textualFaults } from "../../generator/verify/probes/value-faults.ts";
import { SeededRandom } from "../../generator/verify/random.ts";
import { Secrets } from "../../generator/verify/secrets.ts";
import { serializeParameter } from "../../generator/verify/serialize.ts";
import { HarEntries } from "../../generator/verify/traffic/har-entries.ts";

const root = join(import.meta.dirname, "../..");

describe("the actors file", () => {
  test("takes credentials from the environment", () => {
    const text = "actors:\n  owner:\n    credentials: { key: { env: OWNER_KEY } }\n    scopes: [read]\n";
    const { actors } = parseActors(text, "actors.yaml", { OWNER_KEY: "k" });
    expect(actors).toMatchObject([
      { name: "owner", credentials: { key: "k" }, scopes: ["read"], revoked: false },
    ]);
  });

  test.each([
    ["actors: [", /^actors\.yaml:\d+: /],
    ["actors: {}", /^actors\.yaml:1: \/actors /],
    ["actors:\n  a:\n    scope: [x]", /^actors\.yaml:3: \/actors\/a\/scope is not declared/],
    ["actors:\n  a:\n    credentials: { key: { env: NOT_SET } }", /a needs the environment variable NOT_SET/],
    [
      "actors: { a: {} }\nrecipes:\n  - name: x\n    steps: [{ call: a }]",
      /^actors\.yaml:4: .*expect is required/,
    ],
  ])("says what is wrong with %j", (text, message) => {
    const parse = () => parseActors(text, "actors.yaml", {});
    expect(parse).toThrow(ActorsProblem);
    expect(parse).toThrow(message);
  });

  test("has the schema that is published", () => {
    expect(JSON.parse(readFileSync(join(root, "schemas/verify-actors.json"), "utf8"))).toEqual(actorsSchema);
  });
});

describe("docs/verify.md", () => {
  const page = readFileSync(join(root, "docs/verify.md"), "utf8");

  test("lists every rule with its severity", () => {
    const listed = Array.from(
      page.matchAll(/^\| `([\w-]+)` +\| (error|warning) +\|/gm),
      ([, rule, severity]) => [rule, severity],
    );
    const rules = Object.keys(verifyRules).map((rule) => [rule, severityOf(rule as VerifyRule)]); // its own keys
    expect(listed.sort()).toEqual(rules.sort());
  });

  test("shows an actors file that can be read", () => {
    const [, text = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
    const keys = Object.fromEntries(
      ["OWNER", "READER", "MUTED", "REVOKED", "STRANGER"].map((name) => [`${name}_KEY`, name]),
    );
    expect(parseActors(text, "actors.yaml", keys)).toMatchObject({
      actors: { length: 5 },
      recipes: { length: 1 },
    });
  });
});

describe("credentials", () => {
  test("are masked in every spelling, and a curl line has variables in their place", () => {
    const secrets = new Secrets();
    secrets.add("it's a/key", "$OWNER_KEY");
    const spellings = [
      "it's a/key",
      encodeURIComponent("it's a/key"),
      Buffer.from("it's a/key").toString("base64"),
    ];
    for (const text of spellings) expect(secrets.mask(`<${text}>`)).toBe("<$OWNER_KEY>");
    const request = {
      method: "POST",
      target: "/a?b='",
      headers: [["x-key", "it's a/key"]],
      body: "{}",
    } as const;
    expect(curlLine("http://h", request, secrets)).toBe(
      `curl -si -H 'x-key: '"$OWNER_KEY" -H 'content-type:' --data-raw '{}' 'http://h/a?b='\\'''`,
    );
  });

  test("altered, keep their form and are others", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2 }), (credential) => {
        const other = altered(credential);
        expect(other.length).toBe(credential.length);
        if (/[0-9a-yA-Y]/.test(credential.slice(credential.length >> 1))) expect(other).not.toBe(credential);
      }),
    );
  });
});

test.each([
  [{ in: "path", style: "simple" }, "a b", { path: "a%20b" }],
  [{ in: "query", style: "form", explode: true }, [1, "x&y"], { query: ["p=1", "p=x%26y"] }],
  [{ in: "query", style: "form" }, [1, 2], { query: ["p=1%2C2"] }],
  [{ in: "query", style: "deepObject" }, { a: 1 }, { query: ["p%5Ba%5D=1"] }],
  [{ in: "query", style: "form", content: "application/json" }, { a: 1 }, { query: ["p=%7B%22a%22%3A1%7D"] }],
  [{ in: "header", style: "simple" }, ["a", "b"], { text: "a,b" }],
] as const)("a parameter %j with %j", (parameter, value, expected) => {
  expect(serializeParameter({ name: "p", explode: false, ...parameter }, value)).toEqual(expected);
});

describe("faults", () => {
  const schema: JsonObject = {
    type: "object",
    required: ["name"],
    additionalProperties: false,
    properties: {
      name: { type: "string", minLength: 1, maxLength: 5 },
      size: { type: "integer", minimum: 1, maximum: 9 },
      id: { type: "string", format: "uuid" },
      kind: { enum: ["a", "b"] },
    },
  };

  test("of a body are one of each kind first, and each is refused", () => {
    const faults = bodyFaults({ document: {}, schema }, { name: "a" });
    const kinds = faults.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(
      new Set([
        "root-type",
        "required",
        "unknown-member",
        "type",
        "maxLength",
        "minLength",
        "maximum",
        "minimum",
        "format",
        "enum",
      ]),
    );
    expect(new Set(kinds.slice(0, 10)).size).toBe(10);
    for (const { value } of faults) expect(isValid({ document: {}, schema }, value)).toBe(false);
  });

  test("of a text are none where any text will do", () => {
    expect(textualFaults({ document: {}, schema: { type: "string" } })).toEqual([]);
    expect(textualFaults({ document: {}, schema: { type: "string", format: "color" } })).toEqual([]);
    expect(textualFaults({ document: {}, schema: { type: ["integer", "string"] } })).toEqual([]);
    expect(
      textualFaults({ document: {}, schema: { type: "integer", maximum: 5 } }).map(({ kind }) => kind),
    ).toEqual(["type", "maximum"]);
  });
});

describe("a HAR file", () => {
  const entries = [{ a: '}]"\\', b: [{ entries: [{}] }] }, { c: { entries: [] } }];
  const text = JSON.stringify({ log: { pages: [{ entries: [{ no: 1 }] }], entries, other: [{ no: 2 }] } });

  test("is read alike in pieces of any length", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: text.length }), (size) => {
        const reader = new HarEntries();
        const found: unknown[] = [];
        for (let at = 0; at < text.length; at += size) found.push(...reader.read(text.slice(at, at + size)));
        expect(found).toEqual(entries);
        expect(reader.complete).toBe(true);
      }),
    );
  });

  test("that is cut off, or none, is not complete", () => {
    for (const broken of [text.slice(0, -1), "", "[", '{"log": {"entries": [{"a"']) {
      const reader = new HarEntries();
      expect([...reader.read(broken)].length).toBeLessThanOrEqual(2);
      expect(reader.complete).toBe(false);
    }
  });
});

test("an operation is found by its path, concrete ones first, and only below the base path", () => {
  const operation = (method: string, path: string): MonitoredOperation => ({
    id: `${method} ${path}`,
    method,
    path,
    errors: [],
    responses: { match: () => undefined },
  });
  const operations = [
    operation("GET", "/a/{id}"),
    operation("GET", "/a/mine"),
    operation("PUT", "/a/{id}"),
    operation("GET", "/f/{n}.{e}"),
  ];
  const index = new OperationIndex({ operations, basePath: "/v1" });
  expect(index.find("GET", "/v1/a/mine?x=/")?.operation?.id).toBe("GET /a/mine");
  expect(index.find("get", "/v1/a/b%2Fc")?.operation?.id).toBe("GET /a/{id}");
  expect(index.find("GET", "/v1/f/x.json")?.operation?.id).toBe("GET /f/{n}.{e}");
  expect(index.find("DELETE", "/v1/a/x")).toEqual({ methods: ["GET", "PUT"] });
  expect(index.find("GET", "/v1/b")).toEqual({ methods: [] });
  expect(index.find("GET", "/v11/a/mine")).toBeUndefined();
});

test("a seed gives the same ids, and they are well-formed", () => {
  const draw = (seed: number) => {
    const random = new SeededRandom(seed);
    return [random.uuid(), random.uuid()];
  };
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
  for (const id of draw(3))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
