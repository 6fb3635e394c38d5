/**
 * typia, from a project in which the user has installed it. It reads no schemas but TypeScript types, so the cases are
 * written as such, with its tags. It closes all objects of a type or none: surplus members are looked for in all where the
 * schema or, of a union, the first branch is closed. Its fail-fast mode throws, as its users have it.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { asArray, asObject, asStrings, asText, type Json } from "../../generator/json/json.ts";
import { nameOf, schemas } from "./cases.ts";
import type { Modes, Validate } from "./contenders.ts";

/** The three modes of each schema. `peers` is the folder with typia and a TypeScript that it takes. */
export async function typia(peers: string, names: readonly string[]): Promise<ReadonlyMap<string, Modes>> {
  // Within the project: typia and its compiler look for each other from here.
  const folder = mkdtempSync(path.join(path.resolve(peers), "typia-"));
  try {
    mkdirSync(path.join(folder, "in"));
    writeFileSync(path.join(folder, "in", "cases.ts"), program(names));
    const compilerOptions = { strict: true, module: "esnext", moduleResolution: "bundler", target: "es2022" };
    writeFileSync(
      path.join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, skipLibCheck: true }, include: ["in"] }),
    );
    const command = path.join(path.resolve(peers), "node_modules", "typia", "lib", "executable", "typia.js");
    const args = [command, "generate", "--input", "in", "--output", "out", "--project", "tsconfig.json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`typia generate failed:\n${stdout}${stderr}`);
    const outfile = path.join(folder, "bundle.mjs");
    const entryPoints = [path.join(folder, "out", "cases.ts")];
    await build({ entryPoints, outfile, bundle: true, format: "esm", platform: "node", target: "node20" });
    // The program above exports these names.
    const made = (await import(pathToFileURL(outfile).href)) as Readonly<Record<string, Validate>>;
    return new Map(names.map((name) => [name, modesOf(made, name)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function modesOf(made: Readonly<Record<string, Validate>>, name: string): Modes {
  const { [`is${name}`]: is, [`assert${name}`]: assert, [`validate${name}`]: validate } = made;
  if (is === undefined || assert === undefined || validate === undefined) throw new Error(`No ${name}.`);
  const check: Validate = (value) => {
    try {
      assert(value);
      return undefined;
    } catch (error) {
      return error;
    }
  };
  return { is, check, collect: validate };
}

function program(names: readonly string[]): string {
  const types = Object.entries(schemas).map(([name, schema]) => `type ${name} = ${typeOf(schema)};`);
  const functions = names.flatMap((name) => {
    const only = isClosed(schemas[name]) ? "Equals" : "";
    return [
      `export const is${name} = typia.create${only === "" ? "Is" : only}<${name}>();`,
      `export const assert${name} = typia.createAssert${only}<${name}>();`,
      `export const validate${name} = typia.createValidate${only}<${name}>();`,
    ];
  });
  return ['import typia, { type tags } from "typia";', ...types, ...functions, ""].join("\n");
}

function isClosed(schema: Json | undefined): boolean {
  const { $ref, oneOf, additionalProperties } = asObject(schema);
  if ($ref !== undefined) return isClosed(schemas[nameOf(asText($ref, ""))]);
  return oneOf === undefined ? additionalProperties === false : isClosed(asArray(oneOf)[0]);
}

/** Knows the keywords of the cases and no others. */
function typeOf(schema: Json | undefined): string {
  const { $ref, const: constant, enum: values, oneOf, type, items, ...rest } = asObject(schema);
  if ($ref !== undefined) return nameOf(asText($ref, ""));
  if (constant !== undefined) return JSON.stringify(constant);
  if (values !== undefined)
    return asStrings(values)
      .map((value) => JSON.stringify(value))
      .join(" | ");
  if (oneOf !== undefined) return asArray(oneOf).map(typeOf).join(" | ");
  if (type === "array") return [`(${typeOf(items)})[]`, ...tagsOf(rest)].join(" & ");
  if (type === "object") {
    const required = new Set(asStrings(rest["required"]));
    const members = Object.entries(asObject(rest["properties"]));
    return `{ ${members.map(([name, member]) => `${name}${required.has(name) ? "" : "?"}: ${typeOf(member)}`).join("; ")} }`;
  }
  return [asText(type, "unknown"), ...tagsOf(rest)].join(" & ");
}

/** What says nothing about validity has no tag. */
const tagNames: Readonly<Record<string, string | undefined>> = {
  description: undefined,
  format: "Format",
  maxItems: "MaxItems",
  maxLength: "MaxLength",
  minItems: "MinItems",
  minLength: "MinLength",
  uniqueItems: "UniqueItems",
};

function tagsOf(keywords: Readonly<Record<string, Json>>): string[] {
  return Object.entries(keywords).flatMap(([keyword, value]) => {
    if (!(keyword in tagNames)) throw new Error(`No tag for ${keyword}.`);
    const tag = tagNames[keyword];
    return tag === undefined ? [] : [`tags.${tag}<${JSON.stringify(value)}>`];
  });
}
