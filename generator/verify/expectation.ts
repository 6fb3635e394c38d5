/** Which refusal a stage owes, and what is wrong with the one that came. */
import type { OperationError, Stage } from "../contract/vocabulary.ts";
import { stages } from "../contract/vocabulary.ts";
import { asObject, isArray, isObject, type Json } from "../json/json.ts";
import type { ApiModel, Operation } from "../model/api-model.ts";
import type { Exchange } from "./exchange.ts";
import type { Objection, Probe } from "./probe.ts";

export interface Expectation {
  readonly operation: Operation;
  /** The stages that may refuse, the usual one first. */
  readonly stages: readonly Stage[];
  /** What is wrong with the request, for the message: `without a credential`. */
  readonly fault: string;
  /** Looks at the details of a right refusal: what is missing there. */
  readonly details?: (details: Json | undefined) => string | undefined;
  /** Two faults at once: the stage of the other one, which comes later. */
  readonly later?: Stage;
}

/** Statuses of a stage in HTTP, for documents that do not say which stage raises a code. */
const usualStatuses: Readonly<Partial<Record<Stage, readonly number[]>>> = {
  routing: [404, 405, 501],
  "request-limits": [400, 411, 413, 414, 431],
  "media-type": [400, 406, 415, 422],
  authentication: [401, 403],
  authorization: [403, 404],
  requirement: [403],
  "request-validation": [400, 404, 406, 415, 422],
  "resource-lookup": [404, 410],
  "idempotency-in-progress": [409],
  "idempotency-reuse": [409, 422],
  "rate-limit": [429],
};

/** The declared errors of these stages. Empty where the document does not tie codes to stages. */
export function errorsOf({ errors }: Operation, wanted: readonly Stage[]): readonly OperationError[] {
  return errors.filter(({ raisedBy }) => raisedBy.some((stage) => wanted.includes(stage)));
}

/** True if the document says which stage raises which code. */
export function knowsStages({ errors }: Pick<ApiModel, "errors">): boolean {
  return errors.origin === "catalogue";
}

type Refusal = Pick<Probe, "expects" | "classify" | "aims" | "mustFail">;

/** The part of a probe that says what has to come back for one request; `step` is the one that is classified. */
export function refusal(model: ApiModel, expectation: Expectation, step = 0): Refusal {
  const errors = knowsStages(model) ? errorsOf(expectation.operation, expectation.stages) : [];
  const statuses = [...new Set(expectation.stages.flatMap((stage) => usualStatuses[stage] ?? []))];
  const expects =
    errors.length > 0
      ? errors.map(({ status, code }) => `${status} ${code}`).join(" or ")
      : `a refusal (${statuses.join(", ")})`;
  return {
    expects,
    mustFail: true,
    aims: errors.length > 0 ? errors : declaredRefusal(expectation.operation, statuses),
    classify: (exchanges, bodies) => {
      const { response } = exchanges[step] ?? {};
      if (response === undefined) return [];
      const received = { status: response.status, body: bodies[step] };
      return classifyRefusal(model, expectation, { errors, statuses, expects }, received).map(
        (objection) => ({
          ...objection,
          exchanges: [step],
        }),
      );
    },
  };
}

/** The response that the operation declares for the most usual of these statuses. */
function declaredRefusal({ responses }: Operation, usual: readonly number[]): Refusal["aims"] {
  const status = usual.map(String).find((key) => responses.some((response) => response.status === key));
  return status === undefined ? [] : [{ status, code: null }];
}

interface Owed {
  readonly errors: readonly OperationError[];
  readonly statuses: readonly number[];
  readonly expects: string;
}

interface Received {
  readonly status: number;
  readonly body: Json | undefined;
}

