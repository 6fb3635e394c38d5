/** Turns an answer into data or into the failure that it proves to be. */
import type { ApiDescriptor, BodyKind, OperationDescriptor } from "./contract.ts";
import type { AnyFailure } from "./failures.ts";
import type { AnswerValidator } from "./options.ts";
import { ownValue, valueAt } from "./record.ts";

/** A failure without the facts that the call adds. */
export type FailureParts = WithoutFacts<AnyFailure>;
type WithoutFacts<Failure> = Failure extends AnyFailure
  ? Omit<Failure, "requestId" | "attempts" | "message"> & { readonly message?: string }
  : never;

export type Reading = { readonly data: unknown } | { readonly failure: FailureParts };

/** Reads a 2xx answer. Never rejects. */
export async function readSuccess(
  { id, ok }: OperationDescriptor,
  response: Response,
  validator: AnswerValidator | undefined,
): Promise<Reading> {
  const { status } = response;
  const mediaType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  const kind = bodyKind(byStatus(ok, status), mediaType);
  if (kind === "binary") return { data: response };
  const invalid = (
    reason: "empty" | "not-json" | "truncated" | "schema",
    body?: unknown,
    issues: readonly unknown[] = [],
  ): Reading => ({
    failure: { kind: "invalid", error: "invalid_response", status, reason, body, issues },
  });
  let text: string;
  try {
    text = await response.text();
  } catch {
    return invalid("truncated");
  }
  if (kind === "none") return { data: undefined };
  if (text === "" && kind !== "text") {
    return Object.values(ok).includes("none") ? { data: undefined } : invalid("empty");
  }
  const parsed = kind === "json" ? parseJson(text) : { value: text };
  if (parsed === undefined) return invalid("not-json", text);
  const issues = validator?.({ operation: id, status, mediaType, body: parsed.value }) ?? [];
  return issues.length > 0 ? invalid("schema", parsed.value, issues) : { data: parsed.value };
}

function bodyKind(declared: BodyKind | undefined, mediaType = ""): Exclude<BodyKind, "auto"> {
  if (declared !== undefined && declared !== "auto") return declared;
  if (mediaType === "" || /[/+]json$/.test(mediaType)) return "json";
  return mediaType.startsWith("text/") ? "text" : "binary";
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/**
 * Reads any other answer.
 *
 * @param body parsed where it was JSON, else text; `undefined` for an empty one
 */
export function readError(
  api: ApiDescriptor,
  operation: OperationDescriptor,
  { status, type, headers }: Response,
  body: unknown,
): FailureParts {
  const code = valueAt(body, api.envelope?.code);
  const contract = typeof code === "string" ? ownValue(operation.codes, code) : undefined;
  if (typeof code === "string" && contract !== undefined) {
    if (!contract.is(body)) return { kind: "malformed", error: "malformed_error", code, status, body };
    const declared = [contract.status ?? status].flat();
    return {
      kind: "contract",
      error: code,
      code,
      status: declared.includes(status) ? status : (declared[0] ?? status),
      ...told(api, body),
      body,
      docUrl: contract.docUrl,
      retry: contract.retry,
    };
  }
  const is = byStatus(operation.answers ?? {}, status);
  if (is?.(body) === true) return { kind: "http", error: "http_error", status, body, ...said(api, body) };
  if (typeof code === "string" && code !== "") {
    return { kind: "unknown", error: "unknown_error", code, status, ...told(api, body), body };
  }
  const redirected = type === "opaqueredirect" || (status >= 300 && status < 400 && headers.has("location"));
  return {
    kind: "unexpected",
    error: "unexpected_response",
    status,
    reason: redirected ? "redirect" : nature(body),
    body,
  };
}

/** What is wrong with a body that holds no code. */
function nature(body: unknown): "empty" | "not-json" | "no-code" {
  if (body === undefined || body === "") return "empty";
  return typeof body === "string" ? "not-json" : "no-code";
}

function told(api: ApiDescriptor, body: unknown): { readonly details: unknown; readonly message?: string } {
  return { details: valueAt(body, api.envelope?.details), ...said(api, body) };
}

function said(api: ApiDescriptor, body: unknown): { readonly message?: string } {
  const message = valueAt(body, api.envelope?.message);
  return typeof message === "string" ? { message } : {};
}

/** By the exact status, else its class, else `default` (OpenAPI 3.1.1 §4.8.16.1). */
function byStatus<Value>(map: Readonly<Record<string, Value>>, status: number): Value | undefined {
  const exact = ownValue(map, String(status));
  return exact ?? ownValue(map, `${String(Math.floor(status / 100))}XX`) ?? ownValue(map, "default");
}
