/** Runs every stage on a document, all emitters in this thread, and holds it to what a user is promised of mistakes. */
import { expect } from "vitest";
import { emitters } from "../../../generator/cli/generate/emitters.ts";
import { readApi } from "../../../generator/cli/run/read-api.ts";
import { defaultOptions } from "../../../generator/config/config.ts";
import { hasErrors } from "../../../generator/diagnostics/diagnose.ts";
import type { GeneratedFile } from "../../../generator/emit/emitter.ts";
import type { Json } from "../../../generator/json/json.ts";
import type { TemporaryFolder } from "../../unit/temporary-folder.ts";

export interface Run {
  /** Absent where a mistake was found. */
  readonly files?: readonly GeneratedFile[];
  /** Was more looked for behind the first mistakes? */
  readonly further: boolean;
}

export async function generate(document: Json, folder: TemporaryFolder): Promise<Run> {
  const path = folder.write("api.json", JSON.stringify(document));
  const api = { ...defaultOptions, name: "api", document: path, out: folder.path, docs: {} };
  const stages: string[] = [];
  const { diagnostics, read } = await readApi(api, folder.path, (stage) => stages.push(stage));
  const wrong = diagnostics.filter(({ severity }) => severity === "error");
  expect(wrong.filter(({ location }) => location === undefined)).toEqual([]);
  expect(read === undefined).toBe(wrong.length > 0);
  const further = stages.includes("looking for more");
  if (read === undefined) return { further };
  const files: GeneratedFile[] = [];
  for (const { load } of emitters) {
    const emitted = await (await load())(read.model, { importExtension: ".js" });
    if (hasErrors(read.place(emitted.findings))) return { further };
    files.push(...emitted.files);
  }
  return { files, further };
}
