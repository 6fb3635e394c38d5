/** What is left out before the engine compares takes nothing from what it reports. */
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runRedocly } from "../../generator/cli/commands/diff-engine.ts";
import { prune } from "../../generator/diff/engine/prune.ts";
import { asObject, type JsonObject } from "../../generator/json/json.ts";
import { DocumentEdits, randomDocument } from "../support/random-document.ts";

const root = join(import.meta.dirname, "../..");

/** Each change, and its verdicts. */
const report = async (base: JsonObject, revision: JsonObject): Promise<Map<string, string[]>> =>
  new Map(
    (await runRedocly(base, revision, root)).map(({ verdicts, ...change }) => [
      JSON.stringify(change),
      verdicts.map((verdict) => JSON.stringify(verdict)),
    ]),
  );

const sizeOf = (document: JsonObject): number => JSON.stringify(document).length;

describe("pruning", () => {
  it("takes nothing from what the engine reports", async () => {
    let changes = 0;
    let left = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (random) => {
        const base = randomDocument(random);
        const revision = structuredClone(base);
        const edits = new DocumentEdits(random, revision);
        for (let count = random(fc.integer, { min: 1, max: 8 }); count > 0; count--) edits.next();
        const whole = await report(base, revision);
        const [before, after] = prune(base, revision);
        const pruned = await report(before, after);
        expect([...pruned.keys()].sort()).toEqual([...whole.keys()].sort());
        // The engine passes over some renamed properties where other paths stand before theirs: it may find more, never less.
        for (const [change, verdicts] of whole)
          expect(pruned.get(change)).toEqual(expect.arrayContaining(verdicts));
        changes += whole.size;
        left += sizeOf(before);
        all += sizeOf(base);
      }),
      { numRuns: 10, endOnFailure: true },
    );
    // Else the edits missed, or nothing was left out. An edit of what no operation reaches changes nothing.
    expect(changes).toBeGreaterThan(5);
    expect(left / all).toBeLessThan(0.8);
  }, 180_000);

  it("keeps what a reference into a component or a path leads to", () => {
    const base = deepReferences("string");
    const [before] = prune(base, deepReferences("integer"));
    expect(before).toEqual(base);
  });

  it("keeps all of two schemas of which one takes the place of the other", () => {
    const base = placed("A");
    const [before, after] = prune(base, placed("B"));
    expect([before, after]).toEqual([base, placed("B")]);
  });

  it("leaves out what is the same on both sides", () => {
    const [base, revision] = [deepReferences("string"), deepReferences("string")];
    const [before, after] = prune(base, revision);
    expect(before).toEqual(after);
    expect(asObject(before["paths"])).toEqual({});
    expect(before["components"]).toEqual({ schemas: {} });
  });
});

/** Each of two paths leads to the property whose type is given: through a path, and through a schema. */
function deepReferences(type: string): JsonObject {
  const ok = (schema: JsonObject): JsonObject => ({
    get: {
      responses: {
        "200": { description: "OK", content: { "application/json": { schema } } },
      },
    },
  });
  return {
    openapi: "3.1.1",
    info: { title: "References", version: "1.0.0" },
    paths: {
      "/a": ok({ $ref: "#/paths/~1b/get/responses/200/content/application~1json/schema" }),
      "/b": ok({ $ref: "#/components/schemas/Thing/properties/inner" }),
    },
    components: {
      schemas: { Thing: { type: "object", properties: { inner: { type }, other: { type: "boolean" } } } },
    },
  };
}

/** Schemas that are the same on both sides, one of which is referred to. */
function placed(name: string): JsonObject {
  const schema = (type: string): JsonObject => ({
    type: "object",
    properties: { inner: { type: "object", properties: { deep: { type } } } },
  });
  return {
    openapi: "3.1.1",
    info: { title: "Places", version: "1.0.0" },
    paths: { "/a": { get: { responses: { "200": { $ref: "#/components/responses/Ok" } } } } },
    components: {
      responses: {
        Ok: {
          description: "OK",
          content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
        },
      },
      schemas: { A: schema("string"), B: schema("integer") },
    },
  };
}
