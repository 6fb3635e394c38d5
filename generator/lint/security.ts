/** Rules: the schemes and the scopes that security requirements name exist. */
import { scopesKey } from "../contract/vocabulary.ts";
import { asArray, asObject, asText, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer, resolvePointer } from "../json/pointer.ts";
import type { Rule, Subject } from "./rule.ts";
import { didYouMean, listOf, quote } from "./wording.ts";

const schemesPointer = "/components/securitySchemes";

export const securityScheme: Rule = function* (subject) {
  const known = Object.keys(asObject(resolvePointer(subject.document, schemesPointer)));
  for (const { scheme, pointer, where } of requirements(subject)) {
    // OpenAPI 3.2 §4.30 lets a requirement name a scheme by its URI.
    if (known.includes(scheme) || (subject.version === "3.2" && /[/#]/.test(scheme))) continue;
    yield {
      pointer,
      message: `The security of ${where} names the scheme ${quote(scheme)}, which is not declared; the client sends nothing for it, and the server asks for an authenticator of that name.${didYouMean(scheme, known)}`,
    };
  }
};

export const securityScope: Rule = function* (subject) {
  const { document, catalogue } = subject;
  const schemes = asObject(resolvePointer(document, schemesPointer));
  const declared = new Map(Object.keys(schemes).map((name) => [name, scopesOf(document, schemes[name])]));
  for (const { scheme, scopes, pointer, where } of requirements(subject)) {
    const known = declared.get(scheme);
    if (known === undefined) continue;
    for (const [index, scope] of asArray(scopes).entries()) {
      if (typeof scope !== "string" || known.includes(scope)) continue;
      const fix = known.length === 0 ? "" : `; the scheme has ${listOf(known)}`;
      yield {
        pointer: joinPointer(pointer, index),
        message: `The security of ${where} names the scope ${quote(scope)}, which ${quote(scheme)} does not declare.${didYouMean(scope, known)}`,
        fix: `Declare the scope (OAuth flows or \`${scopesKey}\`), or correct its name${fix}.`,
        // Only a catalogue makes something follow from scopes: the codes of the stage `authorization`.
        ...(catalogue === undefined ? { severity: "warning" } : {}),
      };
    }
  }
};

interface Requirement {
  readonly scheme: string;
  readonly scopes: Json;
  /** Of the list of scopes. */
  readonly pointer: string;
  readonly where: string;
}

function* requirements({ document, operations }: Subject): Generator<Requirement> {
  yield* requirementsOf(document, "", "the document");
  for (const { value, pointer, name } of operations) yield* requirementsOf(value, pointer, name);
}

function* requirementsOf(holder: JsonObject, pointer: string, where: string): Generator<Requirement> {
  for (const [index, requirement] of asArray(holder["security"]).entries()) {
    for (const [scheme, scopes] of Object.entries(asObject(requirement))) {
      yield { scheme, scopes, pointer: joinPointer(pointer, "security", index, scheme), where };
    }
  }
}

/** The scopes that a scheme declares; `undefined` where nobody can know them (OpenID Connect publishes them elsewhere). */
function scopesOf(document: JsonObject, entry: Json | undefined): readonly string[] | undefined {
  const { value: scheme } = followRefs(document, entry, "");
  if (!isObject(scheme) || scheme["type"] === "openIdConnect") return undefined;
  // From 3.1 on (§4.8.30.1) the list may name roles, which no other scheme declares.
  const isDeclarable = scheme["type"] === "oauth2" || scheme[scopesKey] !== undefined;
  if (!isDeclarable && !asText(document["openapi"], "").startsWith("3.0")) return undefined;
  const flows = Object.values(asObject(scheme["flows"]));
  const extension = scheme[scopesKey];
  return [
    ...flows.flatMap((flow) => Object.keys(asObject(asObject(flow)["scopes"]))),
    ...(isArray(extension) ? [] : Object.keys(asObject(extension))),
  ];
}
