/** The name of each request: the caller's own where it is harmless, else a fresh one. */
import type { ServerRequest } from "./exchange.ts";
import type { RequestIdOptions } from "./options.ts";

export class RequestIds {
  /** Lower case. */
  readonly header: string;
  readonly fresh: () => string;
  readonly #accept: boolean;

  constructor({ header = "x-request-id", accept = true, generate = newId }: RequestIdOptions = {}) {
    this.header = header.toLowerCase();
    this.fresh = generate;
    this.#accept = accept;
  }

  /** Ids of callers end up in logs: only short plain ones are taken over. */
  of(request: ServerRequest): string {
    const given = this.#accept ? request.header(this.header) : undefined;
    return given !== undefined && /^[\w.:@/+=-]{1,200}$/.test(given) ? given : this.fresh();
  }
}

function newId(): string {
  return crypto.randomUUID();
}
