/** The worker's side of `EmitterThread`: makes a model of its own and runs emitters until all are taken. */
import { parentPort } from "node:worker_threads";
import type { JsonObject } from "../../json/json.ts";
import { modelDocument } from "../../pipeline/model-document.ts";
import { EmitterQueue } from "./emitter-queue.ts";
import type { EmitMessage, EmitRequest } from "./emitter-messages.ts";
import { emitters } from "./emitters.ts";

/** Those that only this thread runs. */
const loading = Promise.all(emitters.filter(({ place }) => place === "beside").map(({ load }) => load()));

parentPort?.once("message", (request: EmitRequest) => {
  void respond(request);
});

/** Each result as soon as it is there, so that most have crossed over when the last one is made. */
function send(message: EmitMessage): void {
  parentPort?.postMessage(message);
}

async function respond({ json, reading, options, taken }: EmitRequest): Promise<void> {
  await loading;
  // It was made from a JSON object.
  const { model } = modelDocument(JSON.parse(json) as JsonObject, reading);
  for (const { name, load } of new EmitterQueue(taken).take("beside")) {
    send({ name, result: await (await load())(model, options) });
  }
  send("done");
}
