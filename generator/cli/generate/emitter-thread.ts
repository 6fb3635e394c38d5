/** Runs emitters on another core. */
import { Worker } from "node:worker_threads";
import type { EmitResult } from "../../emit/emitter.ts";
import { isCompiled, moduleFile } from "../../package/files.ts";
import type { EmitMessage, EmitRequest } from "./emitter-messages.ts";

/** Threads run compiled code only: from source, each would have to set up the loader of TypeScript first. */
export const threadsAvailable = isCompiled;

export class EmitterThread {
  readonly #worker: Worker;
  readonly #results: Promise<ReadonlyMap<string, EmitResult>>;

  /** Starts the thread, which loads what it will need while the document is still being read. */
  constructor() {
    this.#worker = new Worker(moduleFile("cli/generate/emit-worker"));
    const results = new Map<string, EmitResult>();
    this.#results = new Promise((resolve, reject) => {
      this.#worker.on("message", (message: EmitMessage) => {
        if (message === "done") resolve(results);
        else results.set(message.name, message.result);
      });
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

  /** What the thread has made, by the emitter's name, once it is done. */
  results(): Promise<ReadonlyMap<string, EmitResult>> {
    this.#worker.ref();
    return this.#results;
  }

  /** Ends the thread, whatever it is at. Nobody has to wait for its memory to be given back. */
  close(): void {
    void this.#worker.terminate();
  }
}
