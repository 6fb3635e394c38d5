/** Makes one tree of all files: every `$ref` local, and a way back to the author's lines. */
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import { assemble, type AssemblySource } from "./assemble.ts";
import { LoadFailure } from "./failure.ts";
import { FilePlace } from "./place.ts";
import { placeTokens } from "./problems.ts";
import { readReached } from "./reached.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";
import type { BrokenReferences } from "./structure/broken.ts";
import type { Target, Targets } from "./targets.ts";

export interface Bundled {
  readonly root: JsonObject;
  /** The place of a pointer into `root`. */
  readonly locate: (pointer: string) => SourceLocation | undefined;
  /** The references that lead nowhere across files. */
  readonly broken: BrokenReferences;
}

/** Reads the other files of a document and bundles them; a document may be its own bundle. */
export async function bundle(root: LoadedFile, resolver: GuardedResolver): Promise<Bundled> {
  const { value } = root;
  if (!isObject(value)) throw new LoadFailure("lockstep/not-openapi", "The document is not an object.");
  if (root.selfContained) {
    const locate = (pointer: string): SourceLocation => root.text.locate(pointerTokens(pointer));
    return { root: value, locate, broken: new Map() };
  }
  const source = new FileReferences(await readReached(root, resolver));
  const assembled = assemble(value, new FilePlace(root.source, "#/"), source);
  return {
    root: assembled.document,
    broken: source.failures,
    locate: (pointer) => {
      const place = assembled.locate(pointer);
      return resolver.files.get(place.source.absoluteRef)?.text.locate(placeTokens(place.pointer));
    },
  };
}

class FileReferences implements AssemblySource<FilePlace> {
  readonly failures = new Map<object, LoadFailure | undefined>();
  readonly #targets: Targets;

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  resolve(ref: string, from: FilePlace): { readonly node: Json; readonly place: FilePlace } | undefined {
    const target = this.#targets.follow(ref, from.source.absoluteRef);
    return target.found === "value" ? target : undefined;
  }

  broken(copy: object, ref: string, from: FilePlace): void {
    this.failures.set(copy, failureOf(ref, this.#targets.follow(ref, from.source.absoluteRef)));
  }
}

function failureOf(ref: string, target: Target): LoadFailure | undefined {
  if (target.found === "cycle")
    return new LoadFailure(
      "lockstep/ref-cycle",
      `The reference \`${ref}\` leads back to itself and never to a value.`,
    );
  return target.found === "nothing" && target.error instanceof LoadFailure ? target.error : undefined;
}
