/** Bodies that go on: server-sent events (HTML Standard §9.2) and newline-delimited JSON. */

export interface ServerSentEvent {
  /** Written as JSON, unless it is a string. */
  readonly data: unknown;
  readonly event?: string;
  readonly id?: string;
  /** Milliseconds after which a reader connects again. */
  readonly retry?: number;
}

export interface EventStreamOptions {
  /** Milliseconds of silence after which a comment keeps proxies from closing the connection; 15 s where absent. */
  readonly heartbeatMs?: number;
}

/** The body of `text/event-stream`. Ends its source when the reader leaves. */
export async function* serverSentEvents(
  events: AsyncIterable<ServerSentEvent>,
  { heartbeatMs = 15_000 }: EventStreamOptions = {},
): AsyncGenerator<string, void, undefined> {
  const iterator = events[Symbol.asyncIterator]();
  let pending = iterator.next();
  try {
    for (;;) {
      const next = await within(pending, heartbeatMs);
      if (next === undefined) {
        yield ":\n\n";
        continue;
      }
      if (next.done === true) return;
      yield eventText(next.value);
      pending = iterator.next();
    }
  } finally {
    // A source that waits for its next event may never hear of it, which is no reason to wait for the source.
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
    pending.catch(() => undefined);
  }
}

/** The body of `application/x-ndjson`: a JSON text and a line end for each value. */
export async function* ndjson(values: AsyncIterable<unknown>): AsyncGenerator<string, void, undefined> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}

/** The result, or `undefined` where it takes longer. */
async function within<Result>(pending: Promise<Result>, milliseconds: number): Promise<Result | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([pending, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** One field a line; a line end within one would start another. */
function eventText({ data, event, id, retry }: ServerSentEvent): string {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  const lines = text.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  if (event !== undefined) lines.unshift(`event: ${oneLine(event)}\n`);
  if (id !== undefined) lines.unshift(`id: ${oneLine(id)}\n`);
  if (retry !== undefined) lines.unshift(`retry: ${Math.ceil(retry)}\n`);
  return `${lines.join("")}\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, " ");
}
