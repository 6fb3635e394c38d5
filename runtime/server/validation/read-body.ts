/** Turns the bytes of a request body into the value that the contract speaks of. */
import type { MediaValidation, RequestIssue, RequestValidation } from "../contract.ts";
import type { BodyProblem, FormEntry, ReceivedBody, ServerRequest } from "../exchange.ts";
import type { Refusal } from "../response/failure.ts";
import type { Inflater } from "./inflate.ts";
import { charset } from "./media-type.ts";
import { parseMultipart } from "./multipart/parse.ts";
import { rangeIssue } from "./number-range.ts";

export interface BodyLimits {
  /** Bytes of a whole body. */
  readonly bytes: number;
  /** Milliseconds that a body may take to arrive. */
  readonly timeoutMs: number;
}

/** What is known of a body before a byte of it is read. */
export type BodyPlan =
  | {
      readonly media: MediaValidation | undefined;
      /** Undoes the coding of the body. */
      readonly inflate?: Inflater | undefined;
      readonly refusal?: undefined;
    }
  | { readonly refusal: Refusal; readonly media?: undefined; readonly inflate?: undefined };

/** The value, or issues of it. `undefined` as the value: there was no body. */
export interface ReadBody {
  readonly value?: unknown;
  readonly issues?: readonly RequestIssue[] | undefined;
}

/** The most issues that a response lists. */
export const mostIssues = 20;

const utf8 = new TextDecoder("utf-8", { fatal: true });
const utf8Names: ReadonlySet<string> = new Set(["utf-8", "utf8", "us-ascii"]);
const noMedia: BodyPlan = { media: undefined };
const noBody: ReadBody = {};

/** Checks length and media type against the header section alone. */
export function planBody(
  body: RequestValidation["body"],
  request: ServerRequest,
  { bytes }: BodyLimits,
  inflaters: Readonly<Record<string, Inflater>>,
): BodyPlan {
  if (!request.hasBody) return noMedia;
  if (Number(request.header("content-length") ?? 0) > bytes) return { refusal: tooLarge(bytes) };
  const encoding = request.isInflated ? undefined : request.header("content-encoding")?.toLowerCase();
  const inflate =
    encoding !== undefined && Object.hasOwn(inflaters, encoding) ? inflaters[encoding] : undefined;
  if (encoding !== undefined && encoding !== "identity" && inflate === undefined) {
    return { refusal: codingRefusal(Object.keys(inflaters)) };
  }
  const contentType = request.header("content-type");
  const media = body.match(contentType);
  if (media === undefined) {
    const accepted = [...new Set(body.content.map(({ mediaType }) => mediaType))].join(", ");
    return { refusal: mediaTypeRefusal(`must be one of ${accepted}`) };
  }
  const named = contentType === undefined ? undefined : charset(contentType);
  if (named !== undefined && !utf8Names.has(named) && media.kind !== "binary") {
    return { refusal: mediaTypeRefusal("must be in UTF-8") };
  }
  return { media, inflate };
}

/** Which codings would do is the response to give (RFC 9110 §12.5.3). */
function codingRefusal(codings: readonly string[]): Refusal {
  const message =
    codings.length === 0
      ? "must not be compressed"
      : `must be compressed with ${codings.join(", ")} or not at all`;
  const accepted = codings.length === 0 ? "identity" : codings.join(", ");
  return { ...mediaTypeRefusal(message), headers: ["accept-encoding", accepted] };
}

/** Decodes and checks what was received. */
export function readBody(
  media: MediaValidation,
  request: ServerRequest,
  received: ReceivedBody,
): ReadBody | Promise<ReadBody> {
  if (received.length === 0) return noBody;
  if (!(received instanceof Uint8Array)) return readEntries(media, received);
  const bytes = received;
  if (media.kind === "multipart") return readMultipart(media, bytes, request.header("content-type") ?? "");
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { issues: [bodyIssue("encoding", "is not UTF-8")] };
  }
  const read = media.read(text, mostIssues);
  if (media.kind !== "json" || read.issues !== undefined) return read;
  // A number such as `1e400` is JSON, but no value of ECMAScript: whoever works with it works with another.
  const issue = rangeIssue(text, read.value);
  return issue === undefined ? read : { issues: [issue] };
}

function readMultipart(
  media: MediaValidation,
  bytes: Uint8Array,
  contentType: string,
): ReadBody | Promise<ReadBody> {
  const entries = parseMultipart(bytes, contentType);
  if (entries === undefined) return { issues: [bodyIssue("multipart", "is not multipart form data")] };
  return readEntries(media, entries);
}

async function readEntries(media: MediaValidation, entries: readonly FormEntry[]): Promise<ReadBody> {
  return media.read(await withTexts(media, entries), mostIssues);
}

/** Browsers send a blob of JSON as a file: where the contract has no file, what is in it is meant. */
function withTexts(media: MediaValidation, entries: readonly FormEntry[]): Promise<FormEntry[]> {
  return Promise.all(
    entries.map(async ([name, value]): Promise<FormEntry> => {
      return [name, typeof value !== "string" && media.isText(name) ? await value.text() : value];
    }),
  );
}

/** Bytes that are there already, as a stream. */
export function streamOfBytes(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** The refusal of a body that did not come to its end. */
export function brokenBody(problem: BodyProblem, { bytes }: BodyLimits): Refusal {
  if (problem === "too-large") return tooLarge(bytes);
  // An aborted request has nobody left to hear; the adapter drops what is said here.
  const message = problem === "timeout" ? "took too long to arrive" : "broke off";
  return { ...limitRefusal("bodyTimeout", message), status: 408, headers: ["connection", "close"] };
}

function tooLarge(bytes: number): Refusal {
  return {
    ...limitRefusal("bodySize", `must not be larger than ${bytes} bytes`),
    status: 413,
    // The rest of the body is never read, so the connection cannot be used again.
    headers: ["connection", "close"],
  };
}

function limitRefusal(rule: string, message: string): Refusal {
  return { stage: "request-limits", details: { issues: [bodyIssue(rule, message)] } };
}

function mediaTypeRefusal(message: string): Refusal {
  return { stage: "media-type", details: { issues: [bodyIssue("mediaType", message)] } };
}

/** An issue of the body as a whole. */
export function bodyIssue(rule: string, message: string): RequestIssue {
  return { in: "body", pointer: "", rule, message };
}
