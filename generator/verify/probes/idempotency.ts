/** Replays, used keys, keys of others, and two requests at once (draft-ietf-httpapi-idempotency-key-header). */
import { conjunction } from "../../diff/schema/side.ts";
import { candidates } from "../../diff/schema/candidates.ts";
import { isValid } from "../../diff/schema/validate.ts";
import { asObject, isObject, type Json } from "../../json/json.ts";
import { errorsOf, matchesStatus, codeOf } from "../expectation.ts";
import { withHeader, type Exchange, type ProbeRequest } from "../exchange.ts";
import type { Objection, Probe } from "../probe.ts";
import { canCall } from "../write-request.ts";
import type { RequestDraft } from "../valid-request.ts";
import { missingScopes, type Subject } from "./subject.ts";

export function idempotencyProbes(subject: Subject): Probe[] {
  const { operation, caller } = subject;
  const draft = subject.good();
  if (operation.idempotencyKey === "none" || caller === undefined || !draft.known) return [];
  const request = subject.write(draft);
  return [
    replay(subject, request),
    ...reuse(subject, draft, request),
    ...shared(subject, draft, request),
    parallel(subject, request),
  ];
}

function keyed(subject: Subject, request: ProbeRequest, key = subject.settings.random.uuid()): ProbeRequest {
  return withHeader(request, "idempotency-key", key);
}

type Parts = Pick<Probe, "operation" | "risk" | "mustFail" | "aims">;

function base({ operation }: Subject): Parts {
  return { operation, risk: "write", mustFail: false, aims: [] };
}

function replay(subject: Subject, request: ProbeRequest): Probe {
  const { operation } = subject;
  const sent = keyed(subject, request);
  return {
    ...base(subject),
    name: "idempotency/replay",
    stage: "handler",
    expects: "the first response again",
    steps: [
      { operation, request: sent },
      { operation, request: sent },
    ],
    classify: ([first, second]) => {
      if (!succeeded(first) || second?.response === undefined) return [];
      const isSame =
        first?.response?.status === second.response.status && first.response.body === second.response.body;
      const message = `${operation.id} responds differently to the same request with the same Idempotency-Key.`;
      return isSame ? [] : [{ rule: "replay-differs", message }];
    },
  };
}

function reuse(subject: Subject, draft: RequestDraft, request: ProbeRequest): Probe[] {
  const { operation, model } = subject;
  const other = otherBody(subject, draft);
  if (other === undefined || draft.body === undefined) return [];
  const first = keyed(subject, request);
  const key = first.headers.at(-1)?.[1] ?? "";
  const second = keyed(subject, subject.write({ ...draft, body: { ...draft.body, value: other } }), key);
  const errors = errorsOf(operation, ["idempotency-reuse"]);
  const expects =
    errors.map(({ status, code }) => `${status} ${code}`).join(" or ") || "a refusal (409, 422)";
  return [
    {
      ...base(subject),
      name: "idempotency/reuse",
      stage: "idempotency-reuse",
      aims: errors,
      expects,
      steps: [
        { operation, request: first },
        { operation, request: second },
      ],
      classify: ([one, two], bodies) => {
        if (!succeeded(one) || two?.response === undefined) return [];
        const { status } = two.response;
        const code = codeOf(model, bodies[1]);
        const message = `${operation.id} with a used Idempotency-Key and another body must get ${expects}; it got ${status}${code === undefined ? "" : ` ${code}`}.`;
        if (status < 400) return [{ rule: "key-reuse-accepted", message }];
        const right =
          errors.length === 0 ||
          errors.some((error) => error.code === code && matchesStatus(error.status, status));
        return right ? [] : [{ rule: "wrong-refusal", message }];
      },
    },
  ];
}

/** The same key from a caller of another tenant is a fresh one. */
function shared(subject: Subject, draft: RequestDraft, request: ProbeRequest): Probe[] {
  const { operation, settings, caller } = subject;
  const stranger = settings.actors.actors.find(
    (actor) =>
      !actor.revoked &&
      actor.tenant !== undefined &&
      caller?.tenant !== undefined &&
      actor.tenant !== caller.tenant &&
      canCall(operation, actor) &&
      missingScopes(operation, actor).length === 0,
  );
  if (stranger === undefined) return [];
  const first = keyed(subject, request);
  const key = first.headers.at(-1)?.[1] ?? "";
  return [
    {
      ...base(subject),
      name: "idempotency/other-tenant",
      stage: "handler",
      actor: stranger.name,
      expects: "another response than the first caller's",
      steps: [
        { operation, request: first },
        { operation, request: keyed(subject, subject.write(draft, stranger), key) },
      ],
      classify: ([one, two]) => {
        if (!succeeded(one) || two?.response === undefined) return [];
        const isShared = two.response.body !== "" && two.response.body === one?.response?.body;
        const message = `${operation.id} gives another tenant the response that belongs to the first caller's Idempotency-Key.`;
        return isShared ? [{ rule: "key-shared", message }] : [];
      },
    },
  ];
}

function parallel(subject: Subject, request: ProbeRequest): Probe {
  const { operation, model } = subject;
  const sent = keyed(subject, request);
  const errors = errorsOf(operation, ["idempotency-in-progress"]);
  return {
    ...base(subject),
    name: "idempotency/parallel",
    stage: "idempotency-in-progress",
    aims: errors,
    expects: "one response that does the work, and its replay or a refusal",
    steps: [false, true, true].map((withPrevious) => ({ operation, request: sent, withPrevious })),
    classify: (exchanges, bodies) =>
      classifyParallel(
        operation.id,
        exchanges,
        bodies.map((body) => codeOf(model, body)),
      ),
  };
}

function classifyParallel(
  id: string,
  exchanges: readonly Exchange[],
  codes: readonly (string | undefined)[],
): Objection[] {
  const done = exchanges.filter(succeeded).map(({ response }) => response?.body);
  if (new Set(done).size > 1) {
    const message = `${id} does the work ${new Set(done).size} times for requests with one Idempotency-Key.`;
    return [{ rule: "parallel-executed", message }];
  }
  const broken = exchanges.findIndex(({ response }) => (response?.status ?? 0) >= 500);
  if (broken === -1) return [];
  const message = `${id} ends in ${codes[broken] ?? "an error"} where requests with one Idempotency-Key meet.`;
  return [{ rule: "server-error", message, exchanges: [broken] }];
}

function succeeded(exchange: Exchange | undefined): boolean {
  const status = exchange?.response?.status ?? 0;
  return status >= 200 && status < 300;
}

/** Another valid body: one member other than an id has another value. */
function otherBody({ maker }: Subject, { operation, body }: RequestDraft): Json | undefined {
  const media = operation.requestBody?.content.find(({ mediaType }) => mediaType === body?.mediaType);
  if (media === undefined || body === undefined || !isObject(body.value)) return undefined;
  const side = maker.side(media);
  const { value } = body;
  const { parts, document } = conjunction(side.document, [side.schema]);
  const properties = parts.flatMap((part) => Object.entries(asObject(part["properties"])));
  for (const [name, schema] of properties) {
    const own = value[name];
    const member = { document, schema: isObject(schema) ? schema : true };
    const tries = [
      ...(typeof own === "string" ? [`${own} 2`] : []),
      ...(own === undefined ? [] : candidates(member, member)),
    ];
    const changed = tries
      .filter((one) => JSON.stringify(one) !== JSON.stringify(own))
      .map((one) => ({ ...value, [name]: one }))
      .find((one) => isValid(side, one) === true);
    if (changed !== undefined) return changed;
  }
  return undefined;
}