function classifyRefusal(
  model: ApiModel,
  { operation, fault, details, later }: Expectation,
  { errors, statuses, expects }: Owed,
  { status, body }: Received,
): Objection[] {
  const code = codeOf(model, body);
  const came = `${status}${code === undefined ? "" : ` ${code}`}`;
  const message = `${operation.id} ${fault} must get ${expects}; it got ${came}.`;
  const pointer = promisePointer(model, operation, errors);
  if (status < 400) return [{ rule: "invalid-request-accepted", message, pointer }];
  const right = errors.some((error) => error.code === code && matchesStatus(error.status, status));
  if (right) {
    const missing = details?.(detailsOf(model, body));
    const what = `${operation.id} ${fault} gets ${came}, but ${missing ?? ""}.`;
    return missing === undefined ? [] : [{ rule: "details-incomplete", message: what, pointer }];
  }
  if (status >= 500 && !errors.some((error) => matchesStatus(error.status, status))) {
    return [{ rule: "server-error", message, pointer }];
  }
  if (errors.length === 0) return classifyStatus(operation, statuses, status, message);
  const isLater =
    later !== undefined && operation.errors.some((error) => error.code === code && isAfter(error, later));
  return [{ rule: isLater ? "stage-order" : "wrong-refusal", message, pointer }];
}

/** Without a catalogue: any usual status, and any error that the document itself declares. */
function classifyStatus(
  operation: Operation,
  usual: readonly number[],
  status: number,
  message: string,
): Objection[] {
  const isDeclared = operation.responses.some((response) => response.status === String(status));
  return usual.includes(status) || isDeclared || status === 429 ? [] : [{ rule: "wrong-refusal", message }];
}

function isAfter({ raisedBy }: OperationError, stage: Stage): boolean {
  return raisedBy.some((one) => stages.indexOf(one) >= stages.indexOf(stage));
}

function promisePointer(model: ApiModel, operation: Operation, [error]: readonly OperationError[]): string {
  const declared = operation.responses.find(({ status }) => status === error?.status);
  return (
    declared?.pointer ??
    model.errors.codes.find(({ code }) => code === error?.code)?.pointer ??
    operation.pointer
  );
}

export function matchesStatus(key: string, status: number): boolean {
  return key === String(status) || key === `${String(status).charAt(0)}XX` || key === "default";
}

/** The code at the envelope's place; `undefined` where there is none. */
export function codeOf({ errors }: Pick<ApiModel, "errors">, body: Json | undefined): string | undefined {
  const value = errors.envelope === undefined ? undefined : memberAt(body, errors.envelope.code);
  return typeof value === "string" ? value : undefined;
}

function detailsOf({ errors }: ApiModel, body: Json | undefined): Json | undefined {
  return errors.envelope?.details === undefined ? undefined : memberAt(body, errors.envelope.details);
}

function memberAt(body: Json | undefined, path: readonly string[]): Json | undefined {
  let value = body;
  for (const name of path) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** True where a list of texts in the details is exactly this one, in any order. */
export function namesExactly(details: Json | undefined, wanted: readonly string[]): boolean {
  const lists = Object.values(asObject(details)).filter(isArray);
  return lists.some((list) => list.length === wanted.length && wanted.every((text) => list.includes(text)));
}

/** True where no list of objects in the details could point at anything, or one of them names the place. */
export function pointsAt(details: Json | undefined, name: string): boolean {
  const issues = Object.values(asObject(details)).filter(isArray).flat().filter(isObject);
  const places = issues
    .flatMap((issue) => Object.values(issue))
    .flatMap((value) => (isArray(value) ? value : [value]));
  return issues.length === 0 || places.some((value) => typeof value === "string" && mentions(value, name));
}

function mentions(text: string, name: string): boolean {
  return text.split(/[^\w-]+/).some((word) => word.toLowerCase() === name.toLowerCase());
}

/** A response to a request that must succeed. */
export function success(operation: Operation, fault: string, step = 0): Refusal {
  const declared = operation.responses.filter(({ status }) => status.startsWith("2"));
  return {
    expects: "success",
    mustFail: false,
    aims: declared.map(({ status }) => ({ status, code: null })),
    classify: (exchanges: readonly Exchange[]) => {
      const { response } = exchanges[step] ?? {};
      if (response === undefined || response.status < 300) return [];
      const message = `${operation.id} ${fault} must succeed; it got ${response.status}.`;
      const rule = response.status >= 500 ? "server-error" : "success-refused";
      const pointer = declared[0]?.pointer ?? operation.pointer;
      return [{ rule, message, pointer, exchanges: [step] }];
    },
  };
}
