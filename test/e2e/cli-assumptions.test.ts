/** Assumptions about a document: warnings with a summary, listed in the manifest, errors to those who are strict. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { Project } from "./cli-run.ts";

const head = 'openapi: 3.0.3\ninfo: { title: T, version: "1" }\npaths: {}\n';
const document = `${head}components: { schemas: { A: { type: int }, B: { type: array, items: { $ref: "#/components/schemas/C" } } } }\n`;

test("are warnings with a summary, errors when strict, and checked against the manifest", async () => {
  const project = new Project();
  onTestFinished(() => {
    project.remove();
  });
  project.write({ "api.yaml": document });
  const refused = await project.run(["generate", "api.yaml", "--strict"]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("\n2 errors\n");
  const { code, err } = await project.run(["generate", "api.yaml"]);
  expect(code).toBe(0);
  expect(err).toContain("2 warnings: read with 1 assumption, 1 place unchecked");
  expect((await project.run(["lint", "api.yaml"])).code).toBe(1);
  // Not answered from hashes.
  expect((await project.run(["check", "api.yaml", "--strict"])).code).toBe(1);
  expect((await project.run(["check", "api.yaml"])).code).toBe(0);
  const manifest = project.path("generated/manifest.json");
  const text = readFileSync(manifest, "utf8");
  expect(JSON.parse(text)).toMatchObject({
    assumptions: {
      "lockstep/ref-unresolved": ["#/components/schemas/B/items/$ref"],
      "lockstep/schema-type": ["#/components/schemas/A/type"],
    },
  });
  writeFileSync(manifest, text.replace("/B/items", "/B/not"));
  expect((await project.run(["check", "api.yaml", "--force"])).code).toBe(1);
});
