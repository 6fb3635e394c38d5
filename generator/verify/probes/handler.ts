/** Requests that succeed, and what their Link Objects lead to. */
import { asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { Operation } from "../../model/api-model.ts";
import { success } from "../expectation.ts";
import type { Exchange, ProbeRequest } from "../exchange.ts";
import { isSafe, type Probe } from "../probe.ts";
import { Subject, withParameter } from "./subject.ts";

export function handlerProbes(subject: Subject): Probe[] {
  const draft = subject.good();
  if (!subject.callable || !draft.known) return [];
  const { operation } = subject;
  const request = subject.write(draft);
  const base = { stage: "handler", operation, risk: isSafe(operation) ? "none" : "write" } as const;
  return [
    {
      ...base,
      name: "handler/success",
      ...success(operation, "with a request that is right"),
      steps: [{ operation, request }],
    },
    ...(isSafe(operation) ? links(subject, request) : []),
  ];
}

/** Links of the successes that lead to operations which read. */
function links(subject: Subject, request: ProbeRequest): Probe[] {
  const { operation, model, settings, maker } = subject;
  const statuses = operation.responses.map(({ status }) => status).filter((status) => status.startsWith("2"));
  return statuses.flatMap((status) =>
    Object.entries(maker.links(operation, status)).flatMap(([name, link]): Probe[] => {
      const { operationId, parameters } = asObject(link);
      const target = model.operations.find(({ id }) => id === operationId);
      if (target === undefined || !isSafe(target)) return [];
      const next = new Subject(target, settings, maker);
      return [
        {
          name: "handler/link",
          stage: "handler",
          operation: target,
          risk: "none",
          ...success(target, `through the link ${name} of ${operation.id}`, 1),
          steps: [
            { operation, request },
            { operation: target, request: (earlier) => follow(next, asObject(parameters), target, earlier) },
          ],
        },
      ];
    }),
  );
}

function follow(
  next: Subject,
  expressions: JsonObject,
  target: Operation,
  [first]: readonly Exchange[],
): ProbeRequest | undefined {
  const response = first?.response;
  if (response === undefined || response.status >= 300) return undefined;
  let draft = next.good();
  for (const [key, expression] of Object.entries(expressions)) {
    const name = key.replace(/^(?:path|query|header|cookie)\./, "");
    const parameter = target.parameters.find((one) => one.name === name);
    const value = typeof expression === "string" ? evaluate(expression, response.body) : expression;
    if (parameter === undefined || value === undefined) return undefined;
    draft = withParameter(draft, parameter, value);
  }
  return next.write(draft);
}

/** A runtime expression into the body of a response (OpenAPI 3.1.1 §4.8.20.2), or a constant. */
function evaluate(expression: string, body: string): Json | undefined {
  if (!expression.startsWith("$")) return expression;
  const [, pointer] = /^\$response\.body(?:#(.*))?$/s.exec(expression) ?? [];
  if (pointer === undefined) return undefined;
  try {
    // What is not `Json` cannot come out of `JSON.parse`.
    const found = resolvePointer(JSON.parse(body) as Json, pointer);
    return isObject(found) || found === null ? undefined : found;
  } catch {
    return undefined;
  }
}
