/** Reads responses item by item, as they come: JSON texts on lines or after record separators. Events are in events.ts. */
import { ApiError } from "./api-error.ts";
import { finishFailure, type AnyResult } from "./call.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import type { CallContext } from "./context.ts";
import type { CallInput } from "./options.ts";
import { defaultBytes } from "./read-body.ts";

/** A response to be read item by item, and what that takes. */
export interface ItemCall extends CallContext {
  readonly response: Response;
  /** Calls the operation once more. */
  readonly again: (input: CallInput) => Promise<AnyResult>;
}

/** Replaces the unread response of a result by its items. */
export type Items = (result: AnyResult, context: CallContext, again: ItemCall["again"]) => AnyResult;

export type ReadItems = (call: ItemCall) => AsyncGenerator<unknown, void, undefined>;

/** CR, LF or both (HTML Standard §9.2.5). */
export const lineEnd = /\r\n|\r|\n/;

/** What a response says is read otherwise where several media types are declared. */
const sequential = /event-stream|ndjson|json-?l|json-seq/i;

/** A body can be read once, so a second loop over the same response fails. */
export function itemsBy(read: ReadItems): Items {
  return (result, context, again) => {
    const { response, data } = result;
    const type = response?.headers.get("content-type") ?? "";
    if (response === undefined || data !== response || (type !== "" && !sequential.test(type))) return result;
    return { ...result, data: { [Symbol.asyncIterator]: () => read({ ...context, response, again }) } };
  };
}

/** A broken connection; no other failure of a stream can be mended. */
export class BrokenStream extends Error {}

/** @throws ApiError */
export function fail({ operation, response }: ItemCall, failure: FailureParts): never {
  const { error } = finishFailure(failure, response, 1);
  throw new ApiError(operation.id, error, response);
}

/**
 * The parts of the text between separators, without waiting for more than their own end. Where the loop is left early, the
 * rest of the body is cancelled.
 *
 * @throws BrokenStream, ApiError
 */
export async function* partsOf(call: ItemCall, separator: RegExp): AsyncGenerator<string, void, undefined> {
  const limit = call.call.responseBytes ?? defaultBytes;
  const decoder = new TextDecoder();
  let rest = "";
  let afterReturn = false;
  for await (const bytes of chunksOf(call)) {
    const text = typeof bytes === "string" ? bytes : decoder.decode(bytes, { stream: true });
    const [first = "", ...others] = text.slice(afterReturn && text.startsWith("\n") ? 1 : 0).split(separator);
    rest += first;
    for (const part of others) {
      yield rest;
      rest = part;
    }
    if (rest.length > limit) fail(call, invalid(call, "too-large"));
    // A line may end in two characters, and a chunk between them.
    if (text !== "") afterReturn = text.endsWith("\r");
  }
  if (rest !== "") yield rest;
}

async function* chunksOf(item: ItemCall): AsyncGenerator<Uint8Array | string> {
  const { response, call } = item;
  // Where responses are not streams (React Native), all of it is in memory already.
  if (!response.body) {
    yield await response.text();
    return;
  }
  // The types of Node and of browsers differ in what they call a stream of bytes.
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (cause) {
    const { signal } = call;
    if (signal?.aborted) fail(item, failureOf("aborted", { status: undefined, cause: signal.reason }));
    throw new BrokenStream("", { cause });
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** The value of a JSON text. */
export function parseItem(call: ItemCall, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail(call, invalid(call, "not-json", text));
  }
}

export function invalid(
  { response: { status } }: ItemCall,
  reason: "not-json" | "truncated" | "too-large",
  body?: unknown,
): FailureParts {
  return failureOf("invalid", { status, reason, body, issues: [] });
}

function jsonItems(separator: RegExp): Items {
  return itemsBy(async function* (call) {
    try {
      for await (const text of partsOf(call, separator)) if (text.trim() !== "") yield parseItem(call, text);
    } catch (error) {
      if (error instanceof BrokenStream) fail(call, invalid(call, "truncated"));
      throw error;
    }
  });
}

/** A JSON text on each line (`application/x-ndjson`, `application/jsonl`). */
export const jsonLines: Items = /* @__PURE__ */ jsonItems(lineEnd);

/** JSON texts that begin with a record separator (RFC 7464). */
export const jsonTexts: Items = /* @__PURE__ */ jsonItems(/\x1e/);
