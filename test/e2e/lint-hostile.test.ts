/** `lint` on documents and rules that mean harm: it ends, and says why. */
import { existsSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { lintApart } from "../../generator/cli/lint/child-process.ts";
import { Project } from "./cli-run.ts";

const project = new Project();
afterAll(() => {
  project.remove();
});

const value = `${"a".repeat(40)}!`;

/** Each place in which rules of Redocly's compile a pattern to look at a value. */
const document = {
  openapi: "3.1.0",
  info: { title: "Patterns", version: "1" },
  paths: {
    "/a": {
      get: {
        parameters: [
          { name: "q", in: "query", schema: { type: "string", pattern: "b|^(a+)+$" }, example: value },
        ],
        responses: {
          "200": {
            description: "OK",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: {
                    x: { type: "string", pattern: "^(a|a)*$", default: value, examples: [value] },
                  },
                  patternProperties: { "^(a+)+$": { type: "string" } },
                },
                example: { x: value, [value]: "y" },
              },
            },
          },
        },
      },
    },
  },
};

const strict = `extends: [recommended]
rules:
  no-invalid-media-type-examples: error
  no-invalid-schema-examples: error
  no-invalid-parameter-examples: error
`;

test("patterns that can run away never reach the rules of Redocly", async () => {
  project.write({ "redocly.yaml": strict, "api.json": JSON.stringify(document) });
  const { err } = await project.run(["lint", "api.json"]);
  expect(err).toContain("lockstep/pattern-replaced");
  expect(err).not.toContain("were ended");
});

const options = { cwd: project.folder, allowRemote: false };

test("rules of others that hang, or that end the process, are ended and told of", async () => {
  const plugin = (body: string): string =>
    `module.exports = () => ({ id: "p", rules: { oas3: { r: () => ({ Root() { ${body} } }) } } });`;
  const config = "plugins: [./p.cjs]\nrules:\n  p/r: error\n";
  project.write({
    "redocly.yaml": config,
    "p.cjs": plugin("for (;;);"),
    "api.json": JSON.stringify(document),
  });
  const hung = await lintApart({ path: project.path("api.json"), options }, 3_000);
  expect(hung.diagnostics.map(({ message }) => message)).toEqual([
    "The rules of redocly.yaml took longer than 3 seconds on this document, and were ended.",
  ]);
  project.write({ "p.cjs": plugin("process.exit(0);") });
  const gone = await lintApart({ path: project.path("api.json"), options });
  expect(gone.diagnostics[0]?.message).toContain("ended their process");
});

test("plugins are announced, and left out on request", async () => {
  const plugin = `require("node:fs").writeFileSync(${JSON.stringify(project.path("ran"))}, ""); module.exports = () => ({ id: "p" });`;
  project.write({
    "redocly.yaml": "plugins: [./p.cjs]\nextends: [recommended]\n",
    "p.cjs": plugin,
    "api.json": JSON.stringify(document),
  });
  const without = await project.run(["lint", "api.json", "--no-plugins"]);
  expect(without.err).not.toContain("Running the plugins");
  expect(existsSync(project.path("ran"))).toBe(false);
  const { err } = await project.run(["lint", "api.json"]);
  expect(err).toContain("Running the plugins of redocly.yaml: ./p.cjs (--no-plugins leaves them out)");
  expect(existsSync(project.path("ran"))).toBe(true);
});
