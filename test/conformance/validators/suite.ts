/** Reads a checkout of the official JSON-Schema-Test-Suite: its draft2020-12 tests and what they refer to. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { JsonSchema } from "../../../generator/model/api-model.ts";

export interface SuiteGroup {
  /** File and description of the group. */
  readonly name: string;
  readonly schema: JsonSchema;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

/** The groups of a folder below `tests/draft2020-12`, files in alphabetical order. */
export function readGroups(suite: string, folder: string): SuiteGroup[] {
  const path = join(suite, "tests", "draft2020-12", folder);
  const files = readdirSync(path).filter((file) => file.endsWith(".json"));
  return files.sort().flatMap((file) => {
    // The suite's own schema describes these files.
    const groups = JSON.parse(readFileSync(join(path, file), "utf8")) as (SuiteGroup & {
      description: string;
    })[];
    return groups.map((group) => ({ ...group, name: `${join(folder, file)}: ${group.description}` }));
  });
}

/** Everything that the suite expects at `http://localhost:1234/`, and the meta-schemas of the dialect. */
export function readExternals(suite: string): Map<string, JsonSchema> {
  const externals = new Map<string, JsonSchema>();
  const remotes = join(suite, "remotes");
  for (const file of readdirSync(remotes, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".json") || /^draft(?!2020)/.test(file)) continue;
    externals.set(`http://localhost:1234/${file}`, readSchema(join(remotes, file)));
  }
  // Ajv ships the meta-schemas as published.
  const ajv = dirname(createRequire(import.meta.url).resolve("ajv/package.json"));
  const metas = join(ajv, "lib", "refs", "json-schema-2020-12");
  for (const file of readdirSync(metas, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".json")) continue;
    externals.set(
      `https://json-schema.org/draft/2020-12/${file.replace(/\.json$/, "")}`,
      readSchema(join(metas, file)),
    );
  }
  return externals;
}

function readSchema(file: string): JsonSchema {
  // Remotes and meta-schemas are schemas by definition.
  return JSON.parse(readFileSync(file, "utf8")) as JsonSchema;
}
