/** Runs what the validator emitter writes: many schemas at once, types stripped, imported as modules. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import type { Finding } from "../../../generator/diagnostics/diagnostic.ts";
import { declareGuards, addSchemas } from "../../../generator/emit/validators/schemas.ts";
import { isObject } from "../../../generator/json/json.ts";
import type { JsonSchema, NamedSchema } from "../../../generator/model/api-model.ts";
import type { FormatLevels } from "../../../generator/openapi/reading.ts";
import { Compiler } from "../../../generator/schema/compile/compiler.ts";
import { printModule, printRuntime } from "../../../generator/schema/print/module.ts";
import type { Direction } from "../../../generator/schema/analyse/scope.ts";

export interface Issue {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
  readonly expected?: unknown;
}

/** The three functions of one schema. */
export interface Validator {
  readonly is: (value: unknown) => boolean;
  readonly check: (value: unknown) => Issue | undefined;
  readonly collect: (value: unknown, limit?: number) => Issue[];
  readonly findings: readonly Finding[];
  /** The TypeScript that was emitted for it. */
  readonly source: string;
}

export interface EmittedSchema {
  readonly schema: JsonSchema;
  readonly externals?: ReadonlyMap<string, JsonSchema>;
  readonly formats?: FormatLevels;
}

/** Emits each schema as the component `Root` of a module of its own and loads them all. */
export async function emitAndLoad(schemas: readonly EmittedSchema[]): Promise<Validator[]> {
  const emitted = schemas.map((schema) => emit(schema));
  return loadAll(emitted, printRuntime(emitted.map(({ compiler }) => compiler.schemas)));
}

/** The validator of one schema. */
export async function emitAndLoadOne(schema: JsonSchema): Promise<Validator> {
  const [validator] = await emitAndLoad([{ schema }]);
  if (validator === undefined) throw new Error("nothing was emitted");
  return validator;
}

/** The TypeScript files of these schemas' validators, ready to be compiled: `schema-0.mts` …, `runtime.mts`. */
export function emitSources(schemas: readonly EmittedSchema[]): Map<string, string> {
  const emitted = schemas.map((schema) => emit(schema));
  const types = 'import type { components } from "./types.mjs";\ntype Schemas = components["schemas"];\n';
  const files = emitted.map(({ source }, i): [string, string] => [`schema-${String(i)}.mts`, types + source]);
  return new Map([...files, ["runtime.mts", printRuntime(emitted.map(({ compiler }) => compiler.schemas))]]);
}

interface Emitted {
  readonly source: string;
  readonly findings: readonly Finding[];
}

async function loadAll(emitted: readonly Emitted[], runtime: string): Promise<Validator[]> {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-validators-"));
  try {
    writeFileSync(join(folder, "runtime.mjs"), strip(runtime));
    return await Promise.all(
      emitted.map(async ({ source, findings }, index) => {
        const file = join(folder, `schema-${String(index)}.mjs`);
        writeFileSync(file, strip(source));
        // The names and types of the three functions are what the emitter promises; the tests check that it holds.
        const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
        return {
          is: loaded["isRoot"] as Validator["is"], // see above
          check: loaded["checkRoot"] as Validator["check"], // see above
          collect: loaded["collectRoot"] as Validator["collect"], // see above
          source,
          findings,
        };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Emits `components.schemas` of a document, and gives the validator of one for messages in a direction. */
export async function emitDocument(
  schemas: Readonly<Record<string, JsonSchema>>,
  name: string,
  direction: Direction,
): Promise<Validator> {
  const named = Object.entries(schemas).map(([key, schema]) => ({
    name: key,
    identifier: key,
    pointer: `/components/schemas/${key}`,
    schema,
  }));
  const compiler = new Compiler({ document: { components: { schemas } }, named });
  const root = named.find((one) => one.name === name);
  if (root === undefined) throw new Error(`no schema ${name}`);
  const unit = compiler.add(compiler.schemas, name, root.schema, root.pointer, direction);
  const findings = compiler.finish();
  const guarded = [{ identifier: "Root", type: `Schemas["${name}"]`, unit }];
  const declarations = declareGuards(compiler.schemas, compiler, guarded);
  const source = printModule(compiler.schemas, { extension: ".mjs", declarations });
  const [loaded] = await loadAll([{ source, findings }], printRuntime([compiler.schemas]));
  if (loaded === undefined) throw new Error("nothing was emitted");
  return loaded;
}

function emit({
  schema,
  externals,
  formats = "strict",
}: EmittedSchema): Emitted & { readonly compiler: Compiler } {
  const named: NamedSchema = { name: "Root", identifier: "Root", pointer: "", schema };
  const compiler = new Compiler({
    document: isObject(schema) ? schema : {},
    named: [named],
    externals: externals ?? new Map(),
    formats,
  });
  const units = addSchemas({ schemas: [named] }, compiler);
  const findings = compiler.finish();
  const declarations = declareGuards(compiler.schemas, compiler, units);
  return { compiler, source: printModule(compiler.schemas, { extension: ".mjs", declarations }), findings };
}

function strip(source: string): string {
  return transformSync(source, { loader: "ts", format: "esm", target: "node20" }).code;
}
