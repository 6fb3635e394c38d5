/** Turns an answer into data or into the failure that it proves to be. */
import type { ApiDescriptor, BodyKind, CodeContract, OperationDescriptor } from "./contract.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import type { AnswerCheck } from "./options.ts";
import { ownValue, valueAt } from "./record.ts";

export type Reading = { readonly data: unknown } | { readonly failure: FailureParts };

/** Reads a 2xx answer. Never rejects. */
export async function readSuccess(
  { ok }: OperationDescriptor,
  response: Response,
  check: AnswerCheck | undefined,
): Promise<Reading> {
  const { status, headers } = response;
  const contentType = headers.get("content-type");
  const kind = bodyKind(byStatus(ok, status), contentType);
  if (kind === "binary") return { data: response };
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return invalid(status, "truncated");
  if (text === "" && kind === "json" && !Object.values(ok).includes("none")) return invalid(status, "empty");
  const parsed =
    kind === "json" && text !== "" ? parseJson(text) : { value: kind === "text" ? text : undefined };
  if (parsed === undefined) return invalid(status, "not-json", text);
  const { value } = parsed;
  const issues =
    check?.check({ status, contentType, body: value, header: (name) => headers.get(name) }) ?? [];
  return issues.length > 0 ? invalid(status, "schema", value, issues) : { data: value };
}

function invalid(
  status: number,
  reason: "empty" | "not-json" | "truncated" | "schema",
  body?: unknown,
  issues: readonly unknown[] = [],
): Reading {
  return { failure: failureOf("invalid", { status, reason, body, issues }) };
}

function bodyKind(declared: BodyKind | undefined, contentType: string | null): Exclude<BodyKind, "auto"> {
  if (declared !== undefined && declared !== "auto") return declared;
  if (contentType === null || /^[^;]*[/+]json\s*(?:;|$)/i.test(contentType)) return "json";
  return /^text\//i.test(contentType) ? "text" : "binary";
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
  const coded = typeof code === "string" && code !== "" ? code : undefined;
  const contract = coded === undefined ? undefined : ownValue(operation.codes, coded);
  if (coded !== undefined && contract !== undefined) return declaredError(api, coded, contract, status, body);
  const is = byStatus(operation.answers ?? {}, status);
  if (is?.(body) === true) return failureOf("http", { status, body, ...said(api, body) });
  if (coded !== undefined) {
    return failureOf("unknown", { code: coded, status, ...told(api, body), body });
  }
  const redirected = type === "opaqueredirect" || (status >= 300 && status < 400 && headers.has("location"));
  const reason = redirected ? "redirect" : nature(body);
  return failureOf("unexpected", { status, reason, body });
}

/** The code's own type, once its validator has said so. The code stands for its status, whatever came over the wire. */
function declaredError(
  api: ApiDescriptor,
  code: string,
  { is, status: declared, retry, docUrl }: CodeContract,
  actual: number,
  body: unknown,
): FailureParts {
  if (!is(body)) return failureOf("malformed", { code, status: actual, body });
  const statuses = [declared ?? actual].flat();
  const status = statuses.includes(actual) ? actual : (statuses[0] ?? actual);
  return { kind: "contract", error: code, code, status, ...told(api, body), body, docUrl, retry };
}

/** What is wrong with a body that holds no code. */
function nature(body: unknown): "empty" | "not-json" | "no-code" {
  if (body === undefined) return "empty";
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
  const exact = String(status);
  return ownValue(map, exact) ?? ownValue(map, `${exact.charAt(0)}XX`) ?? ownValue(map, "default");
}
