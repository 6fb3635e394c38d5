/** Ids that exist nowhere, and ids that belong to another tenant: the same response to both. */
import { createHash } from "node:crypto";
import { asText, type Json } from "../../json/json.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Actor } from "../actors.ts";
import { codeOf, errorsOf, refusal } from "../expectation.ts";
import type { Exchange, ReceivedResponse } from "../exchange.ts";
import { isSafe, type Objection, type Probe } from "../probe.ts";
import { pathParameters, seedOf, type RequestDraft } from "../valid-request.ts";
import { type Subject, withParameter } from "./subject.ts";

export function lookupProbes(subject: Subject): Probe[] {
  if (!subject.callable || pathParameters(subject.operation).length === 0) return [];
  return [...randomId(subject), ...foreignId(subject)];
}

function randomId(subject: Subject): Probe[] {
  const { operation, model } = subject;
  // Without a declared look-up error, an id may well be one that the server makes up (as in PUT).
  const declared = operation.responses.some(({ status }) => status === "404" || status === "410");
  if (errorsOf(operation, ["resource-lookup"]).length === 0 && !declared) return [];
  const writes = !isSafe(operation) && errorsOf(operation, ["resource-lookup"]).length === 0;
  return [
    {
      name: "resource-lookup/unknown-id",
      stage: "resource-lookup",
      operation,
      risk: writes ? "write" : "none",
      ...actorPart(subject),
      ...refusal(model, { operation, stages: ["resource-lookup"], fault: "with an id that exists nowhere" }),
      steps: [{ operation, request: subject.write(subject.nowhere(subject.harmless())) }],
    },
  ];
}

function actorPart({ caller }: Subject): { readonly actor?: string } {
  return caller === undefined ? {} : { actor: caller.name };
}

/** One seed of a stranger at a time, where the caller belongs to another tenant. */
function foreignId(subject: Subject): Probe[] {
  const { operation, settings, caller } = subject;
  if (caller?.tenant === undefined) return [];
  const strangers = settings.actors.actors.filter(
    ({ tenant }) => tenant !== undefined && tenant !== caller.tenant,
  );
  const foreign = foreignDraft(subject, strangers);
  if (foreign === undefined) return [];
  const random = subject.nowhere(foreign);
  const texts = [foreign, random].map((draft) =>
    pathParameters(operation).map((parameter) => asText(draft.parameters.get(parameter), "")),
  );
  const expects = "the response that an id gets which exists nowhere";
  return [
    {
      name: "resource-lookup/foreign-id",
      stage: "resource-lookup",
      operation,
      // A server that does not tell tenants apart carries the request out.
      risk: isSafe(operation) ? "none" : "write",
      actor: caller.name,
      expects,
      mustFail: true,
      aims: errorsOf(operation, ["resource-lookup"]),
      steps: [
        { operation, request: subject.write(foreign) },
        { operation, request: subject.write(random) },
      ],
      classify: (exchanges, bodies) => compare(subject, exchanges, bodies, texts),
    },
  ];
}

function foreignDraft(subject: Subject, strangers: readonly Actor[]): RequestDraft | undefined {
  const parameters = pathParameters(subject.operation);
  for (const stranger of strangers) {
    const seeds = parameters.map((parameter) => seedOf(stranger, subject.operation, parameter));
    if (seeds.every((seed) => seed === undefined)) continue;
    return parameters.reduce(
      (draft, parameter, index) =>
        withParameter(draft, parameter, seeds[index] ?? draft.parameters.get(parameter)),
      subject.good(),
    );
  }
  return undefined;
}

function compare(
  { operation, model }: Subject,
  exchanges: readonly Exchange[],
  bodies: readonly (Json | undefined)[],
  texts: readonly (readonly string[])[],
): Objection[] {
  const [foreign, random] = exchanges.map(({ response }) => response);
  if (foreign === undefined || random === undefined) return [];
  const differing = differences(model, foreign, random, texts, bodies);
  if (differing.length === 0) return [];
  const message = `${operation.id} responds differently to a foreign id and to one that exists nowhere: ${differing.join(", ")}.`;
  return [{ rule: "existence-revealed", message }];
}

function differences(
  model: ApiModel,
  foreign: ReceivedResponse,
  random: ReceivedResponse,
  [ownTexts = [], otherTexts = []]: readonly (readonly string[])[],
  [foreignBody, randomBody]: readonly (Json | undefined)[],
): string[] {
  if (foreign.status !== random.status) return [`status ${foreign.status} and ${random.status}`];
  const [code, other] = [codeOf(model, foreignBody), codeOf(model, randomBody)];
  if (code !== other) return [`code ${code ?? "none"} and ${other ?? "none"}`];
  const isSame = digest(foreign, ownTexts) === digest(random, otherTexts);
  const [names, otherNames] = [foreign, random].map(headerNames);
  return [
    ...(isSame ? [] : ["the body"]),
    ...(names === otherNames ? [] : [`the headers ${names ?? ""} and ${otherNames ?? ""}`]),
  ];
}

/** The body without the requested ids and without values unique to this exchange. */
function digest({ body, headers }: ReceivedResponse, texts: readonly string[]): string {
  const volatile = headers
    .filter(([name]) => /request-?id|trace|correlation/i.test(name))
    .map(([, value]) => value);
  let text = body.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:Z|[+-]\d\d:\d\d)/g, "{date}");
  for (const [index, value] of [...texts, ...volatile].entries()) {
    if (value !== "") text = text.replaceAll(value, `{${index}}`);
  }
  return createHash("sha256").update(text).digest("hex");
}

function headerNames({ headers }: ReceivedResponse): string {
  return [...new Set(headers.map(([name]) => name.toLowerCase()))].sort().join(", ");
}
