/** `lockstep verify` on the example: nothing to find as it is, and seeded faults found. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actorsFile } from "../../bench/verify/example-actors.ts";
import type { Fault } from "../../bench/verify/fault.ts";
import { knownFaults } from "../../bench/verify/faults.ts";
import { rememberResponses, startFront } from "../../bench/verify/faulty-front.ts";
import { modelOf, verifyFront } from "../../bench/verify/verify-front.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { parseActors, type Actors } from "../../generator/verify/actors.ts";
import { startExample, type Example } from "../support/example-service.ts";
import { Project } from "./cli-run.ts";

const root = join(import.meta.dirname, "../..");
const document = join(root, "openapi/openapi.yaml");
const starting = 60_000;
const project = new Project();
let example: Example;
let keys: readonly string[];
let model: ApiModel;
let actors: Actors;

beforeAll(async () => {
  example = await startExample();
  const text = await actorsFile(example);
  project.write({ "actors.yaml": text });
  keys = [...text.matchAll(/sfk_[\w-]+/g)].map(([key]) => key);
  actors = parseActors(text, "actors.yaml", {});
  model = await modelOf(document, root);
}, starting);

afterAll(async () => {
  project.remove();
  await example.close();
}, starting);

function verify(url: string, ...more: string[]) {
  const shared = ["--document", document, "--actors", "actors.yaml", "--allow-ref-folder", root];
  return project.run(["verify", url, ...shared, ...more]);
}

interface Report {
  readonly requests: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly location?: { readonly file: string; readonly line: number };
  }[];
  readonly summary: { readonly kept: number; readonly broken: number; readonly notReached: number };
}

test(
  "finds nothing, within the budget, and says what it did not reach",
  async () => {
    const files = ["--sent-har", "sent.har", "--reached", "reached.jsonl", "-o", "report.json"];
    const { code, out, err } = await verify(example.url, "--allow-writes", "--format", "json", ...files);
    expect(err).not.toContain("Error");
    const text = readFileSync(project.path("report.json"), "utf8");
    // Checked against its schema in the next line.
    const report = JSON.parse(text) as Report;
    // A schema is an object.
    const schema = JSON.parse(readFileSync(join(root, "schemas/verify-report.json"), "utf8")) as object;
    expect(new Ajv2020({ strict: false }).validate(schema, report)).toBe(true);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
    expect(report.requests).toBeLessThanOrEqual(500);
    expect(report.summary).toMatchObject({ broken: 0 });
    expect(report.summary.kept).toBeGreaterThan(75);
    expect(report.summary.notReached).toBeGreaterThan(0);
    expect(out).toContain("· not reached");
    const har = readFileSync(project.path("sent.har"), "utf8");
    for (const key of keys) for (const shown of [text, har, out, err]) expect(shown).not.toContain(key);

    const coverage = await project.run([
      "coverage",
      document,
      "--allow-ref-folder",
      root,
      "--responses",
      "reached.jsonl",
    ]);
    expect(coverage.out + coverage.err).toContain("prepared_send_expired");
    expect(coverage.out).not.toContain("insufficient_scope");

    const passive = await project.run([
      "verify",
      "--document",
      document,
      "--allow-ref-folder",
      root,
      "--har",
      "sent.har",
    ]);
    expect(passive.out).toContain("0 broken");
    expect(passive.code).toBe(0);
  },
  starting,
);

test(
  "without --allow-writes sends what reads, and what must be refused",
  async () => {
    const before = await example.database.query<{ count: string }>(
      "SELECT count(*) AS count FROM broadcasts",
    );
    const { code, out } = await verify(
      example.url,
      "--only",
      "prepareBroadcast",
      "--only",
      "createBroadcast",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/probes: may write, which --allow-writes admits/);
    const after = await example.database.query<{ count: string }>("SELECT count(*) AS count FROM broadcasts");
    expect(after.rows).toEqual(before.rows);
  },
  starting,
);

test(
  "--dry-run lists the same requests for the same seed, without a credential",
  async () => {
    const plans = await Promise.all(
      ["7", "7", "8"].map((seed) => verify(example.url, "--dry-run", "--seed", seed)),
    );
    const [first, same, other] = plans.map(({ out }) => out);
    expect(first).toBe(same);
    expect(first).not.toBe(other);
    expect(first).toContain("curl -si");
    for (const key of keys) expect(first).not.toContain(key);
  },
  starting,
);

describe("a seeded fault is found", () => {
  const remember = rememberResponses();

  test.each([
    ["401 as 403", "code-status", "getTemplate"],
    ["no scope check", "invalid-request-accepted", "getBrandKit"],
    ["look-up before authorization", "stage-order", "getTemplate"],
    ["403 for a foreign id", "existence-revealed", "getTemplate"],
    ["stack trace in a message", "internals-exposed", "listTemplates"],
    ["issues point elsewhere", "details-incomplete", "listTemplates"],
  ])("%s: %s", async (name, rule, operation) => {
    const front = await startFront(example.url, faultNamed(name), { ...example, remember });
    const run = await verifyFront(front.url, model, actors, { allowWrites: false, only: [operation] });
    await front.close();
    expect(run.findings.map((finding) => finding.rule)).toContain(rule);
  });

  test("and reported where the document says otherwise", async () => {
    const front = await startFront(example.url, faultNamed("401 as 403"), { ...example, remember });
    const { code, out } = await verify(front.url, "--only", "getTemplate", "--format", "json");
    await front.close();
    const { findings } = JSON.parse(out) as Report; // as the test above shows
    expect(findings[0]?.location?.file).toMatch(/openapi\/.*\.yaml$/);
    expect(code).toBe(1);
  });
});

function faultNamed(name: string): Fault {
  const fault = knownFaults[name];
  if (fault === undefined) throw new Error(`There is no fault ${name}.`);
  return fault;
}
