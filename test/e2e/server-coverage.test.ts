/** `lockstep coverage`: from a recorder's file to the responses that no test provoked. */
import { coverageFile } from "lockstep-openapi-runtime/coverage";
import { afterEach, expect, test } from "vitest";
import { readFileSync } from "node:fs";
import path from "node:path";
import { bodiesApi } from "../support/bodies-api.ts";
import { startTarget } from "../support/server-targets.ts";
import { Project } from "./cli-run.ts";

const document = readFileSync(path.join(import.meta.dirname, "../golden/server-bodies/openapi.yaml"), "utf8");
const project = new Project();
afterEach(() => {
  project.remove();
});

test("names what was never returned, at the operation; silent once all was", async () => {
  project.write({ "openapi.yaml": document });
  const coverage = coverageFile(project.path("coverage/responses.jsonl"));
  const target = await startTarget("fetch", bodiesApi(undefined, { coverage }));
  await target.call("/v1/events");
  await target.call("/v1/session", { headers: { authorization: "Bearer bad" } });
  await target.call("/v1/pings", {
    method: "POST",
    headers: { authorization: "Bearer good", "idempotency-key": "k" },
  });
  const args = ["coverage", "openapi.yaml", "--responses", "coverage/responses.jsonl"];
  const first = await project.run(args);
  expect(first.code).toBe(1);
  expect(first.err).toMatch(/openapi\.yaml:\d+:\d+/);
  const gaps = new Map(
    [...first.out.matchAll(/^(\w+): (\d.*)$/gm)].map(([, id = "", list = ""]) => [id, list]),
  );
  expect(gaps.get("streamEvents")).toBe("429 too_fast, 500 broken");
  expect(gaps.get("getSession")).toBe("200, 403 no_scope, 429 too_fast, 500 broken");
  // 203 is covered by the declared 2XX.
  expect(gaps.get("ping")).not.toContain("2XX");
  expect(gaps.get("ping")).toContain("503 busy");
  for (const [operation, list] of gaps) {
    for (const pair of list.split(", ")) {
      const [status = "", code = null] = pair.split(" ");
      coverage.record({ operation, status: Number(status), code });
    }
  }
  expect(await project.run(args)).toMatchObject({ code: 0, err: "" });
});

test("codes can be exempted; a file that is none is said so", async () => {
  project.write({ "openapi.yaml": document, "none.jsonl": "", "bad.jsonl": "{}\n" });
  const run = (...more: string[]) => project.run(["coverage", "openapi.yaml", "--responses", ...more]);
  expect((await run("none.jsonl")).out).toContain("500 broken");
  expect((await run("none.jsonl", "--except", "broken")).out).not.toContain("500 broken");
  expect(await run("bad.jsonl")).toMatchObject({ code: 2 });
  expect(await run("absent.jsonl")).toMatchObject({ code: 2 });
});
