/** Prints the expanded document as YAML on another core: on a large document that takes as long as all pages. */
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { openapiYaml } from "../../emit/openapi/emit.ts";
import type { JsonObject } from "../../json/json.ts";
import { threadsAvailable } from "../generate/emitter-thread.ts";

export class YamlThread {
  readonly #worker = threadsAvailable ? new Worker(new URL(import.meta.url)) : undefined;

  /** Starts the thread, which loads its modules while the document is still being read. */
  constructor() {
    this.#worker?.unref();
  }

  /** The YAML of a document that is given as JSON text. Call once. */
  print(json: string): Promise<string> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve(printed(json));
    worker.ref();
    const result = new Promise<string>((resolve, reject) => {
      worker.once("message", (bytes: Uint8Array) => {
        resolve(decode(bytes));
      });
      worker.once("error", reject);
      post(worker, json);
    });
    // Whoever waits for it hears of a failure; without this, one before that would end the process.
    result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}

/** As bytes, which change hands; a string would be copied, and slowly where it is not Latin. */
function post(port: { postMessage: Worker["postMessage"] }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  port.postMessage(bytes, [bytes.buffer]);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function printed(json: string): string {
  // It was made from a JSON object.
  return openapiYaml(JSON.parse(json) as JsonObject);
}

if (!isMainThread && threadsAvailable) {
  const port = parentPort;
  port?.once("message", (bytes: Uint8Array) => {
    post(port, printed(decode(bytes)));
  });
}
