/** Brings the engine's findings into the same form, severities and order as our own. */
import { asObject, type Json } from "../../json/json.ts";
import { followRefs, pointerTokens, resolvePointer } from "../../json/pointer.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Bump, Change, Draft, Severity } from "../change.ts";
import { operationStability } from "../pair.ts";
import { GeneralProver } from "../proof/prove-general.ts";
import { rate } from "../rate.ts";
import type { RuleEntry } from "../rule-entry.ts";
import type { DiffSettings } from "../settings.ts";
import { quoted } from "../wording.ts";
import type { EngineChange, EngineVerdict } from "./redocly.ts";

/** Where we rate otherwise than the engine does, and why: docs/diff.md lists the same. */
export const severityOverrides: Readonly<
  Record<string, { readonly severity: Severity; readonly why: string }>
> = {
  "operation-id-changed": {
    severity: "risky",
    why: "no message on the wire changes; only clients that are generated anew have another function name",
  },
  "server-removed": {
    severity: "risky",
    why: "the list of servers is advice; whether the old address still answers, the document cannot say",
  },
};

/** Findings of the engine that our own rules make, better. */
export const ownRules: ReadonlySet<string> = new Set(["security-requirement-changed"]);

const advice: Readonly<Record<EngineVerdict["impact"], string>> = {
  major: "Keep what deployed clients rely on, or raise the major version.",
  minor: "Raise the minor version.",
  patch: "Nothing.",
};

/** Additions that callers may care about, by Redocly's name for the node. */
const notable: Readonly<Record<string, string>> = {
  Operation: "operation",
  PathItem: "path",
  Parameter: "parameter",
  Response: "response",
  MediaType: "media type",
  Webhook: "webhook",
  RequestBody: "request body",
};

export function engineChanges(
  found: readonly EngineChange[],
  base: ApiModel,
  revision: ApiModel,
  settings: DiffSettings,
): readonly Change[] {
  const prover = new GeneralProver(base, revision);
  return found.flatMap((change) => {
    const stability = stabilityAt(change.pointer, base);
    const drafts =
      change.verdicts.length > 0
        ? change.verdicts.map((verdict) => judged(change, verdict))
        : [addition(change, revision)];
    return drafts.flatMap((draft) => {
      if (draft === undefined) return [];
      const [rated, entry] = draft;
      const witness = entry.severity.includes("breaking") ? prover.prove(change) : undefined;
      const places = { ...rated, ...placesOf(change, rated, base, revision), ...(witness && { witness }) };
      return rate(places, entry, settings, stability, "redocly") ?? [];
    });
  });
}

type Judged = readonly [Draft, RuleEntry];

function judged(change: EngineChange, verdict: EngineVerdict): Judged | undefined {
  const { rule, impact, message } = verdict;
  if (ownRules.has(rule) || isOurs(change, message)) return undefined;
  const severity = severityOverrides[rule]?.severity ?? (impact === "major" ? "breaking" : "safe");
  const bump: Bump = impact === "major" ? "minor" : impact;
  const draft = {
    rule: `redocly/${rule}`,
    subject: verdict.pointer,
    message,
    ...operationsAt(change.pointer),
  };
  return [draft, { severity: [severity, "safe", severity], bump, summary: message, advice: advice[impact] }];
}

/** Success statuses and the idempotency key have rules of their own. */
function isOurs({ pointer, type }: EngineChange, message: string): boolean {
  const status = pointerTokens(pointer).at(-1) ?? "";
  return (type === "Response" && /^[23]/.test(status)) || /`Idempotency-Key`/i.test(message);
}

/** The engine notes additions without a word; those that callers can use are worth one. */
function addition({ pointer, type, kind }: EngineChange, revision: ApiModel): Judged | undefined {
  const noun = Object.hasOwn(notable, type) ? notable[type] : undefined;
  const tokens = pointerTokens(pointer);
  const isResponse = type === "Response" && /^[23]/.test(tokens.at(-1) ?? "");
  if (kind !== "added" || noun === undefined || tokens[0] === "components" || isResponse) return undefined;
  const node = followRefs(revision.document, resolvePointer(revision.document, pointer), pointer).value;
  if (asObject(node)["name"] === "Idempotency-Key") return undefined;
  if (type === "RequestBody")
    return asObject(node)["required"] === true ? requiredBody(pointer, tokens) : undefined;
  const draft = {
    rule: "redocly/added",
    subject: pointer,
    message: `The ${noun} ${quoted(nameOf(type, tokens, node))} is new${type === "Operation" || type === "PathItem" ? "" : ` in ${quoted(placeOf(tokens))}`}.`,
    ...operationsAt(pointer),
  };
  return [
    draft,
    {
      severity: ["safe", "safe", "safe"],
      bump: "minor",
      summary: "An addition.",
      advice: "Raise the minor version.",
    },
  ];
}

/** The engine lets this pass, although a request without a body is refused from now on. */
function requiredBody(pointer: string, tokens: readonly string[]): Judged {
  const message = `A required request body was added to ${quoted(placeOf(tokens))}.`;
  const draft = { rule: "redocly/required-body-added", subject: pointer, message, ...operationsAt(pointer) };
  const severity = ["breaking", "safe", "breaking"] as const;
  return [draft, { severity, bump: "minor", summary: message, advice: advice.major }];
}

function nameOf(type: string, tokens: readonly string[], node: Json | undefined): string {
  const { name } = asObject(node);
  if (type === "Parameter" && typeof name === "string") return name;
  return type === "Operation" ? placeOf(tokens) : (tokens.at(-1) ?? "");
}

/** `/paths/~1a/get/…` → `GET /a`. */
function placeOf([, path = "", method = ""]: readonly string[]): string {
  return method === "" || method === "parameters" ? path : `${method.toUpperCase()} ${path}`;
}

function operationsAt(pointer: string): { readonly operations?: readonly string[] } {
  const [section, path, method] = pointerTokens(pointer);
  return section === "paths" && path !== undefined && method !== undefined && method !== "parameters"
    ? { operations: [`${method} ${path}`] }
    : {};
}

function stabilityAt(pointer: string, model: ApiModel): string | undefined {
  const operation = model.operations.find(
    (candidate) => pointer === candidate.pointer || pointer.startsWith(`${candidate.pointer}/`),
  );
  return operation === undefined ? undefined : operationStability(model, operation);
}

/** Each side's place, and the operation under the name that the documents give it. */
function placesOf(change: EngineChange, draft: Draft, base: ApiModel, revision: ApiModel): Partial<Draft> {
  const exists = (model: ApiModel, pointer: string): boolean =>
    resolvePointer(model.document, pointer) !== undefined;
  const on = (model: ApiModel): string | undefined =>
    [draft.subject, change.pointer].find((pointer) => exists(model, pointer));
  const [before, after] = [
    change.kind === "added" ? undefined : on(base),
    change.kind === "removed" ? undefined : on(revision),
  ];
  const named = [...revision.operations, ...base.operations];
  return {
    ...(before === undefined ? {} : { base: before }),
    ...(after === undefined ? {} : { revision: after }),
    ...(draft.operations === undefined
      ? {}
      : {
          operations: draft.operations.map(
            (place) => named.find(({ method, path }) => `${method} ${path}` === place)?.id ?? place,
          ),
        }),
  };
}
