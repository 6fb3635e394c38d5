/** Runs every emitter; the slowest, where there is a second core for it, in a thread of its own. */
import { availableParallelism } from "node:os";
import type { EmitOptions, EmitResult } from "../emit/emitter.ts";
import type { ApiModel } from "../model/api-model.ts";
import { EmitterThread, threadsAvailable } from "./emitter-thread.ts";
import { emitters } from "./emitters.ts";

/** openapi-typescript takes about as long as all other emitters together. */
const threaded = "types";

/** Holds what is started before there is a model, so that it is ready when there is one. */
export class EmitterRun {
  readonly #thread: EmitterThread | undefined;

  constructor() {
    const worthwhile = threadsAvailable && availableParallelism() > 1;
    this.#thread = worthwhile ? new EmitterThread(threaded) : undefined;
  }

  /** The files and findings of all emitters, in the order of the table. */
  async emit(model: ApiModel, options: EmitOptions, stage: (text: string) => void): Promise<EmitResult> {
    const elsewhere = this.#thread?.emit(model, options);
    const results: Promise<EmitResult>[] = [];
    for (const { name, load } of emitters) {
      if (name === threaded && elsewhere !== undefined) {
        results.push(elsewhere);
        continue;
      }
      stage(`generating ${name}`);
      const result = await (await load())(model, options);
      results.push(Promise.resolve(result));
    }
    if (elsewhere !== undefined) stage(`generating ${threaded}`);
    const done = await Promise.all(results);
    return { files: done.flatMap(({ files }) => files), findings: done.flatMap(({ findings }) => findings) };
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
