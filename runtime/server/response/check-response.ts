/** Checks what a handler returns against what its operation declares. Nothing undeclared passes. */
import { fieldOf, framingField, headerList, unsendableField } from "./response-fields.ts";
import type {
  ApiContract,
  MediaValidation,
  OperationContract,
  OperationErrorContract,
  RequestIssue,
  ResponseValidation,
  ValueIssue,
} from "../contract.ts";
import { codeIn, envelopeBody, type DecorateError } from "./envelope.ts";
import type { OutgoingBody } from "../exchange.ts";
import type { FailureOptions } from "./failure.ts";
import type { Violation } from "../observation/observe.ts";
import { statusNumber } from "../pipeline/stage-codes.ts";

/** A response that passed: what leaves, and what the observers are told. */
export interface CheckedResponse {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: OutgoingBody;
  readonly code: string | undefined;
}

/** Why a response did not pass. */
export type Breach = Pick<Violation, "kind" | "message" | "status" | "code" | "issues">;

export type Checked =
  | { readonly response: CheckedResponse; readonly breach?: undefined }
  | { readonly breach: Breach; readonly response?: undefined };

/** The declared responses of one operation. */
export class ResponseCheck {
  readonly #operation: OperationContract;
  readonly #api: ApiContract;
  readonly #decorate: DecorateError | undefined;
  /** Statuses whose bodies carry a code. */
  readonly #codedStatuses: ReadonlySet<string>;
  readonly #errors = new Map<string, readonly OperationErrorContract[]>();
  /** What was looked up before, by status. */
  readonly #responses = new Map<number, ResponseValidation>();

  constructor(operation: OperationContract, api: ApiContract, decorate: DecorateError | undefined) {
    this.#operation = operation;
    this.#api = api;
    this.#decorate = decorate;
    this.#codedStatuses = new Set(operation.errors.map(({ status }) => status));
    for (const error of operation.errors) {
      this.#errors.set(error.code, [...(this.#errors.get(error.code) ?? []), error]);
    }
  }

  /** True if this pair is declared. Never sampled, never off: replayed responses of an older contract pass here too. */
  declares(code: string | undefined, status: number): boolean {
    const key = this.#match(status)?.status;
    return key !== undefined && this.#allows(code, key);
  }

  #allows(code: string | undefined, key: string): boolean {
    if (code === undefined) return !this.#codedStatuses.has(key);
    return this.#errors.get(code)?.some((error) => error.status === key) === true;
  }

  #match(status: number): ResponseValidation | undefined {
    let response = this.#responses.get(status);
    if (response !== undefined) return response;
    response = this.#operation.responses.match(status);
    if (response !== undefined) this.#responses.set(status, response);
    return response;
  }

  /** A handler's result; `whole` says whether to validate body and headers too. */
  result(value: unknown, whole: boolean): Checked {
    if (!isResult(value)) return breach("result", "The handler returned neither a result nor a failure.");
    const { status } = value;
    const response = this.#match(status);
    if (response === undefined) return breach("status", `${status} is not declared.`, { status });
    const code = this.#codeOf(value.body, response.status);
    if (!this.#allows(code, response.status)) {
      const what = code === undefined ? "A body without a code" : `The code ${code}`;
      return breach("code", `${what} is not declared with ${status}.`, { status, ...present(code) });
    }
    return compose(value, response, code, whole, this.#operation.method === "HEAD");
  }

  /** A declared error. `whole` as above. */
  failure({ code, details, issues, options }: ErrorIntent, requestId: string, whole: boolean): Checked {
    const declared = this.#errors.get(code) ?? [];
    const error =
      declared.length < 2
        ? declared[0]
        : (declared.find(({ status }) => statusNumber(status) === options.status) ?? declared[0]);
    if (error === undefined) return breach("code", `The code ${code} is not declared.`, { code });
    const entry = this.#api.codes[code];
    const wanted = entry?.details ?? "optional";
    if ((details === undefined) === (wanted === "required") && wanted !== "optional") {
      const message = wanted === "required" ? "needs details and has none" : "has details and must not";
      return breach("details", `The code ${code} ${message}.`, { code });
    }
    const status = options.status ?? statusNumber(error.status);
    const parts = { code, status, message: options.message ?? entry?.message ?? code, details, issues };
    const { envelope } = this.#api;
    if (envelope === undefined)
      return breach("code", "The document has no envelope for codes.", { code, status });
    const body = envelopeBody(envelope, this.#api, parts);
    const decorated = this.#decorate?.(body, { ...parts, requestId }) ?? body;
    const wait = entry?.retry === "after-delay" ? 1 : undefined;
    const retryAfter = options.retryAfter ?? wait;
    const headers =
      retryAfter === undefined
        ? options.headers
        : { "retry-after": Math.max(0, Math.ceil(retryAfter)), ...options.headers };
    return this.result({ status, body: decorated, headers, mediaType: envelope.mediaType }, whole);
  }

  /** Only errors have codes: a success may well have a member of the same name. */
  #codeOf(body: unknown, key: string): string | undefined {
    const { envelope } = this.#api;
    return envelope === undefined || !this.#codedStatuses.has(key) ? undefined : codeIn(envelope, body);
  }
}

