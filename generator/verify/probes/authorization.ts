/** Credentials that lack a scope, or do not meet a requirement. */
import type { Stage } from "../../contract/vocabulary.ts";
import type { Json } from "../../json/json.ts";
import type { Actor } from "../actors.ts";
import { namesExactly, refusal } from "../expectation.ts";
import { isSafe, type Probe } from "../probe.ts";
import { pathParameters, type RequestDraft } from "../valid-request.ts";
import { canCall } from "../write-request.ts";
import { faultyRequest } from "./request-validation.ts";
import { missingScopes, type Subject } from "./subject.ts";

export function authorizationProbes(subject: Subject): Probe[] {
  return [...scopeProbes(subject), ...requirementProbes(subject)];
}

/** Callers that lack each of the scopes in turn. */
function limitedActors({ operation, settings }: Subject): readonly Actor[] {
  const found = new Map<string, Actor>();
  for (const actor of settings.actors.actors) {
    if (actor.revoked || !canCall(operation, actor)) continue;
    const missing = missingScopes(operation, actor);
    if (missing.length > 0 && !found.has(missing.join(" "))) found.set(missing.join(" "), actor);
  }
  return [...found.values()];
}

function scopeProbes(subject: Subject): Probe[] {
  const { operation, model } = subject;
  const stages: readonly Stage[] = ["authorization"];
  return limitedActors(subject).flatMap((actor) => {
    const missing = missingScopes(operation, actor);
    const fault = `with a credential that lacks ${missing.join(", ")}`;
    const details = (value: Json | undefined): string | undefined =>
      value === undefined || namesExactly(value, missing)
        ? undefined
        : `its details do not name exactly the missing scopes (${missing.join(", ")})`;
    const right = subject.harmless();
    const broken = faultyRequest(subject);
    const probe = (name: string, draft: RequestDraft, more: string, later: Stage): Probe => ({
      name: `authorization/${name}`,
      stage: "authorization",
      operation,
      risk: "none",
      actor: actor.name,
      ...refusal(model, { operation, stages, fault: `${fault}${more}`, details, later }),
      steps: [{ operation, request: subject.write(draft, actor) }],
    });
    const leadsSomewhere = isSafe(operation) && pathParameters(operation).length > 0;
    return [
      probe("missing-scope", right, "", "resource-lookup"),
      ...(leadsSomewhere
        ? [probe("before-look-up", subject.nowhere(right), " and an unknown id", "resource-lookup")]
        : []),
      ...(broken === undefined
        ? []
        : [probe("before-validation", broken, " and a broken request", "request-validation")]),
    ];
  });
}

/** Actors that the file says a requirement refuses, with a request that is right otherwise. */
function requirementProbes(subject: Subject): Probe[] {
  const { operation, model, settings } = subject;
  return settings.actors.actors.flatMap((actor) =>
    actor.refused.flatMap((code) => {
      const error = operation.errors.find((one) => one.code === code);
      const able =
        canCall(operation, actor) && missingScopes(operation, actor).length === 0 && !actor.revoked;
      if (error === undefined || !able) return [];
      const fault = `for ${actor.name}, who does not meet the requirement of \`${code}\`,`;
      const only = { ...operation, errors: [error] };
      return [
        {
          name: "requirement/not-met",
          stage: "requirement",
          operation,
          risk: "none",
          actor: actor.name,
          ...refusal(model, { operation: only, stages: error.raisedBy, fault }),
          steps: [{ operation, request: subject.write(subject.harmless(), actor) }],
        } as const,
      ];
    }),
  );
}
