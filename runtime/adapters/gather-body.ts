/** Gathers the body of a request of `node:http`, within a limit and a deadline. */
import { AsyncResource } from "node:async_hooks";
import { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { BodyProblem } from "../server/exchange.ts";

const nothing = new Uint8Array(0);

/**
 * Calls `done` once. Events of a message happen in the context of its connection; `done` is called in that of the request,
 * which holds the host's `AsyncLocalStorage`.
 */
export function gatherBody(
  source: Readable,
  limit: number,
  timeout: number,
  done: (body: Uint8Array | BodyProblem) => void,
): void {
  const context = new AsyncResource("LockstepBody");
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let length = 0;
  let over = false;
  const give = (outcome: Uint8Array | BodyProblem): void => {
    if (over) return;
    over = true;
    clearTimeout(deadline);
    // Node would do it after the response, in a way that is slower.
    source.off("data", gather);
    // The rest is thrown away as it comes, until the response closes the connection.
    if (typeof outcome === "string") source.on("error", () => undefined).resume();
    context.runInAsyncScope(done, undefined, outcome);
  };
  const deadline = setTimeout(give, timeout, "timeout").unref();
  const gather = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > limit) give("too-large");
    else if (first === undefined) first = chunk;
    else (more ??= [first]).push(chunk);
  };
  source.on("data", gather);
  // The other listeners stay: after the end there is nothing left for them to hear.
  source.on("end", () => {
    give(more === undefined ? (first ?? nothing) : Buffer.concat(more, length));
  });
  onBreak(source, () => {
    give("aborted");
  });
}

/** A message says that it broke off by closing; other streams would end the process if nobody heard their error. */
function onBreak(source: Readable, hear: () => void): void {
  source.on("close", hear);
  if (!(source instanceof IncomingMessage)) source.on("error", hear);
}
