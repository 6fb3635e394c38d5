/** No credential, a malformed one, an unknown one, one in the wrong place, a revoked one. */
import { refusal } from "../expectation.ts";
import type { ProbeRequest } from "../exchange.ts";
import type { Probe } from "../probe.ts";
import { credentialsFor } from "../write-request.ts";
import { faultyRequest } from "./request-validation.ts";
import type { Subject } from "./subject.ts";

export function authenticationProbes(subject: Subject): Probe[] {
  const { operation, model } = subject;
  const isOptional = operation.security.some(({ schemes }) => schemes.length === 0);
  if (operation.security.length === 0 || isOptional) return [];
  const probe = (name: string, fault: string, request: ProbeRequest): Probe => ({
    name: `authentication/${name}`,
    stage: "authentication",
    operation,
    risk: "none",
    ...refusal(model, { operation, stages: ["authentication"], fault }),
    steps: [{ operation, request }],
  });
  const draft = subject.harmless();
  return [
    probe("missing", "without a credential", subject.writeWith(draft, {})),
    ...credentialVariants(subject).map(({ name, fault, credentials }) =>
      probe(name, fault, subject.writeWith(draft, credentials)),
    ),
    ...misplaced(subject).map((request) =>
      probe("misplaced", "with its credential as a bearer token", request),
    ),
    ...bothFaults(subject).map((request) => ({
      ...probe("before-validation", "without a credential and with a broken request", request),
      ...refusal(model, {
        operation,
        stages: ["authentication"],
        fault: "without a credential and with a broken request",
        later: "authorization",
      }),
    })),
  ];
}

interface Variant {
  readonly name: string;
  readonly fault: string;
  readonly credentials: Readonly<Record<string, string>>;
}

function credentialVariants({ operation, settings, caller }: Subject): Variant[] {
  const [alternative] = operation.security;
  const names = alternative?.schemes.map(({ scheme }) => scheme) ?? [];
  const all = (value: (scheme: string) => string): Readonly<Record<string, string>> =>
    Object.fromEntries(names.map((scheme) => [scheme, value(scheme)]));
  const own = credentialsFor(operation, caller);
  const revoked = settings.actors.actors.find(
    (actor) => actor.revoked && names.every((scheme) => Object.hasOwn(actor.credentials, scheme)),
  );
  return [
    { name: "malformed", fault: "with a malformed credential", credentials: all(() => "lockstep~malformed") },
    ...(caller === undefined
      ? []
      : [
          {
            name: "unknown",
            fault: "with an unknown credential",
            credentials: all((scheme) => altered(own[scheme] ?? "")),
          },
        ]),
    ...(revoked === undefined
      ? []
      : [
          {
            name: "revoked",
            fault: "with a revoked credential",
            credentials: all((scheme) => revoked.credentials[scheme] ?? ""),
          },
        ]),
  ];
}

/**
 * A credential of the same form that nobody was given: every letter and digit of its second half is another one, so that
 * a server that compares the beginning only takes it.
 */
export function altered(credential: string): string {
  const half = credential.length >> 1;
  const turned = Array.from(credential.slice(half), (character) => {
    if (/[0-8]/.test(character)) return String(Number(character) + 1);
    if (character === "9") return "0";
    if (/[a-eA-E]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1);
    if (/[fF]/.test(character)) return character === "f" ? "a" : "A";
    return /[g-yG-Y]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 1) : character;
  });
  return credential.slice(0, half) + turned.join("");
}

/** A key of a header, sent as a bearer token in its place. */
function misplaced(subject: Subject): ProbeRequest[] {
  const { operation, caller, model } = subject;
  const [own] = Object.entries(credentialsFor(operation, caller));
  const scheme = model.securitySchemes.find(({ name }) => name === own?.[0]);
  if (own === undefined || scheme?.type !== "apiKey") return [];
  const bare = subject.writeWith(subject.harmless(), {});
  return [{ ...bare, headers: [...bare.headers, ["authorization", `Bearer ${own[1]}`]] }];
}

function bothFaults(subject: Subject): ProbeRequest[] {
  const broken = faultyRequest(subject);
  return broken === undefined ? [] : [subject.writeWith(broken, {})];
}
