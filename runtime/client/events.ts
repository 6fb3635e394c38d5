/** Server-sent events (HTML Standard §9.2): parses them as they come, and resumes a broken stream where it stopped. */
import { ApiError } from "./api-error.ts";
import {
  BrokenStream,
  fail,
  invalid,
  itemsBy,
  lineEnd,
  parseItem,
  partsOf,
  type ItemCall,
  type Items,
} from "./items.ts";
import { waitWithin } from "./interruption.ts";
import { defaultBytes } from "./read-body.ts";

/** One event. Members are there where the server sent the field. */
export interface ServerSentEvent<Data = string> {
  readonly data: Data;
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds to wait before the stream is resumed. */
  readonly retry?: number;
}

type Json = boolean | readonly string[];
type Fields = { -readonly [Name in keyof ServerSentEvent]?: ServerSentEvent[Name] };

/** The end of a stream of JSON, by a custom of many APIs. */
const endMark = "[DONE]";

/**
 * Events with the fields that the server sent. Where it gives ids and the request is safe to repeat, a stream that breaks or
 * ends is resumed with `Last-Event-ID` (§9.2.3). It is over when the server responds with 204, has no new event, or begins
 * anew.
 *
 * @param json `data` is parsed: of all events, or of those with these names
 */
export function eventStream(json: Json): Items {
  return itemsBy(async function* (first) {
    const { attempts, baseDelay, maxDelay } = first.retry;
    const canResume = first.operation.method === "GET" && attempts > 1;
    const state: Fields = {};
    let firstId: string | undefined;
    let idle = 0;
    for (let call: ItemCall | undefined = first; call !== undefined;) {
      let broken: BrokenStream | undefined;
      let isFresh = call === first;
      const isResumed = !isFresh;
      try {
        for await (const event of eventsOf(call)) {
          if (event.data === endMark && json !== false) return;
          if (isResumed && event.id !== undefined && event.id === firstId) return;
          firstId ??= event.id;
          Object.assign(state, event);
          isFresh = true;
          yield withData(call, event, json);
        }
      } catch (error) {
        if (!(error instanceof BrokenStream)) throw error;
        broken = error;
      }
      idle = isFresh ? 0 : idle + 1;
      const isOver = broken === undefined ? !isFresh : idle >= attempts;
      if (!canResume || !state.id || isOver) {
        if (broken !== undefined) fail(call, invalid(call, "truncated"));
        return;
      }
      call = await resume(call, state.id, Math.min(state.retry ?? baseDelay, maxDelay));
    }
  });
}

/** @returns `undefined` where the server says that there is no more */
async function resume(call: ItemCall, id: string, delay: number): Promise<ItemCall | undefined> {
  const { input, operation } = call;
  const aborted = await waitWithin(delay, call.call.signal);
  if (aborted !== undefined) fail(call, aborted);
  const header = { ...input.params?.header, "last-event-id": id };
  const { status, error, response } = await call.again({ ...input, params: { ...input.params, header } });
  if (error !== undefined) throw new ApiError(operation.id, error, response);
  return status === 204 ? undefined : { ...call, response };
}

function withData(call: ItemCall, event: Fields, json: Json): unknown {
  const isJson = typeof json === "boolean" ? json : json.includes(event.event ?? "message");
  return isJson ? { ...event, data: parseItem(call, event.data ?? "") } : event;
}

/** §9.2.6. An event that the end of the stream cuts off is dropped. */
async function* eventsOf(call: ItemCall): AsyncGenerator<Fields, void, undefined> {
  const { responseBytes = defaultBytes } = call.call;
  let event: Fields = {};
  for await (const line of partsOf(call, lineEnd)) {
    if (line !== "") addField(event, line);
    else {
      if (event.data !== undefined) yield event;
      event = {};
    }
    if (event.data !== undefined && event.data.length > responseBytes) fail(call, invalid(call, "too-large"));
  }
}

function addField(event: Fields, line: string): void {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "data") event.data = event.data === undefined ? value : `${event.data}\n${value}`;
  else if (name === "event") event.event = value;
  else if (name === "id" && !value.includes("\0")) event.id = value;
  else if (name === "retry" && /^\d+$/.test(value)) event.retry = Number(value);
}
