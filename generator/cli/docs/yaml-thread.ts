/** Prints the expanded document as YAML on another core: on a large document that takes as long as all pages. */
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { openapiYaml } from "../../emit/openapi/emit.ts";
import type { JsonObject } from "../../json/json.ts";
import { threadsAvailable } from "../emitter-thread.ts";

/** The YAML of a document that is given as JSON text, which crosses over to a thread at the price of a copy. */
export function yamlElsewhere(json: string): Promise<string> {
  if (!threadsAvailable) return Promise.resolve(printed(json));
  const worker = new Worker(new URL(import.meta.url));
  return new Promise<string>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.postMessage(json);
  }).finally(() => worker.terminate());
}

function printed(json: string): string {
  // It was made from a JSON object.
  return openapiYaml(JSON.parse(json) as JsonObject);
}

if (!isMainThread && threadsAvailable) {
  parentPort?.once("message", (json: string) => {
    parentPort?.postMessage(printed(json));
  });
}
