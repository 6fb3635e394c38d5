/** The reports of `verify` as other programs read them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../../generator/cli/program.ts";
import { asArray, asObject, type JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { Project, Recorder } from "./cli-run.ts";

const project = new Project();
const document = `openapi: 3.1.0
info: { title: Things & more, version: 1.0.0 }
servers: [{ url: "https://example.com/v1" }]
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200":
          description: OK
          content: { application/json: { schema: { type: array, items: { type: string } } } }
`;
const exchange = {
  method: "GET",
  url: "https://example.com/v1/things",
  status: 200,
  headers: { "content-type": "application/json" },
  body: [1],
};

beforeAll(() => {
  project.write({ ".git/HEAD": "", "api/api.yaml": document, "api/log.jsonl": JSON.stringify(exchange) });
});
afterAll(() => {
  project.remove();
});

/** Runs in a subfolder of a repository. */
async function report(format: string): Promise<string> {
  const out = new Recorder();
  const args = ["verify", "--document", "api.yaml", "--log", "log.jsonl", "--format", format];
  const code = await runProgram(args, { ...project.context({}, out), cwd: project.path("api") });
  expect(code).toBe(1);
  return out.text;
}

test("JSON follows its published schema", async () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../schemas/verify-report.json"), "utf8"),
  ) as JsonObject; // a schema of ours
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const content: unknown = JSON.parse(await report("json"));
  expect([validate(content), validate.errors]).toEqual([true, null]);
});

test("SARIF names files from the root of the repository, as code scanning reads them", async () => {
  const log = JSON.parse(await report("sarif")) as JsonObject; // SARIF is an object
  const results = asArray(resolvePointer(log, "/runs/0/results"));
  expect(results).toHaveLength(1);
  const place = "/locations/0/physicalLocation";
  expect(resolvePointer(asObject(results[0]), place)).toMatchObject({
    artifactLocation: { uri: "api/api.yaml" },
    region: { startLine: 9 },
  });
  const rules = asArray(resolvePointer(log, "/runs/0/tool/driver/rules"));
  expect(asObject(rules[Number(asObject(results[0])["ruleIndex"])])["id"]).toBe("body-invalid");
});

test("JUnit and Markdown have the finding, and no raw markup of the document", async () => {
  const junit = await report("junit");
  expect(junit).toContain("<?xml");
  expect(junit).toMatch(/failures="1"/);
  expect(junit).toContain("Things &#38; more");
  const markdown = await report("markdown");
  expect(markdown).toContain("body-invalid");
});
