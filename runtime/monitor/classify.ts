/** The classifier of responses: one exchange against what its operation declares. */
import type {
  MonitoredContract,
  MonitoredOperation,
  MonitoredResponse,
  ObservedResponse,
  ResponseIssue,
} from "./contract.ts";
import { exposedInternals } from "./internals.ts";
import type { ClassifiedResponse, ContractViolation, ResponseRule } from "./violation.ts";

/** Issues that one violation carries at most. */
const maxIssues = 10;

/** Classifies a response of an operation. Never throws on what a server sends. */
export function classifyResponse(
  contract: MonitoredContract,
  operation: MonitoredOperation,
  response: ObservedResponse,
): ClassifiedResponse {
  const { status } = response;
  const declared = operation.responses.match(status);
  const exposed = status < 400 ? [] : exposure(response.body);
  if (declared === undefined) {
    const message = `${operation.id} does not declare the status ${String(status)}.`;
    return {
      ...codePart(contract, response),
      violations: [violation("status-undeclared", message), ...exposed],
    };
  }
  const isHead = operation.method === "HEAD";
  const { code, violations } = classifyBody(contract, operation, declared, response, isHead);
  return {
    declared: declared.status,
    ...(code === undefined ? {} : { code }),
    violations: [
      ...violations,
      ...headerViolations(declared, response),
      ...retryViolations(contract, code, response),
      ...exposed,
    ],
  };
}

/** Classifies what is sent where no operation is: an error in the envelope that carries a code of the routing stage. */
export function classifyUnrouted(
  contract: MonitoredContract,
  response: ObservedResponse,
): ClassifiedResponse {
  const routing = Object.entries(contract.codes).filter(([, { raisedBy }]) => raisedBy?.includes("routing"));
  const exposed = exposure(response.body);
  if (contract.envelope === undefined || routing.length === 0) return { violations: exposed };
  const { code } = codePart(contract, response);
  if (code === undefined) {
    const message = "The response to a path that the document does not have carries no code.";
    return { violations: [violation("code-missing", message), ...exposed] };
  }
  if (routing.some(([known]) => known === code)) return { code, violations: exposed };
  const message = `A path that the document does not have gets \`${code}\`, which is not a code of the routing stage.`;
  return { code, violations: [violation("code-undeclared", message), ...exposed] };
}

function codePart(contract: MonitoredContract, { body }: ObservedResponse): { readonly code?: string } {
  const read = body === undefined ? undefined : parseJson(body);
  const code = read === undefined ? undefined : codeIn(contract, read.value);
  return code === undefined ? {} : { code };
}

interface BodyPart {
  readonly code?: string | undefined;
  readonly violations: readonly ContractViolation[];
}

function classifyBody(
  contract: MonitoredContract,
  operation: MonitoredOperation,
  declared: MonitoredResponse,
  response: ObservedResponse,
  isHead: boolean,
): BodyPart {
  const at = `${operation.id} with ${String(response.status)}`;
  const one = (rule: ResponseRule, message: string): BodyPart => ({ violations: [violation(rule, message)] });
  if (declared.content.length === 0) {
    return response.hasBody
      ? one("body-undeclared", `${at} has a body, and none is declared.`)
      : { violations: [] };
  }
  if (!response.hasBody) {
    // A response to HEAD has the fields of a body and no body (RFC 9110 §9.3.2).
    return isHead ? { violations: [] } : one("body-missing", `${at} has no body, and one is declared.`);
  }
  const type = response.header("content-type");
  if (type === undefined) return one("media-type-missing", `${at} has a body and no Content-Type.`);
  const media = declared.match(type);
  if (media === undefined) {
    const known = declared.content.map(({ mediaType }) => mediaType).join(", ");
    const message = `${at} has the media type ${type.slice(0, 100)}; declared: ${known}.`;
    return { ...codePart(contract, response), violations: [violation("media-type-undeclared", message)] };
  }
  if (media.kind !== "json" || response.body === undefined) return { violations: [] };
  const read = parseJson(response.body);
  if (read === undefined) return one("body-unreadable", `The body of ${at} is not JSON.`);
  return classifyValue(contract, operation, declared, {
    at,
    issues: media.collect(read.value, maxIssues),
    ...read,
  });
}

interface ReadBody {
  /** Names the response. */
  readonly at: string;
  readonly value: unknown;
  readonly issues: readonly ResponseIssue[];
}

function classifyValue(
  contract: MonitoredContract,
  { errors }: MonitoredOperation,
  { status: key }: MonitoredResponse,
  { at, value, issues }: ReadBody,
): BodyPart {
  const coded = errors.filter((error) => error.status === key);
  const code = coded.length === 0 ? undefined : codeIn(contract, value);
  const invalid: ContractViolation[] =
    issues.length === 0
      ? []
      : [{ ...violation("body-invalid", `The body of ${at} does not match its schema.`), issues }];
  if (coded.length === 0) return { violations: invalid };
  if (code === undefined) {
    return {
      violations: [violation("code-missing", `${at} carries no code where the envelope has it.`), ...invalid],
    };
  }
  if (coded.some((error) => error.code === code)) return { code, violations: invalid };
  const elsewhere = errors.filter((error) => error.code === code).map(({ status }) => status);
  const wrong =
    elsewhere.length > 0
      ? violation("code-status", `${at} carries \`${code}\`, which is declared with ${elsewhere.join(", ")}.`)
      : violation("code-undeclared", `${at} carries \`${code}\`, which the operation does not declare.`);
  // The schema of a status knows its codes, so it refuses the body for the same reason.
  return { code, violations: [wrong] };
}

function headerViolations(declared: MonitoredResponse, response: ObservedResponse): ContractViolation[] {
  const { issues = [] } = declared.headers((name) => response.header(name));
  if (issues.length === 0) return [];
  const names = issues.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`);
  return [{ ...violation("header-invalid", `A header breaks its promise: ${names.join("; ")}.`), issues }];
}

/** A number of seconds or an HTTP date (RFC 9110 §10.2.3). */
function retryViolations(
  { codes }: MonitoredContract,
  code: string | undefined,
  response: ObservedResponse,
): ContractViolation[] {
  const policy = code !== undefined && Object.hasOwn(codes, code) ? codes[code]?.retry : undefined;
  if (code === undefined || policy !== "after-delay") return [];
  const value = response.header("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(value) || (/^[A-Z][a-z]{2}, /.test(value) && !Number.isNaN(Date.parse(value)))) return [];
  const what = value === "" ? "has no Retry-After" : "has a Retry-After that is neither seconds nor a date";
  return [violation("retry-after-missing", `\`${code}\` asks to wait, and the response ${what}.`)];
}

function exposure(body: string | undefined): ContractViolation[] {
  const what = body === undefined ? undefined : exposedInternals(body);
  return what === undefined ? [] : [violation("internals-exposed", `The error body shows ${what}.`)];
}

function codeIn({ envelope }: MonitoredContract, body: unknown): string | undefined {
  if (envelope === undefined) return undefined;
  let value: unknown = body;
  for (const name of envelope.code) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = Reflect.get(value, name);
  }
  return typeof value === "string" ? value : undefined;
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return undefined;
  }
}

function violation(rule: ResponseRule, message: string): ContractViolation {
  return { rule, message };
}
