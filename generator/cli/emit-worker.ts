/** The worker's side of `EmitterThread`: loads its emitters at once, runs them when the model arrives. */
import { parentPort } from "node:worker_threads";
import type { EmitOptions } from "../emit/emitter.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { NamedResults } from "./emitter-thread.ts";
import { emitters } from "./emitters.ts";

export interface EmitRequest {
  readonly model: ApiModel;
  readonly options: EmitOptions;
}

const loading = Promise.all(
  emitters
    .filter(({ beside }) => beside === true)
    .map(async ({ name, load }) => ({ name, emitter: await load() })),
);

parentPort?.once("message", (request: EmitRequest) => {
  void answer(request);
});

async function answer({ model, options }: EmitRequest): Promise<void> {
  const results: NamedResults[number][] = [];
  for (const { name, emitter } of await loading) results.push([name, await emitter(model, options)]);
  parentPort?.postMessage(results satisfies NamedResults);
}
