/** The messages between the main thread and the worker that runs emitters. */
import type { EmitOptions, EmitResult } from "../../emit/emitter.ts";
import type { Reading } from "../../openapi/reading.ts";

export interface EmitRequest {
  /** The loaded document. Each side builds its own model from it. */
  readonly json: string;
  readonly reading: Reading;
  readonly options: EmitOptions;
  /** The shared state of the `EmitterQueue`. */
  readonly taken: Int32Array;
}

/** The result of one emitter, or the end of the results. */
export type EmitMessage = { readonly name: string; readonly result: EmitResult } | "done";
