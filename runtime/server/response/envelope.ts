/** Writes error bodies: code, message, details and status at the places that the envelope gives them. */
import type { ApiContract, EnvelopeContract } from "../contract.ts";

export interface ErrorParts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details: unknown;
}

/** Adds members of the host's own to an error body, where the envelope's schema has more than the kit knows. */
export type DecorateError = (
  body: Record<string, unknown>,
  parts: ErrorParts & { readonly requestId: string },
) => unknown;

/** The error body of a code. Flat, nested and RFC 9457 envelopes differ in their paths only. */
export function envelopeBody(
  envelope: EnvelopeContract,
  { codes }: Pick<ApiContract, "codes">,
  { code, status, message, details }: ErrorParts,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const entry = codes[code];
  if (envelope.type !== undefined) put(body, envelope.type, entry?.docUrl ?? "about:blank");
  if (envelope.title !== undefined) put(body, envelope.title, entry?.title ?? code);
  if (envelope.status !== undefined) put(body, envelope.status, status);
  put(body, envelope.code, code);
  if (envelope.message !== undefined) put(body, envelope.message, message);
  if (envelope.details !== undefined && details !== undefined) put(body, envelope.details, details);
  return body;
}

/** The code in an error body, where there is one. */
export function codeIn(envelope: EnvelopeContract, body: unknown): string | undefined {
  let value: unknown = body;
  for (const name of envelope.code) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return typeof value === "string" ? value : undefined;
}

/** Without an envelope, or without a code for a stage: RFC 9457 and nothing that could be mistaken for a code. */
export function problemBody(status: number): Record<string, unknown> {
  return { type: "about:blank", title: reasons[status] ?? "Error", status };
}

export const problemMediaType = "application/problem+json";

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
};

function put(body: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [only] = path;
  if (path.length === 1 && only !== undefined) {
    body[only] = value;
    return;
  }
  let target = body;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) {
      target[name] = value;
      return;
    }
    const inner = target[name];
    // Only objects that this function made stand on the way.
    if (typeof inner === "object" && inner !== null) target = inner as Record<string, unknown>;
    else target = target[name] = {};
  }
}
