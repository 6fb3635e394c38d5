/** Makes an API out of a contract and the host's functions. */
import type { ApiContract } from "./contract.ts";
import type { OutgoingResponse, ServerRequest } from "./exchange.ts";
import type { Malformation } from "./validation/malformed.ts";
import type { ServerOptions } from "./options.ts";
import { Pipeline } from "./pipeline/pipeline.ts";
import { prepareApi } from "./pipeline/prepare.ts";

/** A running API: what adapters turn into listeners, plugins and middleware. */
export interface Api {
  readonly contract: ApiContract;
  readonly basePath: string;
  /**
   * Calls `done` with the response, once; possibly before it returns. Never throws.
   *
   * @param pass called instead of `done` where the API has no such path, so that the host may serve it
   */
  handle(request: ServerRequest, done: (response: OutgoingResponse) => void, pass?: () => void): void;
  /** The response to what the HTTP parser would not take. */
  rejectMalformed(why: Malformation): OutgoingResponse;
}

/**
 * The untyped core of the generated `createApi`.
 *
 * @throws TypeError where a handler, a check or a requirement is missing.
 */
export function createServer(contract: ApiContract, options: ServerOptions): Api {
  const prepared = prepareApi(contract, options);
  const pipeline = new Pipeline(prepared);
  return {
    contract,
    basePath: prepared.basePath,
    handle: (request, done, pass) => {
      pipeline.handle(request, done, pass);
    },
    rejectMalformed: (why) => pipeline.rejectMalformed(why),
  };
}
