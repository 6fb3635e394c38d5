/** Writes error bodies: code, message, details and status at the places that the envelope gives them. */
import type { ApiContract, EnvelopeContract, RequestIssue } from "../contract.ts";
import { putMember, reasonPhrase } from "./body-members.ts";
import { issuesValue } from "./error-layout.ts";

export interface ErrorParts {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly details: unknown;
  /** What is wrong with single fields, for envelopes that have a place for it. */
  readonly issues?: readonly RequestIssue[] | undefined;
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
  { code, status, message, details, issues = [] }: ErrorParts,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  const entry = codes[code];
  if (envelope.type !== undefined) putMember(body, envelope.type, entry?.docUrl ?? "about:blank");
  if (envelope.title !== undefined) putMember(body, envelope.title, entry?.title ?? code);
  if (envelope.status !== undefined) putMember(body, envelope.status, status);
  putMember(body, envelope.code, code);
  if (envelope.message !== undefined) putMember(body, envelope.message, message);
  if (envelope.details !== undefined && details !== undefined) putMember(body, envelope.details, details);
  if (envelope.issues !== undefined && issues.length > 0) {
    putMember(body, envelope.issues.at, issuesValue(envelope.issues, { status, message, issues }));
  }
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
  return { type: "about:blank", title: reasonPhrase(status), status };
}

export const problemMediaType = "application/problem+json";
