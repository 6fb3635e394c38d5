/** What is sent to a server and what comes back. */

export interface ProbeRequest {
  /** Upper case. */
  readonly method: string;
  /** Path and query below the base path, percent-encoded. */
  readonly target: string;
  /** In the order in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The decoded text; what lies beyond the limit is not kept. */
  readonly body: string;
  /** True where the body was longer than the limit, or did not end. */
  readonly truncated: boolean;
}

/** Why no response came. */
export type SendFailure = "connection" | "timeout" | "not-http" | "stopped";

export interface Exchange {
  readonly request: ProbeRequest;
  readonly response?: ReceivedResponse;
  readonly failure?: { readonly reason: SendFailure; readonly message: string };
  /** ISO 8601, of the beginning. */
  readonly startedAt: string;
  readonly milliseconds: number;
}

/** The value of a header, several of one name joined; `name` in lower case. */
export function headerOf(message: Pick<ReceivedResponse, "headers">, name: string): string | undefined {
  const values = message.headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

/** The same request with a header set, replaced, or taken out (`undefined`). */
export function withHeader(request: ProbeRequest, name: string, value: string | undefined): ProbeRequest {
  const others = request.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return { ...request, headers: value === undefined ? others : [...others, [name, value]] };
}
