/** Makes one tree of all files: every `$ref` local, and a way back to the author's lines. */
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import { isObject, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import { assemble } from "./assemble.ts";
import { LoadFailure } from "./failure.ts";
import { FilePlace } from "./place.ts";
import type { References } from "./references.ts";
import { redoclyTokens } from "./problems.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

export interface Bundled {
  readonly root: JsonObject;
  readonly locate: (pointer: string) => SourceLocation | undefined;
}

/** Bundles a document that was checked before; a document may be its own bundle. */
export function bundle(root: LoadedFile, resolver: GuardedResolver, references: References): Bundled {
  const value = root.value;
  if (!isObject(value)) throw new LoadFailure("lockstep/not-openapi", "The document is not an object.");
  if (references.isBundle) {
    return { root: value, locate: (pointer) => root.text.locate(pointerTokens(pointer)) };
  }
  const assembled = assemble(value, new FilePlace(root.document.source, "#/"), references);
  return {
    root: assembled.document,
    locate: (pointer) => {
      const place = assembled.locate(pointer);
      return resolver.files.get(place.source.absoluteRef)?.text.locate(redoclyTokens(place.pointer));
    },
  };
}
