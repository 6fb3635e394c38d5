/** A sound document with nodes broken at random: every stage ends, finds what it finds, and never throws. */
import { parse } from "yaml";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readModel } from "../../generator/cli/read-model.ts";
import { defaultOptions } from "../../generator/config/config.ts";
import { isArray, isObject, type Json } from "../../generator/json/json.ts";
import { sound } from "../unit/rules-documents.ts";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const folder = new TemporaryFolder();

/** What stands in place of a node: the wrong type, references to nowhere, to itself and to something else. */
const replacement = fc.constantFrom<Json>(
  null,
  3,
  "x",
  "",
  true,
  [],
  ["a"],
  [null],
  {},
  { $ref: "#/components/schemas/None" },
  { $ref: "#/components/schemas/ErrorEnvelope" },
  { $ref: "#/components" },
  { $ref: "none.yaml" },
  { $ref: 3 },
);

/** Walks down by the numbers, as far as there are members, and replaces what it comes to. */
const damage = fc.record({ steps: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), replacement });

function replaceAt(node: Json, [step, ...rest]: readonly number[], by: Json): Json {
  if (step === undefined) return by;
  if (isArray(node)) {
    return node.map((item, index) => (index === step % node.length ? replaceAt(item, rest, by) : item));
  }
  if (!isObject(node)) return by;
  const entries = Object.entries(node);
  const changed = entries.map(([name, value], index): [string, Json] => [
    name,
    index === step % entries.length ? replaceAt(value ?? null, rest, by) : (value ?? null),
  ]);
  return Object.fromEntries(changed);
}

it("never throws, and says where every error is", async () => {
  // The document is YAML of what JSON can say.
  const whole = parse(sound) as Json;
  let errors = 0;
  let further = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const broken = damages.reduce((node, { steps, replacement: by }) => replaceAt(node, steps, by), whole);
      const document = folder.write("api.json", JSON.stringify(broken));
      const api = { ...defaultOptions, name: "api", document, out: folder.path, docs: {} };
      const stages: string[] = [];
      const { diagnostics, read } = await readModel(api, folder.path, (stage) => stages.push(stage));
      const wrong = diagnostics.filter(({ severity }) => severity === "error");
      expect(wrong.every(({ location }) => location !== undefined)).toBe(true);
      expect(read === undefined).toBe(wrong.length > 0);
      errors += wrong.length > 0 ? 1 : 0;
      further += stages.includes("looking for more") ? 1 : 0;
    }),
    { numRuns: 400 },
  );
  expect(errors).toBeGreaterThan(100);
  expect(further).toBeGreaterThan(errors / 2);
});
