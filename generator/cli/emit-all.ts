/** Runs every emitter; half of them, where there is a second core for it, in a thread of their own. */
import { availableParallelism } from "node:os";
import type { EmitOptions, EmitResult } from "../emit/emitter.ts";
import type { ApiModel } from "../model/api-model.ts";
import { EmitterThread, threadsAvailable } from "./emitter-thread.ts";
import { emitters } from "./emitters.ts";

/** Holds what is started before there is a model, so that it is ready when there is one. */
export class EmitterRun {
  readonly #thread: EmitterThread | undefined;

  constructor() {
    const worthwhile = threadsAvailable && availableParallelism() > 1;
    this.#thread = worthwhile ? new EmitterThread() : undefined;
  }

  /** The files and findings of all emitters, in the order of the table. */
  async emit(model: ApiModel, options: EmitOptions, stage: (text: string) => void): Promise<EmitResult> {
    const elsewhere = this.#thread?.emit(model, options);
    const results = new Map<string, EmitResult>();
    for (const { name, beside, load } of emitters) {
      if (elsewhere !== undefined && beside === true) continue;
      stage(`generating ${name}`);
      results.set(name, await (await load())(model, options));
    }
    if (elsewhere !== undefined) {
      stage("generating the rest");
      for (const [name, result] of await elsewhere) results.set(name, result);
    }
    const done = emitters.flatMap(({ name }) => results.get(name) ?? []);
    return { files: done.flatMap(({ files }) => files), findings: done.flatMap(({ findings }) => findings) };
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
