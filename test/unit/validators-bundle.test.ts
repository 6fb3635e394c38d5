/** What a bundler leaves of emitted validators: nothing that is not asked for. */
import { build } from "esbuild";
import { expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitSources } from "../conformance/validators/emitted.ts";

/** What is left of a module with this schema's validators where a program imports it and uses nothing of it. */
async function leftOf(schema: JsonObject): Promise<string> {
  const files = emitSources([{ schema }]);
  const { outputFiles } = await build({
    stdin: { contents: `import { isRoot } from "./schema-0.mjs";` },
    bundle: true,
    format: "esm",
    platform: "neutral",
    minifySyntax: true,
    write: false,
    plugins: [
      {
        name: "emitted",
        setup(bundle) {
          bundle.onResolve({ filter: /^\./ }, ({ path }) => ({
            path: path.replace("./", "").replace(".mjs", ".mts"),
            namespace: "emitted",
          }));
          bundle.onLoad({ filter: /./, namespace: "emitted" }, ({ path }) => ({
            contents: files.get(path) ?? "",
            loader: "ts",
          }));
        },
      },
    ],
  });
  const text = outputFiles[0]?.text ?? "";
  return text.replace(/^\/\/.*$/gm, "").trim();
}

test.each([
  ...[
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
  ],
  ...["uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer"],
  ...["relative-json-pointer", "regex", "byte"],
])("the format %s is left out where nothing uses it", async (format) => {
  expect(await leftOf({ type: "string", format })).toBe("");
});

test.each<[string, JsonObject]>([
  ["bounds", { type: "number", minimum: 1, multipleOf: 0.5 }],
  ["long enumerations", { enum: Array.from({ length: 20 }, (_, n) => `v${String(n)}`) }],
  ["patterns", { type: "string", pattern: "^[a-z]+$", const: "a" }],
  ["replaced patterns", { type: "object", patternProperties: { "^(a+)+$": { type: "string" } } }],
  ["references", { type: "object", properties: { next: { $ref: "#" } }, required: ["next"] }],
])("%s are left out where nothing uses them", async (_, schema) => {
  expect(await leftOf(schema)).toBe("");
});
