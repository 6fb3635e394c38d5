/** Prints the expanded document as YAML on another core: on a large document that takes as long as all pages. */
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { openapiYaml } from "../../emit/openapi/emit.ts";
import type { JsonObject } from "../../json/json.ts";
import type { WrittenNumber } from "../../json/written-numbers.ts";
import { threadsAvailable } from "../generate/emitter-thread.ts";

interface PrintRequest {
  readonly bytes: Uint8Array;
  readonly numbers: readonly WrittenNumber[];
}

export class YamlThread {
  readonly #worker = threadsAvailable ? new Worker(new URL(import.meta.url)) : undefined;

  /** Starts the thread, which loads its modules while the document is still being read. */
  constructor() {
    this.#worker?.unref();
  }

  /** The YAML of a document that is given as JSON text. Call once. */
  print(json: string, numbers: readonly WrittenNumber[]): Promise<string> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve(printed(json, numbers));
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

/** As bytes, which change hands; a string would be copied, and slowly where it is not Latin. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function printed(json: string, numbers: readonly WrittenNumber[]): string {
  // It was made from a JSON object.
  return openapiYaml(JSON.parse(json) as JsonObject, numbers);
}

if (!isMainThread && threadsAvailable) {
  const port = parentPort;
  port?.once("message", ({ bytes, numbers }: PrintRequest) => {
    const result = encode(printed(decode(bytes), numbers));
    port.postMessage(result, [result.buffer]);
  });
}
