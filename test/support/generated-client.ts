/** Compiles a small document into a client that a test can import, in a folder of its own inside the repository. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { emitClient } from "../../generator/emit/client/emit.ts";
import { emitErrors } from "../../generator/emit/errors/emit.ts";
import { emitTypes } from "../../generator/emit/types/emit.ts";
import { emitValidators } from "../../generator/emit/validators/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";

/** A call as tests of runtime behaviour use it; types have tests of their own. */
export type LooseCall = ((input?: object) => Promise<LooseResult>) & {
  pages(input?: object): AsyncIterable<LooseResult>;
};

export interface LooseResult {
  readonly data?: unknown;
  readonly error?: Readonly<Record<string, unknown>>;
  readonly status?: number;
}

export type LooseClient = Readonly<Record<string, Readonly<Record<string, LooseCall>>>>;

export interface GeneratedClient {
  readonly folder: string;
  create(options: object): LooseClient;
  remove(): void;
}

/** Inside the repository, so that the runtime resolves by package name; git ignores it. */
const scratch = join(import.meta.dirname, "../../tmp");

/** @param document a whole OpenAPI 3.1 document with local references */
export async function generateClient(document: JsonObject): Promise<GeneratedClient> {
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, "client-"));
  const { model } = buildModel(expand(document).document);
  for (const emitter of [emitTypes, emitErrors, emitValidators, emitClient]) {
    const { files } = await emitter(model, { importExtension: ".ts" });
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  const loaded = (await import(pathToFileURL(join(folder, "client.ts")).href)) as {
    createClient(options: object): LooseClient;
  }; // what client.ts always exports
  return {
    folder,
    create: (options) => loaded.createClient(options),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