function compose(
  result: Result,
  response: ResponseValidation,
  code: string | undefined,
  whole: boolean,
  isHead: boolean,
): Checked {
  const { status } = result;
  const headers = headerList(result.headers);
  const unsendable = unsendableField(headers, result.mediaType);
  if (unsendable !== undefined) {
    return breach("headers", `HTTP cannot carry this ${unsendable} field.`, { status });
  }
  if (response.content.length === 0) {
    if (result.body !== undefined && result.body !== null)
      return breach("body", `${status} has no body.`, { status });
    return (
      framingBreach(headers, undefined, status, isHead || status === 304) ??
      fieldBreach(headers, response, whole) ?? { response: { status, headers, body: undefined, code } }
    );
  }
  const { content } = response;
  const mediaType = result.mediaType ?? (content.length === 1 ? content[0]?.mediaType : undefined);
  const media = mediaType === undefined ? undefined : response.match(mediaType);
  if (mediaType === undefined || media === undefined) {
    return breach("media-type", `${mediaType ?? "No media type"} is not declared.`, { status });
  }
  if (mediaType.includes("*")) {
    return breach("media-type", `${mediaType} is a range: the response has to name its type.`, { status });
  }
  if (result.body === undefined) return breach("body", `${status} needs a body.`, { status });
  const broken = whole ? (bodyBreach(result, media) ?? fieldBreach(headers, response, whole)) : undefined;
  if (broken !== undefined) return broken;
  const body = media.kind === "json" ? JSON.stringify(result.body) : rawBody(result.body);
  if (body === undefined) return breach("body", "The body cannot be written.", { status });
  const misframed = framingBreach(headers, body, status, false);
  if (misframed !== undefined) return misframed;
  headers.push("content-type", mediaType);
  return { response: { status, headers, body, code } };
}

function framingBreach(
  headers: readonly string[],
  body: OutgoingBody,
  status: number,
  mayHaveLength: boolean,
): Checked | undefined {
  const name = framingField(headers, body, mayHaveLength);
  const message = `The field ${name ?? ""} follows from the body and its media type.`;
  return name === undefined ? undefined : breach("headers", message, { status });
}

/** Streams and bytes are beyond validation: no schema speaks of them. A text may spell a number or a boolean. */
function bodyBreach({ status, body }: Result, media: MediaValidation): Checked | undefined {
  let issues: readonly ValueIssue[] | undefined;
  if (media.kind === "text") issues = typeof body === "string" ? media.read(body).issues : undefined;
  else if (media.kind === "json" && !media.is(body)) issues = media.collect(body);
  return issues && breach("body", "The body does not fit its schema.", { status, issues });
}

/** Only fields that the handler gave are checked here; the kit adds its own later. */
function fieldBreach(
  headers: readonly string[],
  response: ResponseValidation,
  whole: boolean,
): Checked | undefined {
  if (!whole || headers.length === 0) return undefined;
  const issues = response.headers((name) => fieldOf(headers, name)).issues ?? [];
  const own = issues.filter(({ rule }) => rule !== "required");
  return own.length === 0
    ? undefined
    : breach("headers", "A header does not fit its schema.", { issues: own });
}

/** What a `Failure` says, without its stack. */
export interface ErrorIntent {
  readonly code: string;
  readonly details: unknown;
  /** What is wrong with single fields of the request. */
  readonly issues?: readonly RequestIssue[] | undefined;
  readonly options: { readonly [Name in keyof FailureOptions]: FailureOptions[Name] | undefined };
}

interface Result {
  readonly status: number;
  readonly body?: unknown;
  readonly mediaType?: string | undefined;
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

function isResult(value: unknown): value is Result {
  if (typeof value !== "object" || value === null || !("status" in value)) return false;
  const { status } = value;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 200 || status > 599) return false;
  const mediaType = "mediaType" in value ? value.mediaType : undefined;
  const headers = "headers" in value ? value.headers : undefined;
  return (
    (mediaType === undefined || typeof mediaType === "string") &&
    (headers === undefined || (typeof headers === "object" && headers !== null))
  );
}

/** Bodies that are not JSON; `undefined` where a value is none. */
function rawBody(body: unknown): OutgoingBody {
  if (typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream) return body;
  return isAsyncIterable(body) ? streamOf(body) : undefined;
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** Pulls one chunk at a time, so that a slow reader slows the source down, and ends the source when the reader leaves. */
function streamOf(source: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      const chunk: unknown = next.value;
      if (next.done === true) controller.close();
      else controller.enqueue(chunk instanceof Uint8Array ? chunk : encoder.encode(String(chunk)));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function breach(kind: Breach["kind"], message: string, rest: Partial<Breach> = {}): Checked {
  return { breach: { kind, message, ...rest } };
}

function present(code: string | undefined): { readonly code?: string } {
  return code === undefined ? {} : { code };
}
