/** Prints the expanded document as YAML on another core: on a large document that takes as long as all pages. */
import { Worker } from "node:worker_threads";
import type { WrittenNumber } from "../../json/written-numbers.ts";
import { moduleFile } from "../../package/files.ts";
import { threadsAvailable } from "../generate/emitter-thread.ts";
import { decode, encode, printYaml, type PrintRequest } from "./yaml-messages.ts";

export class YamlThread {
  readonly #worker = threadsAvailable ? new Worker(moduleFile("cli/docs/yaml-worker")) : undefined;

  /** Starts the thread, which loads its modules while the document is still being read. */
  constructor() {
    this.#worker?.unref();
  }

  /** The YAML of a document that is given as JSON text. Call once. */
  print(json: string, numbers: readonly WrittenNumber[]): Promise<string> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve(printYaml(json, numbers));
    worker.ref();
    const result = new Promise<string>((resolve, reject) => {
      worker.once("message", (printed: Uint8Array) => {
        resolve(decode(printed));
      });
      worker.once("error", reject);
      const bytes = encode(json);
      worker.postMessage({ bytes, numbers } satisfies PrintRequest, [bytes.buffer]);
    });
    // Whoever waits for it hears of a failure; without this, one before that would end the process.
    result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
