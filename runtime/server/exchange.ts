/** The border between the kit and the frameworks: a request as an adapter shows it, a response as an adapter sends it. */

/** Implemented by each adapter. Everything is read lazily: what no stage asks for costs nothing. */
export interface ServerRequest {
  readonly method: string;
  /** Path and query as they came, e.g. `/api/templates?pageSize=5` (RFC 9112 §3.2.1). */
  readonly target: string;
  /** `name` is lower case; several fields of one name are joined with `, `. */
  header(name: string): string | undefined;
  /** Whether a body comes with it, by the header section. It may still turn out empty. */
  readonly hasBody: boolean;
  /** True if middleware in front of the kit has undone the `Content-Encoding` already. */
  readonly isInflated: boolean;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
  /**
   * Reads the whole body and calls `done` once: with what was received, or with the problem when it is longer than `limit`
   * bytes, takes longer than `timeout` milliseconds, or breaks off. A callback, because a promise would cost every call a
   * turn of the queue, and most bodies have arrived by the time they are read.
   *
   * @throws BodyTakenError where middleware in front of the kit has read the body and left nothing of it
   */
  read(limit: number, timeout: number, done: (body: ReceivedBody | BodyProblem) => void): void;
  /** The body as it arrives, held to the same limit. Throws what `read` throws. */
  stream(limit: number): ReadableStream<Uint8Array>;
  /** The framework's own request object. */
  readonly native: unknown;
}

export type OutgoingBody = string | Uint8Array | ReadableStream<Uint8Array> | undefined;

export interface OutgoingResponse {
  readonly status: number;
  /** Field names (lower case) and values in turn. Made for this response: the adapter may add to it. */
  readonly headers: string[];
  readonly body: OutgoingBody;
}

/** One part of a form: a text, or a file. */
export type FormEntry = readonly [name: string, value: string | File];

/** The bytes of a body, or the entries of a form that middleware in front of the kit has taken apart. */
export type ReceivedBody = Uint8Array | readonly FormEntry[];

export type BodyProblem = "too-large" | "timeout" | "aborted";

/** What a stream of a body fails with when it does not come to its end. */
export class BodyError extends Error {
  readonly problem: BodyProblem;

  constructor(problem: BodyProblem) {
    super(`The request body could not be read: ${problem}.`);
    this.name = "BodyError";
    this.problem = problem;
  }
}

/** Middleware in front of the kit has read the body, and what it left does not say what was sent. */
export class BodyTakenError extends Error {
  constructor(what: string) {
    super(`${what} Register the API before it, or let it skip the API's paths.`);
    this.name = "BodyTakenError";
  }
}
