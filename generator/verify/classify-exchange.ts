/** Classifies one exchange and turns what is wrong into findings. */
import {
  classifyResponse,
  classifyUnrouted,
  type ClassifiedResponse,
  type MonitoredContract,
  type ObservedResponse,
} from "lockstep-openapi-runtime/monitor";
import type { Json } from "../json/json.ts";
import type { ApiModel, Operation } from "../model/api-model.ts";
import { headerOf, type Exchange, type ReceivedResponse } from "./exchange.ts";
import { severityOf, type Finding, type VerifyRule } from "./finding.ts";
import { matchesStatus } from "./expectation.ts";
import type { Matrix } from "./matrix.ts";
import type { Secrets } from "./secrets.ts";

/** What a run knows of the API. */
export interface RunContext {
  readonly model: ApiModel;
  readonly contract: MonitoredContract;
  readonly matrix: Matrix;
  readonly secrets: Secrets;
}

/** The body as JSON; `undefined` where it is none. */
export function jsonBody(response: ReceivedResponse | undefined): Json | undefined {
  if (response === undefined || response.truncated) return undefined;
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    return JSON.parse(response.body) as Json;
  } catch {
    return undefined;
  }
}

/** Findings of a response alone, and the cell that it reaches. `method` is the one that was sent. */
export function classifyExchange(
  context: RunContext,
  exchange: Exchange,
  operation: Operation | undefined,
  probe: string | undefined,
): { readonly findings: readonly Finding[]; readonly classified: ClassifiedResponse } {
  const { response } = exchange;
  if (response === undefined) return { findings: [], classified: { violations: [] } };
  const classified = classify(context, response, operation);
  const found = classified.violations.map(({ rule, message, issues = [] }) =>
    makeFinding(rule, {
      operation,
      probe,
      message,
      issues,
      exchanges: [exchange],
      pointer: promiseOf(context.model, operation, classified, response),
    }),
  );
  const more = [
    ...requestIdFindings(operation, classified, response),
    ...credentialFindings(context.secrets, response),
  ].map(({ rule, message, pointer }) =>
    makeFinding(rule, {
      operation,
      probe,
      message,
      issues: [],
      exchanges: [exchange],
      pointer: pointer ?? operation?.pointer ?? "",
    }),
  );
  const findings = [...found, ...more];
  if (operation !== undefined && classified.declared !== undefined) {
    const isBroken = findings.some(({ severity }) => severity === "error");
    context.matrix[isBroken ? "break" : "keep"](operation.id, classified.declared, classified.code);
  }
  return { findings, classified };
}

export function makeFinding(
  rule: VerifyRule,
  {
    operation,
    probe,
    ...rest
  }: Omit<Finding, "rule" | "severity" | "operation" | "probe"> & {
    readonly operation: Operation | undefined;
    readonly probe: string | undefined;
  },
): Finding {
  return {
    rule,
    severity: severityOf(rule),
    ...(operation === undefined ? {} : { operation: operation.id }),
    ...(probe === undefined ? {} : { probe }),
    ...rest,
  };
}

function classify(
  { contract }: RunContext,
  response: ReceivedResponse,
  operation: Operation | undefined,
): ClassifiedResponse {
  const observed: ObservedResponse = {
    status: response.status,
    header: (name) => headerOf(response, name),
    // What was cut off, or is compressed, was not read.
    body: response.truncated || isEncoded(response) ? undefined : response.body,
    hasBody: response.body !== "" || response.truncated,
  };
  const monitored = contract.operations.find(({ id }) => id === operation?.id);
  return monitored === undefined
    ? classifyUnrouted(contract, observed)
    : classifyResponse(contract, monitored, observed);
}

function isEncoded(response: ReceivedResponse): boolean {
  const encoding = headerOf(response, "content-encoding")?.toLowerCase();
  return encoding !== undefined && encoding !== "identity" && encoding !== "";
}

/** Where the document says it: the response that is declared for the status, else the operation. */
function promiseOf(
  model: ApiModel,
  operation: Operation | undefined,
  { declared }: ClassifiedResponse,
  { status }: ReceivedResponse,
): string {
  const response =
    operation?.responses.find((one) => one.status === declared) ??
    operation?.responses.find((one) => matchesStatus(one.status, status));
  return response?.pointer ?? operation?.pointer ?? model.errors.codes[0]?.pointer ?? "";
}

interface Loose {
  readonly rule: VerifyRule;
  readonly message: string;
  readonly pointer?: string;
}

/** A request id that is described and not required is still what support asks for. */
function requestIdFindings(
  operation: Operation | undefined,
  { declared }: ClassifiedResponse,
  response: ReceivedResponse,
): Loose[] {
  const headers = operation?.responses.find(({ status }) => status === declared)?.headers ?? [];
  return headers
    .filter(({ name, required }) => !required && /^(?:x-)?(?:request|correlation)-?id$/i.test(name))
    .filter(({ name }) => headerOf(response, name.toLowerCase()) === undefined)
    .map(({ name, pointer }) => ({
      rule: "request-id-missing",
      message: `${operation?.id ?? ""} with ${response.status} has no ${name}, which the document describes.`,
      pointer,
    }));
}

function credentialFindings(secrets: Secrets, { body, headers }: ReceivedResponse): Loose[] {
  const isShown = secrets.reveals(body) || headers.some(([, value]) => secrets.reveals(value));
  return isShown
    ? [{ rule: "credential-exposed", message: "The response shows a credential of the request." }]
    : [];
}
