/** The validators that are compared, each compiled the way its authors recommend for production. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { validator as schemasafe } from "@exodus/schemasafe";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import standalone from "ajv/dist/standalone/index.js";
import { build, type BuildOptions } from "esbuild";
import { Compile } from "typebox/schema";
import { z } from "zod";
import { emitValidators } from "../../generator/emit/validators/emit.ts";
import type { Json, JsonObject } from "../../generator/json/json.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { schemas, type Case } from "./cases.ts";
import { typia } from "./typia.ts";

export type Mode = "is" | "check" | "collect";
/** Gives anything; what is measured is how long it takes. */
export type Validate = (value: Json) => unknown;

export type Modes = Partial<Record<Mode, Validate>>;

export interface Contender {
  readonly name: string;
  readonly modes: Modes;
}

export interface Size {
  readonly name: string;
  readonly minified: number;
  readonly gzipped: number;
}

export interface Bench {
  contenders(one: Case): Contender[];
  readonly sizes: readonly Size[];
}

type Loaded = Readonly<Record<string, Validate | undefined>>;

/**
 * Writes and bundles everything into a folder that the caller throws away.
 *
 * @param peers the folder of a project that has typia
 */
export async function prepare(folder: string, cases: readonly Case[], peers?: string): Promise<Bench> {
  const names = cases.map((one) => one.schema);
  const ours = await bundle(folder, "ours", emitOurs(folder, names));
  const ajv = await bundle(folder, "ajv", writeAjv(folder, "ajv", names, {}));
  const ajvAll = await bundle(folder, "ajv-all", writeAjv(folder, "ajv-all", names, { allErrors: true }));
  const ofTypia = peers === undefined ? undefined : await typia(peers, names);
  const contenders = ({ schema }: Case): Contender[] => {
    // Its own type of JSON is the same but for `readonly`.
    const safe = schemasafe(withDefinitions(schema), { includeErrors: false, allowUnusedKeywords: true });
    const typebox = Compile(withDefinitions(schema));
    const zod = z.fromJSONSchema(withDefinitions(schema));
    return [
      { name: "ours", modes: modesOf(ours.loaded, schema) },
      {
        name: "ajv",
        modes: {
          ...mode("is", ajv.loaded[schema]),
          ...mode("check", ajv.loaded[schema]),
          ...mode("collect", ajvAll.loaded[schema]),
        },
      },
      // schemasafe types its functions for values of the schema.
      { name: "schemasafe", modes: { is: safe as Validate } },
      {
        name: "typebox",
        modes: { is: (value) => typebox.Check(value), collect: (value) => typebox.Errors(value) },
      },
      { name: "zod", modes: { is: (value) => zod.safeParse(value).success } },
      ...(ofTypia === undefined ? [] : [{ name: "typia", modes: ofTypia.get(schema) ?? {} }]),
    ];
  };
  return { contenders, sizes: [ours.size, ajv.size, ajvAll.size] };
}

function mode(name: Mode, validate: Validate | undefined): Modes {
  return validate === undefined ? {} : { [name]: validate };
}

function modesOf(loaded: Loaded, schema: string): Modes {
  return {
    ...mode("is", loaded[`is${schema}`]),
    ...mode("check", loaded[`check${schema}`]),
    ...mode("collect", loaded[`collect${schema}`]),
  };
}

/** Emits our validators for the document and gives an entry file with all three modes of the cases. */
function emitOurs(folder: string, names: readonly string[]): string {
  const document: JsonObject = { openapi: "3.1.1", components: { schemas } };
  const named = Object.entries(schemas).map(([name, schema]) => ({
    name,
    identifier: name,
    pointer: `/components/schemas/${name}`,
    schema,
  }));
  // The emitter of component validators reads nothing else of the model.
  const model = { document, schemas: named, operations: [], securitySchemes: [] } as unknown as ApiModel;
  const { files } = emitValidators(model, { importExtension: ".ts" });
  for (const file of files) write(join(folder, "ours", file.path), file.content);
  const functions = names.flatMap((name) => [`is${name}`, `check${name}`, `collect${name}`]);
  return write(
    join(folder, "ours", "entry.ts"),
    `export { ${functions.join(", ")} } from "./validators/index.ts";\n`,
  );
}

/** Ajv's standalone code, with `discriminator` where it helps it: it knows no mapping, so that is left out. */
function writeAjv(folder: string, name: string, names: readonly string[], options: Options): string {
  const ajv = new Ajv2020({
    ...options,
    discriminator: true,
    strict: false,
    code: { source: true, esm: true, lines: false },
  });
  addFormats.default(ajv);
  for (const schema of names) ajv.addSchema(withDefinitions(schema), schema);
  const code = standalone.default(ajv, Object.fromEntries(names.map((schema) => [schema, schema])));
  return write(join(folder, `${name}.mjs`), code);
}

/** The schema by itself, with what it refers to under `$defs`: other validators do not read OpenAPI documents. */
function withDefinitions(name: string): JsonObject {
  const { [name]: own, ...others } = schemas;
  const text = JSON.stringify({ ...own, $defs: others }).replaceAll("#/components/schemas/", "#/$defs/");
  // JSON in, JSON out.
  return JSON.parse(text, (key, value: unknown) => (key === "mapping" ? undefined : value)) as JsonObject;
}

async function bundle(folder: string, name: string, entry: string): Promise<{ loaded: Loaded; size: Size }> {
  const options: BuildOptions = {
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    nodePaths: [join(import.meta.dirname, "..", "..", "node_modules")],
  };
  const outfile = join(folder, `${name}.bundle.mjs`);
  await build({ ...options, outfile });
  const { outputFiles } = await build({ ...options, minify: true, write: false, outfile });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  // Bundled just now from generated code; called only under the names that were asked for.
  const loaded = (await import(pathToFileURL(outfile).href)) as Loaded;
  return { loaded, size: { name, minified: bytes.length, gzipped: gzipSync(bytes).length } };
}

function write(path: string, content: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}
