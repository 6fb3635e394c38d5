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

/** The text of a body as it comes. `return` ends the source at once, even while the next text is awaited. */
export interface StreamedText extends AsyncIterableIterator<string> {
  return(): Promise<IteratorResult<string>>;
}

/** The body of `text/event-stream`. Ends its source when the reader leaves. */
export function serverSentEvents(
  events: AsyncIterable<ServerSentEvent>,
  { heartbeatMs = 15_000 }: EventStreamOptions = {},
): StreamedText {
  return new Streamed(events, eventText, heartbeatMs);
}

/** The body of `application/x-ndjson`: a JSON text and a line end for each value. */
export function ndjson(values: AsyncIterable<unknown>): StreamedText {
  return new Streamed(values, (value) => `${JSON.stringify(value)}\n`, undefined);
}

const end: IteratorResult<string> = { done: true, value: undefined };
const heartbeat: IteratorResult<string> = { done: false, value: ":\n\n" };

class Streamed<Value> implements StreamedText {
  readonly #source: AsyncIterator<Value>;
  readonly #write: (value: Value) => string;
  readonly #heartbeatMs: number | undefined;
  /** The source has been asked for its next value. */
  #isAsked = false;
  #isOver = false;
  /** What the source gave while nobody waited. */
  #given: Promise<IteratorResult<string>> | undefined;
  #wake: ((result: IteratorResult<string> | Promise<IteratorResult<string>>) => void) | undefined;

  constructor(
    source: AsyncIterable<Value>,
    write: (value: Value) => string,
    heartbeatMs: number | undefined,
  ) {
    this.#source = source[Symbol.asyncIterator]();
    this.#write = write;
    this.#heartbeatMs = heartbeatMs;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<string>> {
    if (this.#isOver) return Promise.resolve(end);
    const given = this.#given;
    this.#given = undefined;
    if (given !== undefined) return given;
    return new Promise((resolve) => {
      const timer =
        this.#heartbeatMs === undefined
          ? undefined
          : setTimeout(() => this.#wake?.(heartbeat), this.#heartbeatMs);
      this.#wake = (result) => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve(result);
      };
      if (!this.#isAsked) this.#ask();
    });
  }

  return(): Promise<IteratorResult<string>> {
    this.#stop();
    this.#wake?.(end);
    return Promise.resolve(end);
  }

  /** A source that waits for its next value may never hear of it, which is not a reason to wait for the source. */
  #stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    void Promise.resolve(this.#source.return?.()).catch(() => undefined);
  }

  #ask(): void {
    this.#isAsked = true;
    const asked = this.#source.next().then(
      (next) => {
        this.#isAsked = false;
        return next.done === true ? this.#close() : this.#written(next.value);
      },
      (error: unknown) => {
        this.#close();
        throw error;
      },
    );
    const give = (): void => {
      if (this.#wake === undefined) this.#given = asked;
      else this.#wake(asked);
    };
    asked.then(give, give);
  }

  #close(): IteratorResult<string> {
    this.#isOver = true;
    return end;
  }

  #written(value: Value): IteratorResult<string> {
    try {
      return { done: false, value: this.#write(value) };
    } catch (error) {
      this.#stop();
      throw error;
    }
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
