/** Webhooks have validators: for receivers, who read what the API sends, and for the API, which reads what they return. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitTypes } from "../../generator/emit/types/emit.ts";
import { emitValidators } from "../../generator/emit/validators/emit.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { typeErrors } from "../support/type-check.ts";
import type { Request, Responses } from "./validators-operations-emitted.ts";

const pet = { $ref: "#/components/schemas/Pet" };
const document: JsonObject = {
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  webhooks: {
    petBorn: {
      post: {
        operationId: "petBorn",
        parameters: [{ name: "X-Signature", in: "header", required: true, schema: { type: "string" } }],
        requestBody: { required: true, content: { "application/json": { schema: pet } } },
        responses: { "200": { description: "ok", content: { "application/json": { schema: pet } } } },
      },
    },
    "pet.lost": { $ref: "#/components/pathItems/Lost" },
  },
  components: {
    pathItems: {
      Lost: {
        put: {
          requestBody: { content: { "application/json": { schema: pet } } },
          responses: { "2XX": { description: "ok" } },
        },
      },
    },
    schemas: {
      Pet: {
        type: "object",
        required: ["id", "secret"],
        properties: {
          id: { type: "integer", format: "int64", readOnly: true },
          secret: { type: "string", writeOnly: true },
        },
      },
    },
  },
};

let folder: string;
let webhooks: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  const { model } = buildModel(document);
  folder = mkdtempSync(join(tmpdir(), "lockstep-webhooks-"));
  const options = { importExtension: ".js" } as const;
  const types = await emitTypes(model, options);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  for (const { path, content } of [...types.files, ...emitValidators(model, options).files]) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    const { code } = transformSync(content, { loader: "ts", format: "esm", target: "node20" });
    writeFileSync(target.replace(/\.ts$/, ".js"), code);
  }
  const use = [
    'import { petBornRequest, putPetLostResponses } from "./validators/webhooks.js";',
    "const read = petBornRequest.body.read('application/json', '{}');",
    "export const id: number | undefined = read.value?.id;",
    "export const secret: undefined = read.value?.secret;",
    "export const known = putPetLostResponses.match(204);",
  ];
  writeFileSync(join(folder, "use.ts"), `${use.join("\n")}\n`);
  // A module namespace is an object with string keys.
  webhooks = (await import(pathToFileURL(join(folder, "validators/webhooks.js")).href)) as typeof webhooks;
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a webhook", () => {
  test("has a validator of its request, whose body is what the API sends", () => {
    // The emitter promises this name; the test checks that it keeps the promise.
    const { body, parameters } = bound(webhooks["petBornRequest"] as Request);
    expect(body.read("application/json", '{"id":1}').issues).toBeUndefined();
    expect(body.read("application/json", "{}").issues).toMatchObject([{ pointer: "/id", rule: "required" }]);
    expect(body.read("application/json", undefined).issues).toMatchObject([{ rule: "required" }]);
    expect(parameters({ header: () => undefined }).issues).toMatchObject([{ pointer: "/X-Signature" }]);
  });

  test("has a validator of its responses, whose bodies are what the API receives", () => {
    const responses = webhooks["petBornResponses"] as Responses; // see above
    const check = (body: unknown): string[] =>
      responses
        .check({ status: 200, contentType: "application/json", body, header: () => undefined })
        .map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(check({ secret: "s" })).toEqual([]);
    expect(check({ id: 1 })).not.toEqual([]);
  });

  test("is found through a reference, and named after its name where it has no operationId", () => {
    const responses = webhooks["putPetLostResponses"] as Responses; // see above
    expect(responses.match(204)?.status).toBe("2XX");
    expect(responses.match(500)).toBeUndefined();
  });

  test("has types that compile under every strict flag", () => {
    expect(typeErrors([folder])).toEqual([]);
  });
});

function bound(request: Request): { body: Request["body"]; parameters: Request["parameters"] } {
  return { body: request.body, parameters: (raw) => request.parameters(raw) };
}
