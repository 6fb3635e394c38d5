/** Runs what the validator emitter writes: many schemas at once, types stripped, imported as modules. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import type { Finding } from "../../../generator/diagnostics/diagnostic.ts";
import { declareGuards, addSchemas } from "../../../generator/emit/validators/schemas.ts";
import { isObject } from "../../../generator/json/json.ts";
import type { JsonSchema, NamedSchema } from "../../../generator/model/api-model.ts";
import { Compiler } from "../../../generator/schema/compiler.ts";
import { printModule, printRuntime } from "../../../generator/schema/print-module.ts";

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
  readonly assertFormats?: boolean;
}

/** Emits each schema as the component `Root` of a module of its own and loads them all. */
export async function emitAndLoad(schemas: readonly EmittedSchema[]): Promise<Validator[]> {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-validators-"));
  try {
    mkdirSync(folder, { recursive: true });
    const compilers: Compiler[] = [];
    const emitted = schemas.map((schema, index) => {
      const { compiler, source, findings } = emit(schema);
      compilers.push(compiler);
      writeFileSync(join(folder, `schema-${String(index)}.mjs`), strip(source));
      return { source, findings };
    });
    writeFileSync(join(folder, "runtime.mjs"), strip(printRuntime(compilers.map((one) => one.schemas))));
    return await Promise.all(
      emitted.map(async (one, index) => {
        const url = pathToFileURL(join(folder, `schema-${String(index)}.mjs`)).href;
        // The names and types of the three functions are what the emitter promises; the tests check that it holds.
        const loaded = (await import(url)) as Record<string, unknown>;
        return {
          is: loaded["isRoot"] as Validator["is"], // see above
          check: loaded["checkRoot"] as Validator["check"], // see above
          collect: loaded["collectRoot"] as Validator["collect"], // see above
          ...one,
        };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emit({ schema, externals, assertFormats }: EmittedSchema): {
  compiler: Compiler;
  source: string;
  findings: readonly Finding[];
} {
  const named: NamedSchema = { name: "Root", identifier: "Root", pointer: "", schema };
  const compiler = new Compiler({
    document: isObject(schema) ? schema : {},
    named: [named],
    externals: externals ?? new Map(),
    assertFormats: assertFormats ?? true,
  });
  const units = addSchemas({ schemas: [named] }, compiler);
  const findings = compiler.finish();
  const { declarations } = declareGuards(compiler, units);
  return { compiler, source: printModule(compiler.schemas, { extension: ".mjs", declarations }), findings };
}

function strip(source: string): string {
  return transformSync(source, { loader: "ts", format: "esm", target: "node20" }).code;
}
