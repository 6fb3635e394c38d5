/** Turns a response into data or into the failure that it proves to be. */
import type { CallContext } from "./context.ts";
import type { ApiDescriptor, BodyKind, Check, CodeContract } from "./contract.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import { defaultBytes, readText } from "./read-body.ts";
import { ownValue, valueAt } from "./record.ts";

export type Reading = { readonly data: unknown } | { readonly failure: FailureParts };

/** What a body says: JSON, text, or nothing at all (`undefined`); or why it could not be read. */
interface Body {
  readonly value?: unknown;
  readonly text?: string;
  /** Text that is not JSON where JSON was wanted. */
  readonly isText?: boolean;
  readonly reason?: "truncated" | "too-large";
}

/** Rejects only where a function of the caller does. */
export async function readResponse(context: CallContext, response: Response): Promise<Reading> {
  if (response.ok) return readSuccess(context, response);
  const body = await readBody(context, response, true);
  const { status } = response;
  const { reason } = body;
  if (reason !== undefined) return { failure: failureOf("unexpected", { status, reason, body: undefined }) };
  return { failure: readError(context, response, body) };
}

async function readSuccess(context: CallContext, response: Response): Promise<Reading> {
  const { ok, id } = context.operation;
  const { parseAs, validation = {} } = context.call;
  const { status, headers } = response;
  const contentType = headers.get("content-type");
  if (parseAs === "stream") return { data: response.body };
  if (parseAs === "blob" || parseAs === "arrayBuffer") return readAs(response, parseAs);
  const kind = parseAs ?? bodyKind(byStatus(ok, status), contentType);
  if (kind === "binary" || kind === "items") return { data: response };
  const { value, isText, reason } = await readBody(context, response, kind === "json");
  if (reason !== undefined) return invalid(status, reason);
  if (isText === true && kind === "json") return invalid(status, "not-json", value);
  const data = kind === "none" ? undefined : kind === "text" ? (value ?? "") : value;
  const mayBeEmpty =
    kind !== "json" || status === 204 || status === 205 || Object.values(ok).includes("none");
  if (data === undefined && !mayBeEmpty) return invalid(status, "empty");
  const check = ownValue(validation, id);
  const issues = check?.check({ status, contentType, body: data, header: (name) => headers.get(name) }) ?? [];
  return issues.length > 0 ? invalid(status, "schema", data, issues) : { data };
}

/** Blobs are the caller's wish, so no limit holds them; a runtime may keep them on disk. */
async function readAs(response: Response, kind: "blob" | "arrayBuffer"): Promise<Reading> {
  try {
    return { data: await response[kind]() };
  } catch {
    return invalid(response.status, "truncated");
  }
}

function invalid(
  status: number,
  reason: "empty" | "not-json" | "truncated" | "too-large" | "schema",
  body?: unknown,
  issues: readonly unknown[] = [],
): Reading {
  return { failure: failureOf("invalid", { status, reason, body, issues }) };
}

/** @param isJson parse it, and say so where that fails */
async function readBody({ call }: CallContext, response: Response, isJson: boolean): Promise<Body> {
  const read = await readText(response, call.responseBytes ?? defaultBytes);
  if (read.reason !== undefined) return read;
  const { text } = read;
  if (text === "") return {};
  try {
    return { value: isJson ? JSON.parse(text) : text, text };
  } catch {
    return { value: text, text, isText: true };
  }
}

function bodyKind(declared: BodyKind | undefined, contentType: string | null): Exclude<BodyKind, "auto"> {
  if (declared !== undefined && declared !== "auto") return declared;
  if (contentType === null || /^[^;]*[/+]json\s*(?:;|$)/i.test(contentType)) return "json";
  return /^text\/(?!event-stream)/i.test(contentType) ? "text" : "binary";
}

function readError(
  { api, operation }: CallContext,
  { status, type, headers }: Response,
  { value: body, text, isText }: Body,
): FailureParts {
  const code = valueAt(body, api.envelope?.code);
  const coded = typeof code === "string" && code !== "" ? code : undefined;
  const contract = coded === undefined ? undefined : ownValue(operation.codes, coded);
  if (coded !== undefined && contract !== undefined) return declaredError(api, coded, contract, status, body);
  const is = byStatus(operation.checks ?? {}, status);
  // Under `text/plain` a body is its text, even where that spells JSON.
  const plain = bodyKind(undefined, headers.get("content-type")) === "text" ? text : undefined;
  for (const declared of plain === undefined ? [body] : [plain, body]) {
    if (holds(is, declared)) return failureOf("http", { status, body: declared, ...said(api, declared) });
  }
  if (coded !== undefined) {
    return failureOf("unknown", { code: coded, status, ...told(api, body), body });
  }
  const redirected = type === "opaqueredirect" || (status >= 300 && status < 400 && headers.has("location"));
  const nature = body === undefined ? "empty" : isText === true ? "not-json" : "no-code";
  return failureOf("unexpected", { status, reason: redirected ? "redirect" : nature, body });
}

/** The code's own type, once its validator has said so. The code stands for its status, whatever came over the wire. */
function declaredError(
  api: ApiDescriptor,
  code: string,
  { is, at = {}, status: declared, retry, docUrl }: CodeContract,
  actual: number,
  body: unknown,
): FailureParts {
  const statuses = [declared ?? actual].flat();
  const status = statuses.includes(actual) ? actual : (statuses[0] ?? actual);
  if (!holds(byStatus(at, status) ?? is, body)) return failureOf("malformed", { code, status: actual, body });
  return { kind: "contract", error: code, code, status, ...told(api, body), body, docUrl, retry };
}

/** A validator gives up on a body that is nested too deep: then nothing is proven. */
function holds(is: Check | undefined, body: unknown): boolean {
  try {
    return is?.(body) === true;
  } catch {
    return false;
  }
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
