/** Runs emitters on another core. */
import { Worker } from "node:worker_threads";
import type { EmitResult } from "../emit/emitter.ts";
import type { EmitRequest } from "./emit-worker.ts";

/** Threads run compiled code only: from source, each would have to set up the loader of TypeScript first. */
export const threadsAvailable = import.meta.filename.endsWith(".js");

/** Emitter name to what it gave. */
export type NamedResults = readonly (readonly [name: string, result: EmitResult])[];

export class EmitterThread {
  readonly #worker: Worker;
  readonly #results: Promise<NamedResults>;

  /** Starts the thread, which loads what it will need while the document is still being read. */
  constructor() {
    this.#worker = new Worker(new URL("./emit-worker.js", import.meta.url));
    this.#results = new Promise((resolve, reject) => {
      this.#worker.once("message", resolve);
      this.#worker.once("error", reject);
    });
    // Whoever asks for results hears of a failure; a document that is found to be wrong may fail here for that very reason.
    this.#results.catch(() => undefined);
    this.#worker.unref();
  }

  /** Call once. Text crosses over at the price of a copy, where objects would be taken apart and built again. */
  begin(request: EmitRequest): void {
    this.#worker.postMessage(request);
  }

  /** What the thread has made, once it is done. */
  results(): Promise<NamedResults> {
    this.#worker.ref();
    return this.#results;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
