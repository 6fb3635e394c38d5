/** What descriptors say of error responses: the codes of an operation, and tests of the bodies that carry none. */
import { append } from "../../json/append.ts";
import { compareText } from "../../json/json.ts";
import type { ApiModel, ErrorCode, MediaType, Operation } from "../../model/api-model.ts";
import { errorPageUrl } from "../../model/error-page.ts";
import { jsonLiteral, objectLine, propertyKey, stringLiteral } from "../../print/literal.ts";
import type { Guards } from "./guards.ts";
import { responseMediaKind } from "./media.ts";
import { sortResponses } from "./responses.ts";
import type { SharedConstants } from "./shared-constants.ts";

/** The codes of the operation, as one object for all operations that have the same ones. */
export function codesOf(
  model: ApiModel,
  operation: Operation,
  guards: Guards,
  shared: SharedConstants,
): string {
  const byCode = new Map(model.errors.codes.map((code) => [code.code, code]));
  const names = [...new Set(operation.errors.map(({ code }) => code))].sort(compareText);
  const entries = names.flatMap((name) => {
    const code = byCode.get(name);
    return code === undefined
      ? []
      : [`${propertyKey(name)}: ${codeContract(model, code, operation, guards, shared)}`];
  });
  return shared.constant("codes", "Readonly<Record<string, CodeContract>>", objectLine(entries));
}

function codeContract(
  model: ApiModel,
  code: ErrorCode,
  operation: Operation,
  guards: Guards,
  shared: SharedConstants,
): string {
  const declared = operation.errors
    .filter(({ code: name }) => name === code.code)
    .map(({ status }) => status);
  const exact = declared.filter((status) => /^\d{3}$/.test(status)).map(Number);
  const ranged = exact.length < declared.length;
  const members = [
    ...(model.errors.origin === "catalogue"
      ? [`is: ${codeGuard(code, guards, shared)}`]
      : inferredGuards(operation, declared, guards, shared)),
    ...(ranged || exact.length === 0
      ? []
      : [`status: ${jsonLiteral(exact.length === 1 ? (exact[0] ?? 0) : exact)}`]),
    ...(code.retry === undefined ? [] : [`retry: ${stringLiteral(code.retry)}`]),
  ];
  const page = errorPageUrl(model.info, code.code);
  if (page !== undefined) members.push(`docUrl: ${stringLiteral(page)}`);
  const wish = code.identifier.charAt(0).toLowerCase() + code.identifier.slice(1);
  return shared.constant(`${wish}Code`, "CodeContract", `{ ${members.join(", ")} }`);
}

function codeGuard(code: ErrorCode, guards: Guards, shared: SharedConstants): string {
  const guard = guards.ofCode(code);
  return guard === undefined ? anything(shared) : shared.guard(guard);
}

/** Without a catalogue the code's type is that of the response it stands in. */
function inferredGuards(
  operation: Operation,
  statuses: readonly string[],
  guards: Guards,
  shared: SharedConstants,
): string[] {
  const byStatus = operation.responses
    .filter(({ status }) => statuses.includes(status))
    .map(({ status, content }) => ({ status, is: eitherOf(jsonGuards(content, guards, shared), shared) }));
  const distinct = [...new Set(byStatus.map(({ is }) => is))];
  const either = `is: ${eitherOf(distinct, shared)}`;
  if (distinct.length < 2) return [either];
  return [either, `at: ${objectLine(byStatus.map(({ status, is }) => `${propertyKey(status)}: ${is}`))}`];
}

function anything(shared: SharedConstants): string {
  return shared.constant("anything", "Check", "() => true");
}

/** Tests of the bodies that carry no code, by status key. */
export function responseChecksOf(
  operation: Operation,
  guards: Guards,
  shared: SharedConstants,
): string | undefined {
  const { uncoded } = sortResponses(operation);
  if (uncoded.length === 0) return undefined;
  const entries = uncoded.map(
    ({ status, content }) => `${propertyKey(status)}: ${bodyCheck(content, guards, shared)}`,
  );
  // A response with codes hides what a class or `default` says of its status.
  const coded = [...new Set(operation.errors.map(({ status }) => status))];
  const hiding = coded.filter((status) => uncoded.some((other) => isWider(other.status, status)));
  const none = (): string => shared.constant("neverUncoded", "Check", "() => false");
  append(
    entries,
    hiding.sort(compareText).map((status) => `${propertyKey(status)}: ${none()}`),
  );
  return shared.constant("checks", "Readonly<Record<string, Check>>", `{ ${entries.join(", ")} }`);
}

function isWider(key: string, status: string): boolean {
  return status !== "default" && (key === "default" || (key !== status && key === `${status.charAt(0)}XX`));
}

/** Whether a body is one of these; a text is told by being a string. */
function bodyCheck(content: readonly MediaType[], guards: Guards, shared: SharedConstants): string {
  if (content.length === 0) return shared.constant("nothing", "Check", "(body) => body === undefined");
  const kinds = new Set(content.map((media) => responseMediaKind(media)));
  if (kinds.has("binary")) return anything(shared);
  const text = kinds.has("text")
    ? [shared.constant("isText", "Check", '(body) => typeof body === "string"')]
    : [];
  return eitherOf([...text, ...jsonGuards(content, guards, shared)], shared);
}

/** The guards of the JSON bodies. One without a schema is anything. */
function jsonGuards(content: readonly MediaType[], guards: Guards, shared: SharedConstants): string[] {
  const names = content
    .filter((media) => responseMediaKind(media) === "json")
    .map((media) => guards.ofMedia(media));
  return [...new Set(names)].map((name) => (name === undefined ? anything(shared) : shared.guard(name)));
}

function eitherOf(checks: readonly string[], shared: SharedConstants): string {
  const [only] = checks;
  if (checks.length <= 1) return only ?? anything(shared);
  const calls = checks.map((check) => `${check}(body)`).join(" || ");
  return shared.constant("either", "Check", `(body) => ${calls}`);
}
