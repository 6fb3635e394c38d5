/** Loading: what is read and bundled, where things stand, and a diagnostic for everything that cannot be read. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { codes, folder, head, loadFile } from "./load-files.ts";

it("knows the style that cookies have since 3.2", async () => {
  const parameter = "{ name: a, in: cookie, style: cookie, schema: { type: string } }";
  const get = `{ operationId: a, parameters: [${parameter}], responses: { "200": { description: Done. } } }`;
  const document = head.replace("3.1.1", "3.2.0").replace("paths: {}", `paths: { /a: { get: ${get} } }`);
  expect(await codes("cookie.yaml", document)).toEqual([]);
  expect(await codes("cake.yaml", document.replace("style: cookie", "style: cake"))).toEqual([
    // Reading the parameter tells of it.
  ]);
});

it("says once that a response stands under no status", async () => {
  const get = `{ operationId: a, responses: { "20": { description: Done. }, description: Done. } }`;
  expect(await codes("status.yaml", head.replace("paths: {}", `paths: { /a: { get: ${get} } }`))).toEqual([
    "lockstep/status-key 3:52",
    "lockstep/status-key 3:95",
  ]);
  const nested = `{ operationId: a, responses: { "200": { descripton: Done., description: Done. } } }`;
  expect(await codes("nested.yaml", head.replace("paths: {}", `paths: { /a: { get: ${nested} } }`))).toEqual([
    "lockstep/structure-member 3:73",
  ]);
  const webhook = head.replace("paths:", `webhooks: { a: { post: ${get} } }\npaths:`);
  expect(await codes("webhook.yaml", webhook)).toEqual([
    "lockstep/status-key 3:55",
    "lockstep/status-key 3:98",
  ]);
});

describe("files that are not documents", () => {
  it.each([
    ["missing.yaml", undefined, "lockstep/file-missing 1:1"],
    ["empty.yaml", "", "lockstep/empty-document 1:1"],
    ["comment.yaml", "# nothing\n", "lockstep/empty-document 1:1"],
    ["binary.yaml", new Uint8Array([0xff, 0xfe, 0, 1]), "lockstep/file-not-text 1:1"],
    ["nul.yaml", "openapi: 3.1.0\0", "lockstep/file-not-text 1:1"],
    ["list.json", "[1]", "lockstep/not-openapi 1:1"],
    ["text.yaml", "hello", "lockstep/not-openapi 1:1"],
    ["swagger.yaml", 'swagger: "2.0"\n', "lockstep/not-openapi 1:10"],
    ["async.yaml", "asyncapi: 3.0.0\n", "lockstep/not-openapi 1:11"],
    ["number.yaml", "openapi: 3.1\n", "lockstep/not-openapi 1:10"],
    ["four.yaml", "openapi: 4.0.0\n", "lockstep/not-openapi 1:10"],
    ["tab.yaml", "openapi: 3.1.0\ninfo:\n\ttitle: x\n", "lockstep/syntax 3:1"],
    ["json.json", '{"openapi": "3.1.0",,}', "lockstep/syntax 1:21"],
    ["stream.yaml", "a: 1\n---\nb: 2\n", "lockstep/syntax 1:1"],
    ["twice.yaml", "a: 1\nb: 2\na: 3\n", "lockstep/duplicate-key 3:1"],
    ["twice.json", '{"a": {"b": 1, "c": ":", "b": 2}}', "lockstep/duplicate-key 1:27"],
    ["proto.yaml", `${head}x-a: { __proto__: {} }\n`, "lockstep/forbidden-name 4:8"],
    ["proto.json", '{"openapi": "3.1.0", "__proto__": {"a": 1}}', "lockstep/forbidden-name 1:22"],
    ["nan.yaml", `${head}x-a: .nan\n`, "lockstep/not-json 4:1"],
    ["binary-value.yaml", `${head}x-a: !!binary aGVsbG8=\n`, "lockstep/not-json 4:1"],
    ["cycle.yaml", `${head}x-a: &a { b: *a }\n`, "lockstep/alias-expansion 4:11"],
  ])("%s", async (name, content, expected) => {
    expect(await codes(name, content)).toEqual([expected]);
  });

  it("a folder", async () => {
    mkdirSync(join(folder.path, "folder"));
    expect(await codes("folder")).toEqual(["lockstep/file-unreadable 1:1"]);
  });

  it("a billion laughs", async () => {
    const laughs = "bcdefghij".split("").map((name, index) => {
      const inner = Array.from({ length: 9 }, () => `*${"abcdefghij"[index] ?? ""}`);
      return `x-${name}: &${name} [${inner.join(", ")}]`;
    });
    const bomb = `${head}x-a: &a [[], [], [], [], [], [], [], [], []]\n${laughs.join("\n")}\n`;
    expect((await codes("bomb.yaml", bomb))[0]).toMatch(/^lockstep\/alias-expansion /);
  });

  it.each([".yaml", ".json"])("a hundred thousand levels (%s)", async (extension) => {
    const deep = `{"openapi": "3.1.0", "x-a": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect((await codes(`deep${extension}`, deep))[0]).toMatch(/^lockstep\/too-deep /);
  });
});

describe("documents", () => {
  it("with a byte order mark and CRLF keep their positions", async () => {
    const { document } = await loadFile("bom.yaml", `\uFEFF${head.replaceAll("\n", "\r\n")}`);
    expect(document?.root["openapi"]).toBe("3.1.1");
    expect(document?.locate("/info/title")).toMatchObject({
      line: 2,
      column: 16,
      endColumn: 17,
      pointer: "/info/title",
    });
  });

  it.each([
    ["3.0.4", "3.0"],
    ["3.1.2", "3.1"],
    ["3.2.0", "3.2"],
  ])("of OpenAPI %s", async (version, line) => {
    const { document } = await loadFile("version.yaml", head.replace("3.1.1", version));
    expect(document?.version).toBe(line);
  });

  it("may nest a hundred levels of schemas and chain thousands", async () => {
    let nested: object = { type: "string" };
    for (let level = 0; level < 100; level++) nested = { type: "object", properties: { inner: nested } };
    const chain = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [
        `Link${index}`,
        { type: "object", properties: { next: { $ref: `#/components/schemas/Link${(index + 1) % 3000}` } } },
      ]),
    );
    const document = {
      openapi: "3.1.1",
      info: { title: "T", version: "1" },
      paths: {},
      components: { schemas: { nested, ...chain } },
    };
    expect(await codes("nested.json", JSON.stringify(document))).toEqual([]);
  });

  it("with aliases become trees", async () => {
    const { document } = await loadFile(
      "alias.yaml",
      `${head}x-a: &a { b: 1 }\nx-c: *a\nx-d: { <<: *a, e: 2 }\n`,
    );
    expect(document?.root["x-c"]).toEqual({ b: 1 });
    expect(document?.root["x-c"]).not.toBe(document?.root["x-a"]);
    expect(document?.locate("/x-c/b")).toMatchObject({ line: 4, column: 14 });
    expect(document?.locate("/x-d/b")).toMatchObject({ line: 4, column: 14 });
  });

  it("in JSON are located as in YAML", async () => {
    const json =
      '{\n  "openapi": "3.1.1",\n  "info": {"title": "a \\"b\\", {c}", "version": "1"},\n  "paths": {}, "x-~/": [1, {"z": true}]\n}\n';
    const { document } = await loadFile("places.json", json);
    expect(document?.locate("/info/version")).toMatchObject({ line: 3, column: 48 });
    expect(document?.locate("/x-~0~1/1/z")).toMatchObject({ line: 4, column: 34, endColumn: 38 });
    expect(document?.locate("/x-~0~1/7/nowhere")).toMatchObject({ line: 4, column: 16, pointer: "/x-~0~1" });
    expect(document?.locate("/constructor/name")).toMatchObject({ line: 1, pointer: "" });
  });

  it("declare forgotten path parameters", async () => {
    const paths = "paths:\n  /a/{b}:\n    get:\n      responses: { default: { description: d } }\n";
    const { document, diagnostics } = await loadFile("forgotten.yaml", head.replace("paths: {}\n", paths));
    expect(diagnostics.map(({ code }) => code)).toEqual(["lockstep/path-parameter"]);
    expect(resolvePointer(document?.root ?? {}, "/paths/~1a~1{b}/get/parameters")).toEqual([
      { name: "b", in: "path", required: true, schema: { type: "string" } },
    ]);
    expect(document?.locate("/paths/~1a~1{b}/get/responses")?.line).toBe(6);
  });
});

describe("several files", () => {
  it("may keep a text in another file", async () => {
    folder.write("texts.yaml", "intro: Read me first.\n");
    const source = `${head}tags:\n  - name: A\n    description: { $ref: "texts.yaml#/intro" }\n`;
    const { document } = await loadFile("text-reference.yaml", source);
    expect(document?.root["tags"]).toEqual([{ name: "A", description: "Read me first." }]);
  });

  it("become one tree that knows its places", async () => {
    folder.write(
      "multi/paths/a.yaml",
      'get:\n  operationId: getA\n  responses:\n    "200":\n      description: A.\n      content:\n        application/json:\n          schema: { $ref: "../schemas.yaml#/A" }\n',
    );
    folder.write(
      "multi/schemas.yaml",
      'A:\n  oneOf: [{ $ref: "#/B" }, { $ref: "multi.yaml#/components/schemas/C" }]\n  discriminator: { propertyName: kind, mapping: { b: "#/B" } }\nB: { type: object, properties: { kind: { const: b }, up: { $ref: "#/A" } } }\n',
    );
    const root = head.replace(
      "paths: {}\n",
      'paths:\n  /a: { $ref: "paths/a.yaml", summary: Here. }\ncomponents:\n  schemas:\n    B: { type: string }\n    C: { type: object }\n    Alias: { $ref: "./multi.yaml#/components/schemas/C" }\n',
    );
    const { document, diagnostics } = await loadFile("multi/multi.yaml", root);
    expect(diagnostics).toEqual([]);
    expect(document?.root).toMatchInlineSnapshot(`
      {
        "components": {
          "schemas": {
            "A": {
              "discriminator": {
                "mapping": {
                  "b": "#/components/schemas/B-2",
                },
                "propertyName": "kind",
              },
              "oneOf": [
                {
                  "$ref": "#/components/schemas/B-2",
                },
                {
                  "$ref": "#/components/schemas/C",
                },
              ],
            },
            "Alias": {
              "$ref": "#/components/schemas/C",
            },
            "B": {
              "type": "string",
            },
            "B-2": {
              "properties": {
                "kind": {
                  "const": "b",
                },
                "up": {
                  "$ref": "#/components/schemas/A",
                },
              },
              "type": "object",
            },
            "C": {
              "type": "object",
            },
          },
        },
        "info": {
          "title": "T",
          "version": "1",
        },
        "openapi": "3.1.1",
        "paths": {
          "/a": {
            "get": {
              "operationId": "getA",
              "responses": {
                "200": {
                  "content": {
                    "application/json": {
                      "schema": {
                        "$ref": "#/components/schemas/A",
                      },
                    },
                  },
                  "description": "A.",
                },
              },
            },
            "summary": "Here.",
          },
        },
      }
    `);
    expect(document?.files.map(({ path }) => path)).toEqual([
      "multi/multi.yaml",
      "multi/paths/a.yaml",
      "multi/schemas.yaml",
    ]);
    expect(document?.locate("/paths/~1a/get/operationId")).toMatchObject({
      file: "multi/paths/a.yaml",
      line: 2,
    });
    expect(document?.locate("/components/schemas/B-2/properties/up")).toMatchObject({
      file: "multi/schemas.yaml",
      line: 4,
    });
    expect(document?.locate("/components/schemas/C/type")).toMatchObject({
      file: "multi/multi.yaml",
      line: 8,
    });
  });

  it("are hashed as they are on the disk", async () => {
    const { document } = await loadFile("hash.yaml", head);
    expect(document?.files).toEqual([
      { path: "hash.yaml", sha256: createHash("sha256").update(head).digest("hex") },
    ]);
  });
});
