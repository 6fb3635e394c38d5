/** Runs the emitters of `beside` on another core. */
import { Worker } from "node:worker_threads";
import type { EmitOptions, EmitResult } from "../emit/emitter.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { EmitRequest } from "./emit-worker.ts";

/** Threads run compiled code only: from source, each would have to set up the loader of TypeScript first. */
export const threadsAvailable = import.meta.filename.endsWith(".js");

/** Emitter name to what it gave. */
export type NamedResults = readonly (readonly [name: string, result: EmitResult])[];

export class EmitterThread {
  readonly #worker: Worker;
  readonly #result: Promise<NamedResults>;

  /** Starts the thread, which loads its emitters while the document is still being read. */
  constructor() {
    this.#worker = new Worker(new URL("./emit-worker.js", import.meta.url));
    this.#result = new Promise((resolve, reject) => {
      this.#worker.once("message", resolve);
      this.#worker.once("error", reject);
    });
    // Whoever calls `emit` hears of a failure; without this, one before that call would end the process.
    this.#result.catch(() => undefined);
    this.#worker.unref();
  }

  /** Call once. */
  emit(model: ApiModel, options: EmitOptions): Promise<NamedResults> {
    const request: EmitRequest = { model, options };
    this.#worker.ref();
    this.#worker.postMessage(request);
    return this.#result;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
