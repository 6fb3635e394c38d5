/** The examples on docs/diagnostics.md that are schemas: what is called wrong is complained about, what is right is not. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { isObject, type Json, type JsonObject } from "../../generator/json/json.ts";
import { emitAndLoad } from "../conformance/validators/emitted.ts";

const page = readFileSync(new URL("../../docs/diagnostics.md", import.meta.url), "utf8");

function exampleOf(code: string, kind: "Wrong" | "Right"): JsonObject {
  const [, section = ""] = page.split(`### \`${code}\``);
  const [, text = ""] = new RegExp(`\\*\\*${kind}\\*\\*\\s+\`\`\`yaml\\n([^\`]+)\`\`\``).exec(section) ?? [];
  // What YAML's core schema holds is JSON.
  const example = parse(text) as Json | undefined;
  if (!isObject(example)) throw new Error(`${code} has no such example`);
  return example;
}

describe.each([
  "lockstep/schema-invalid",
  "lockstep/schema-impossible",
  "lockstep/pattern-invalid",
  "lockstep/pattern-legacy",
  "lockstep/pattern-backtracking",
  "lockstep/pattern-replaced",
  "lockstep/format-unknown",
])("%s", (code) => {
  const codesOf = async (schema: JsonObject): Promise<readonly string[]> => {
    const [validator] = await emitAndLoad([{ schema }]);
    return validator?.findings.map((finding) => finding.code) ?? [];
  };

  it("is what the wrong example gets", async () => {
    expect(await codesOf(exampleOf(code, "Wrong"))).toEqual([code]);
  });

  it("is not what the right one gets", async () => {
    expect(await codesOf(exampleOf(code, "Right"))).toEqual([]);
  });
});
