/** Runs every emitter; where there is a second core for it, some in a thread of their own. */
import { availableParallelism } from "node:os";
import type { EmitOptions, EmitResult } from "../../emit/emitter.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Reading } from "../../openapi/reading.ts";
import { EmitterQueue } from "./emitter-queue.ts";
import { EmitterThread, threadsAvailable } from "./emitter-thread.ts";
import { emitters, type EmitterEntry } from "./emitters.ts";

/** Holds what is started before there is a model, so that much is done when there is one. */
export class EmitterRun {
  readonly #options: EmitOptions;
  readonly #queue = new EmitterQueue();
  readonly #thread: EmitterThread | undefined;
  #begun = false;

  constructor(options: EmitOptions) {
    this.#options = options;
    const worthwhile = threadsAvailable && availableParallelism() > 1;
    this.#thread = worthwhile ? new EmitterThread() : undefined;
  }

  /** Lets the other thread begin on a document (JSON text) whose checks are still to come. */
  begin(json: string, reading: Reading): void {
    this.#thread?.begin({ json, reading, options: this.#options, taken: this.#queue.taken });
    this.#begun = this.#thread !== undefined;
  }

  /** The files and findings of all emitters, in the order of the table. `model` is that of the document above. */
  async emit(model: ApiModel, stage: (text: string) => void): Promise<EmitResult> {
    const results = new Map<string, EmitResult>();
    for (const { name, load } of this.#share()) {
      stage(`generating ${name}`);
      results.set(name, await (await load())(model, this.#options));
    }
    if (this.#thread !== undefined && this.#begun) {
      stage("generating the rest");
      for (const [name, result] of await this.#thread.results()) results.set(name, result);
    }
    const done = emitters.flatMap(({ name }) => results.get(name) ?? []);
    return { files: done.flatMap(({ files }) => files), findings: done.flatMap(({ findings }) => findings) };
  }

  /** One at a time, so that the other thread can take its own meanwhile. */
  *#share(): Generator<EmitterEntry> {
    yield* this.#queue.take("here");
    if (!this.#begun) yield* this.#queue.take("beside");
  }

  close(): void {
    this.#thread?.close();
  }
}
