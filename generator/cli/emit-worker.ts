/** The worker's side of `EmitterThread`: loads one emitter at once, runs it when the model arrives. */
import { parentPort, workerData } from "node:worker_threads";
import type { EmitOptions } from "../emit/emitter.ts";
import type { ApiModel } from "../model/api-model.ts";
import { emitters } from "./emitters.ts";

export interface EmitRequest {
  readonly model: ApiModel;
  readonly options: EmitOptions;
}

const entry = emitters.find(({ name }) => name === workerData);
const loading = entry?.load();

parentPort?.once("message", (request: EmitRequest) => {
  void answer(request);
});

async function answer({ model, options }: EmitRequest): Promise<void> {
  const emitter = await loading;
  parentPort?.postMessage(await emitter?.(model, options));
}
