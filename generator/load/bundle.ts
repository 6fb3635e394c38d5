/** Makes one tree of all files: every `$ref` local, and a way back to the author's lines. */
import { bundleDocument, detectSpec, getTypes } from "@redocly/openapi-core";
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import { isObject, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import { loadConfig } from "./essentials.ts";
import { LoadFailure } from "./failure.ts";
import { Origins } from "./origins.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

export interface Bundled {
  readonly root: JsonObject;
  readonly locate: (pointer: string) => SourceLocation | undefined;
}

/** Bundles a document that was checked before; a document of one file is its own bundle. */
export async function bundle(root: LoadedFile, resolver: GuardedResolver): Promise<Bundled> {
  const value = root.value;
  if (!isObject(value)) throw new LoadFailure("lockstep/not-openapi", "The document is not an object.");
  if (resolver.files.size === 1) {
    return { root: value, locate: (pointer) => root.text.locate(pointerTokens(pointer)) };
  }
  const origins = new Origins();
  for (const file of resolver.files.values()) origins.record(file);
  await bundleDocument({
    document: root.document,
    externalRefResolver: resolver,
    config: await loadConfig(),
    types: getTypes(detectSpec(root.document.parsed)),
  });
  return { root: value, locate: (pointer) => origins.locate(value, pointer) };
}
