/** Requests with exactly one fault, in the path, the query, a header, a cookie or the body. */
import type { Stage } from "../../contract/vocabulary.ts";
import type { Parameter } from "../../model/api-model.ts";
import { pointsAt, refusal } from "../expectation.ts";
import { withHeader, type ProbeRequest } from "../exchange.ts";
import type { Probe } from "../probe.ts";
import type { RequestDraft } from "../valid-request.ts";
import { bodyFaults, textualFaults, type BodyFault } from "./value-faults.ts";
import { type Subject, withParameter } from "./subject.ts";

/** What a document may name for a request that cannot be read. */
const reading: readonly Stage[] = ["request-validation", "media-type", "request-limits"];

export function validationProbes(subject: Subject): Probe[] {
  if (!subject.callable) return [];
  return [...parameterProbes(subject), ...bodyProbes(subject), ...encodingProbes(subject)];
}

/** A request with the first fault that can be made; `undefined` where none can. */
export function faultyRequest(subject: Subject): RequestDraft | undefined {
  const draft = subject.harmless();
  const [body] = bodyFaultsOf(subject, draft);
  if (body !== undefined && draft.body !== undefined)
    return { ...draft, body: { ...draft.body, value: body.value } };
  for (const parameter of subject.operation.parameters) {
    const [fault] = parameterFaults(subject, parameter);
    if (fault !== undefined) return withParameter(draft, parameter, fault.value);
  }
  return undefined;
}

function probe(
  subject: Subject,
  name: string,
  request: ProbeRequest,
  {
    fault,
    place,
    stages = ["request-validation"],
  }: { fault: string; place?: string; stages?: readonly Stage[] },
): Probe {
  const { operation, model, caller } = subject;
  return {
    name: `request-validation/${name}`,
    stage: stages[0] ?? "request-validation",
    operation,
    risk: "none",
    ...(caller === undefined ? {} : { actor: caller.name }),
    ...refusal(model, {
      operation,
      stages,
      fault,
      later: "resource-lookup",
      ...(place === undefined
        ? {}
        : {
            details: (details) =>
              details === undefined || pointsAt(details, place)
                ? undefined
                : `no issue in its details points at ${place}`,
          }),
    }),
    steps: [{ operation, request }],
  };
}

function parameterFaults(subject: Subject, parameter: Parameter): ReturnType<typeof textualFaults> {
  // A header is trimmed, a cookie is split, and a key that is kept must not be one that works.
  return parameter.content === undefined ? textualFaults(subject.maker.side(parameter)) : [];
}

function parameterProbes(subject: Subject): Probe[] {
  const draft = subject.harmless();
  return subject.operation.parameters.flatMap((parameter) => {
    const { name, in: where } = parameter;
    const faults = parameterFaults(subject, parameter).map(({ kind, value }) =>
      probe(subject, `${where}-${kind}`, subject.write(withParameter(draft, parameter, value)), {
        fault: `with a ${where} parameter ${name} that breaks its ${kind}`,
        place: name,
      }),
    );
    if (!parameter.required || where === "path") return faults;
    const missing = probe(
      subject,
      `${where}-required`,
      subject.write(withParameter(draft, parameter, undefined)),
      {
        fault: `without the ${where} parameter ${name}`,
        place: name,
      },
    );
    return [missing, ...faults];
  });
}

function bodyFaultsOf(subject: Subject, { body, operation }: RequestDraft): BodyFault[] {
  const media = operation.requestBody?.content.find(({ mediaType }) => mediaType === body?.mediaType);
  return media === undefined || body === undefined ? [] : bodyFaults(subject.maker.side(media), body.value);
}

function bodyProbes(subject: Subject): Probe[] {
  const draft = subject.harmless();
  const { body } = draft;
  if (body === undefined) return [];
  return bodyFaultsOf(subject, draft)
    .slice(0, subject.settings.bodyFaults)
    .map(({ kind, member, value }) => {
      const what = member === undefined ? "a body" : `a member ${member}`;
      const fault = { required: `without ${what}`, "unknown-member": `with ${what} that is not declared` }[
        kind
      ];
      return probe(subject, `body-${kind}`, subject.write({ ...draft, body: { ...body, value } }), {
        fault: fault ?? `with ${what} that breaks its ${kind}`,
        ...(member === undefined ? {} : { place: member }),
      });
    });
}

/** What is wrong with the body as a whole: none, no JSON, another media type, or none named. */
function encodingProbes(subject: Subject): Probe[] {
  const draft = subject.harmless();
  if (draft.body === undefined) return [];
  const request = subject.write(draft);
  const { body: _, ...bare } = withHeader(request, "content-type", undefined);
  const { requestBody } = subject.operation;
  const takesAll = requestBody?.content.some(({ mediaType }) => /^(?:\*|text)\//.test(mediaType)) === true;
  const unnamed = withHeader(request, "content-type", "application/x-lockstep");
  const large = { ...request, body: `"${"x".repeat(subject.settings.allowLoad ? 20_000_000 : 0)}"` };
  const faults: readonly (readonly [isTried: boolean, name: string, request: ProbeRequest, fault: string])[] =
    [
      [requestBody?.required === true, "body-missing", bare, "without a body"],
      [true, "body-syntax", { ...request, body: '{"unfinished": ' }, "with a body that is not JSON"],
      [!takesAll, "content-type", unnamed, "with a media type that is not declared"],
      [subject.settings.allowLoad, "body-size", large, "with 20 MB"],
    ];
  return faults
    .filter(([isTried]) => isTried)
    .map(([, name, sent, fault]) => probe(subject, name, sent, { fault, stages: reading }));
}
