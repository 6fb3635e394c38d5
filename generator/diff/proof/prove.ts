/** Looks for the proof of a finding of ours: a message that one side takes and the other refuses. Each is checked with both. */
import { isObject, type Json } from "../../json/json.ts";
import type { ApiModel, ErrorCode, Operation } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { ModelPair, OperationPair } from "../pair.ts";
import type { RuleDraft } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import { setMember } from "../error-body.ts";
import { acceptsResponse, acceptsRequest, responseFor } from "./accept.ts";
import { responseMessage, errorResponses, leastRequests } from "./make.ts";
import type { ResponseMessage } from "./message.ts";
import { responseCounterexample, requestCounterexample } from "./print.ts";

type Side = Counterexample["acceptedBy"];
type Kind = "code" | "any-code" | "success" | "request";

/**
 * Whose message proves a finding of each rule. Rules about a sequence of messages (retry policies), about wording and
 * versions, or about messages that both sides take, have none.
 */
export const proofs: Partial<Readonly<Record<RuleName, readonly [kind: Kind, acceptedBy: Side]>>> = {
  "code-added": ["code", "revision"],
  "code-newly-returned": ["code", "revision"],
  "code-renamed": ["code", "revision"],
  "code-reused": ["code", "revision"],
  "code-removed": ["code", "base"],
  "code-retired": ["code", "base"],
  "code-retired-after-sunset": ["code", "base"],
  "tombstone-missing": ["code", "base"],
  "code-no-longer-returned": ["code", "base"],
  "status-changed": ["code", "revision"],
  "details-added": ["code", "base"],
  "details-required": ["code", "base"],
  "details-field-required": ["code", "base"],
  "details-narrowed": ["code", "base"],
  "details-removed": ["code", "revision"],
  "details-optional": ["code", "revision"],
  "details-field-removed": ["code", "revision"],
  "details-field-optional": ["code", "revision"],
  "details-type-changed": ["code", "revision"],
  "details-widened": ["code", "revision"],
  "envelope-moved": ["any-code", "revision"],
  "envelope-lost": ["any-code", "revision"],
  "envelope-media-type-changed": ["any-code", "revision"],
  "envelope-member-removed": ["any-code", "revision"],
  "envelope-member-changed": ["any-code", "revision"],
  "envelope-member-narrowed": ["any-code", "base"],
  "header-dropped": ["any-code", "revision"],
  "header-optional": ["any-code", "revision"],
  "header-changed": ["any-code", "revision"],
  "success-status-removed": ["success", "base"],
  "success-status-added": ["success", "revision"],
  "scope-required": ["request", "base"],
  "security-required": ["request", "base"],
  "idempotency-required": ["request", "base"],
  "idempotency-accepted": ["request", "revision"],
};

/** Operations and codes that are tried for one finding. */
const tried = 8;

/** Finds proofs in one pair of models. */
export class Prover {
  readonly #pair: ModelPair;
  readonly #pairs = new Map<string, OperationPair>();

  constructor(pair: ModelPair) {
    this.#pair = pair;
    for (const operation of pair.operations) {
      if (!this.#pairs.has(operation.base.id)) this.#pairs.set(operation.base.id, operation);
    }
    for (const operation of pair.operations) this.#pairs.set(operation.revision.id, operation);
  }

  /** The draft with its proof, where one can be made; what the rule itself has found is where the search starts. */
  prove(draft: RuleDraft): RuleDraft {
    const plan = proofs[draft.rule];
    if (plan === undefined) return draft;
    const [kind, side] = plan;
    const touched = this.#operations(draft).slice(0, tried);
    for (const operations of touched) {
      const counterexample = this.#inOperation(draft, kind, side, operations);
      if (counterexample !== undefined) return { ...draft, counterexample };
    }
    // A code that no common operation returns, such as one of unknown addresses, is proved by its own schema alone.
    return touched.length === 0 ? draft : without(draft);
  }

  #operations({ operations }: RuleDraft): readonly OperationPair[] {
    if (operations === undefined) return this.#pair.operations.filter(({ base }) => base.errors.length > 0);
    return operations.flatMap((id) => this.#pairs.get(id) ?? []);
  }

  #inOperation(
    draft: RuleDraft,
    kind: Kind,
    side: Side,
    operations: OperationPair,
  ): Counterexample | undefined {
    const accepting = { model: this.#pair[side], operation: operations[side] };
    const other = side === "base" ? "revision" : "base";
    const refusing = { model: this.#pair[other], operation: operations[other] };
    if (kind === "request") {
      const found = leastRequests(accepting.model, accepting.operation).find(
        (request) =>
          acceptsRequest(accepting, request) === true && acceptsRequest(refusing, request) === false,
      );
      return found === undefined ? undefined : requestCounterexample(accepting.operation, found, side);
    }
    const found = responsesFor(draft, kind, accepting.model, accepting.operation).find(
      (sent) => acceptsResponse(accepting, sent) === true && acceptsResponse(refusing, sent) === false,
    );
    return found === undefined ? undefined : responseCounterexample(accepting.operation, found, side);
  }
}

function responsesFor(
  draft: RuleDraft,
  kind: Kind,
  model: ApiModel,
  operation: Operation,
): ResponseMessage[] {
  if (kind === "success") {
    const response = responseFor(operation, draft.subject);
    return response === undefined ? [] : [responseMessage(model, response, draft.subject)];
  }
  const messages = codesFor(draft, kind, model, operation).flatMap((code) =>
    errorResponses(model, operation, code, bodiesOf(draft, kind, model, code)),
  );
  const { header } = draft;
  if (header === undefined) return messages;
  return messages.map((sent) => ({ ...sent, headers: { ...sent.headers, [header.name]: header.value } }));
}

/** The code that the draft is about under the name it has on this side, or what the operation returns. */
function codesFor(draft: RuleDraft, kind: Kind, model: ApiModel, operation: Operation): readonly ErrorCode[] {
  const { codes } = model.errors;
  if (kind === "code") {
    const named = codes.find(({ code }) => code === draft.subject);
    const code = named ?? codes.find(({ pointer }) => pointer === draft.revision);
    return code === undefined ? [] : [code];
  }
  const returned = new Set(operation.errors.map(({ code }) => code));
  return codes.filter(({ code }) => returned.has(code)).slice(0, tried);
}

/** Bodies that the rule itself has found; one without a code of its own gets this one. */
function bodiesOf(
  { counterexample }: RuleDraft,
  kind: Kind,
  model: ApiModel,
  { code, example }: ErrorCode,
): Json[] {
  const body = counterexample?.message["body"];
  if (body === undefined) return [];
  const { envelope } = model.errors;
  if (kind === "code" || envelope === undefined || !isObject(body)) return [body];
  const named = setMember(body, envelope.code, code);
  return [
    named,
    ...(isObject(example)
      ? [
          { ...example, ...named },
          { ...named, ...example },
        ]
      : []),
  ];
}

function without(draft: RuleDraft): RuleDraft {
  const { counterexample, ...rest } = draft;
  return counterexample === undefined ? draft : rest;
}
