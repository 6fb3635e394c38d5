/** What the client emitter makes of a document: names, readers' schemas, and what a bundle of it weighs. */
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { emitClient } from "../../generator/emit/client/emit.ts";
import { clientOperations } from "../../generator/emit/client/names.ts";
import { readerSchema } from "../../generator/emit/client/reader-schema.ts";
import { emitServer } from "../../generator/emit/server/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import { buildModel } from "../../generator/model/build.ts";

describe("names", () => {
  const namesOf = (...operations: (readonly [tag: string | undefined, id: string])[]): string[] => {
    const paths = Object.fromEntries(
      operations.map(([tag, operationId], index) => [
        `/v1/things${String(index)}`,
        { get: { operationId, ...(tag === undefined ? {} : { tags: [tag] }), responses: {} } },
      ]),
    );
    const document = { openapi: "3.1.0", info: { title: "T", version: "1" }, paths };
    return clientOperations(buildModel(expand(document).document).model).map(
      ({ group, name }) => `${group}.${name}`,
    );
  };

  test("lose the words of their group, in any number", () => {
    expect(
      namesOf(
        ["Broadcasts", "sendPreparedBroadcast"],
        ["Brand kits", "getBrandKit"],
        ["Journeys", "listJourneyRuns"],
      ),
    ).toEqual(["broadcasts.sendPrepared", "brandKits.get", "journeys.listRuns"]);
  });

  test("stay whole where short ones would be the same", () => {
    expect(namesOf(["Items", "getItem"], ["Items", "getItems"], ["Items", "deleteItem"])).toEqual([
      "items.getItem",
      "items.getItems",
      "items.delete",
    ]);
  });

  test("never make a client or a group a promise, nor hide what a client has", () => {
    expect(namesOf(["then", "then"], ["use", "use"])).toEqual(["then2.then2", "use2.use"]);
  });

  test("without a tag take the first telling segment of the path", () => {
    expect(namesOf([undefined, "listAll"])).toEqual(["things0.listAll"]);
  });
});

test("a document of webhooks alone has neither a client nor a server", async () => {
  const info = { title: "T", version: "1" };
  const webhooks = {
    ping: { post: { operationId: "ping", responses: { "200": { description: "Seen." } } } },
  };
  const { model } = buildModel(expand({ openapi: "3.1.0", info, webhooks }).document);
  for (const emit of [emitClient, emitServer])
    expect(await emit(model, { importExtension: ".ts" })).toEqual({ files: [], findings: [] });
});

test("a reader relies on what the type says, and on nothing that may be relaxed", () => {
  expect(
    readerSchema({
      type: "object",
      additionalProperties: false,
      required: ["a"],
      properties: {
        a: { type: "integer", minimum: 1, format: "int32" },
        b: { type: "string", maxLength: 3, enum: ["x"] },
        c: { oneOf: [{ $ref: "#/components/schemas/X" }, { type: "null" }], unevaluatedProperties: false },
      },
    }),
  ).toEqual({
    type: "object",
    required: ["a"],
    properties: {
      a: { type: "number" },
      b: { type: "string", enum: ["x"] },
      c: { anyOf: [{ $ref: "#/components/schemas/X" }, { type: "null" }] },
    },
  });
});

describe("bundles", () => {
  const root = join(import.meta.dirname, "../..");
  const bundle = async (contents: string): Promise<string> => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: root, loader: "ts" },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      platform: "browser",
      conditions: ["lockstep-source"],
      write: false,
    });
    return outputFiles[0]?.text ?? "";
  };
  const weight = (text: string): number => gzipSync(text, { level: 9 }).length;

  test("a client of one operation weighs less than 8,300 bytes", async () => {
    const text = await bundle(
      `import { createClientOf } from "./generated/client.ts";
       import { getBroadcast } from "./generated/client/operations.ts";
       console.log(createClientOf([getBroadcast]));`,
    );
    expect(weight(text)).toBeLessThan(8300);
  });

  test("one operation brings its own codes, and neither prose nor others", async () => {
    const text = await bundle(
      `import { createClientOf } from "./generated/client.ts";
       import { getBroadcast } from "./generated/client/operations.ts";
       console.log(createClientOf([getBroadcast]));`,
    );
    expect(text).toContain("insufficient_scope");
    for (const absent of [
      "terminal_state",
      "/templates",
      "remediation",
      "Ask an administrator",
      "collect",
      "multipart",
    ]) {
      expect(text, absent).not.toContain(absent);
    }
  });
});
