/** Validators where a host has switched `__proto__` off (`node --disable-proto`): slower, with the same responses. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitSources } from "../conformance/validators/emitted.ts";

const schema: JsonObject = {
  type: "object",
  required: ["a"],
  properties: { a: { type: "string" }, list: { type: "array", items: { $ref: "#" } } },
  additionalProperties: false,
};

const script = `
import { isRoot, checkRoot, collectRoot } from "./schema-0.mjs";
const inherited = Object.create({ a: "x" });
const values = [{ a: "x" }, { a: "x", list: [{ a: "y" }] }, { a: 1 }, { list: [{}] }, inherited, [], null,
  JSON.parse('{"a":"x","__proto__":{}}'), Object.assign(Object.create(null), { a: "x" })];
console.log(JSON.stringify(values.map((one) => [isRoot(one), checkRoot(one)?.rule ?? null, collectRoot(one).length])));
`;

test.each(["delete", "throw"])("answer alike under --disable-proto=%s", (mode) => {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-prototypes-"));
  try {
    for (const [name, text] of emitSources([{ schema }])) {
      const { code } = transformSync(text, { loader: "ts", format: "esm", target: "node20" });
      writeFileSync(join(folder, name.replace(".mts", ".mjs")), code);
    }
    const entry = join(folder, "entry.mjs");
    writeFileSync(entry, script);
    const run = (...flags: string[]): unknown =>
      JSON.parse(execFileSync(process.execPath, [...flags, entry], { encoding: "utf8" }));
    const usual = run();
    expect(usual).toEqual([
      [true, null, 0],
      [true, null, 0],
      [false, "type", 1],
      [false, "required", 2],
      [false, "required", 1],
      [false, "type", 1],
      [false, "type", 1],
      [false, "additionalProperties", 1],
      [true, null, 0],
    ]);
    expect(run(`--disable-proto=${mode}`)).toEqual(usual);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
