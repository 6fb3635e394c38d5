/** Proofs of the guard: each is a message that one side takes and the other refuses, as ajv and the documents themselves say. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientKinds, type Change, type Witness } from "../../generator/diff/change.ts";
import { compareModels } from "../../generator/diff/compare.ts";
import { proofs } from "../../generator/diff/proof/prove.ts";
import { ruleTable } from "../../generator/diff/rule-table.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { asArray, asObject, type Json, type JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";
import type { ApiModel, Operation } from "../../generator/model/api-model.ts";
import { contract, modelOf, set } from "../support/contract.ts";
import { retryStart, rows, twoSided } from "../unit/diff-table.ts";

const settings = { ...defaultSettings, clients: clientKinds, today: "2026-12-01" };

interface Case {
  readonly name: string;
  readonly base: ApiModel;
  readonly revision: ApiModel;
}

const cases: Case[] = [
  ...rows.map(({ name, change }): Case => {
    const [base, revision] = [contract(), contract()];
    const policy = retryStart.get(name);
    if (policy !== undefined) set(base, "code:expired/retry", policy);
    change(revision);
    return { name, base: modelOf(base), revision: modelOf(revision) };
  }),
  ...twoSided.map(({ name, base: before, revision: after }): Case => {
    const [base, revision] = [contract(), contract()];
    before(base);
    after(revision);
    return { name, base: modelOf(base), revision: modelOf(revision) };
  }),
];

const changesOf = ({ base, revision }: Case): readonly Change[] => compareModels(base, revision, settings);

/** Another reader of the documents than the guard has: Reference Objects by hand, schemas by ajv. */
function takes(model: ApiModel, witness: Witness, operation: Operation | undefined): boolean {
  if (operation === undefined) return false;
  const node = asObject(resolvePointer(model.document, operation.pointer));
  return witness.kind === "response"
    ? takesAnswer(model.document, node, witness.message)
    : takesRequest(model.document, node, witness.message);
}

function follow(document: JsonObject, node: Json | undefined): JsonObject {
  const ref = asObject(node)["$ref"];
  return typeof ref === "string" ? follow(document, resolvePointer(document, ref.slice(1))) : asObject(node);
}

function fits(document: JsonObject, schema: Json | undefined, value: Json): boolean {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  return ajv.validate({ components: document["components"], allOf: [schema ?? true] }, value);
}

function takesAnswer(document: JsonObject, operation: JsonObject, message: JsonObject): boolean {
  const responses = asObject(operation["responses"]);
  const status = String(message["status"]);
  const response = follow(
    document,
    responses[status] ?? responses[`${status.charAt(0)}XX`] ?? responses["default"],
  );
  if (Object.keys(response).length === 0) return false;
  const sent = asObject(message["headers"]);
  for (const [name, declared] of Object.entries(asObject(response["headers"]))) {
    const header = follow(document, declared);
    const value = sent[name.toLowerCase()];
    if (value === undefined ? header["required"] === true : !fits(document, header["schema"], value))
      return false;
  }
  const content = asObject(response["content"]);
  if (Object.keys(content).length === 0) return message["body"] === undefined;
  const media = content[String(message["mediaType"])];
  return media !== undefined && fits(document, asObject(media)["schema"], message["body"] ?? null);
}

function takesRequest(document: JsonObject, operation: JsonObject, message: JsonObject): boolean {
  const security = asArray(operation["security"] ?? document["security"] ?? []);
  const held = asObject(message["credentials"]);
  const authorized =
    security.length === 0 ||
    security.some((alternative) =>
      Object.entries(asObject(alternative)).every(
        ([scheme, scopes]) =>
          Object.hasOwn(held, scheme) &&
          asArray(scopes).every((scope) => asArray(held[scheme]).includes(scope)),
      ),
    );
  const keyed = operation["x-idempotency-key"] !== "required" || message["idempotencyKey"] !== undefined;
  const body = follow(document, operation["requestBody"]);
  const media = asObject(body["content"])[String(message["mediaType"])];
  const bodied =
    message["body"] === undefined
      ? body["required"] !== true
      : media === undefined || fits(document, asObject(media)["schema"], message["body"]);
  return authorized && keyed && bodied;
}

/** The operation as both sides know it. */
function sides(
  { base, revision }: Case,
  { acceptedBy, operation }: Witness,
): [Operation | undefined, Operation | undefined] {
  const [own, other] = acceptedBy === "base" ? [base, revision] : [revision, base];
  const here = own.operations.find(({ id }) => id === operation);
  const there = other.operations.find(({ method, path }) => method === here?.method && path === here.path);
  return acceptedBy === "base" ? [here, there] : [there, here];
}

/** Rules that may break somebody and have no message as proof, and why. */
const unproved: Readonly<Record<string, string>> = {
  "retry-forbidden": "what breaks is a sequence of requests",
  "retry-changed": "what breaks is a sequence of requests",
  "idempotency-dropped": "a server ignores a header that it does not know",
  "version-not-raised": "no message has a version",
};

describe("proofs", () => {
  it("exist for every rule that may break somebody, or cannot", () => {
    const breaking = Object.entries(ruleTable)
      .filter(([, { severity }]) => severity.some((each) => each === "breaking"))
      .map(([rule]) => rule);
    expect(breaking.filter((rule) => !Object.hasOwn(proofs, rule)).toSorted()).toEqual(
      Object.keys(unproved).toSorted(),
    );
  });

  it.each(cases)("$name", (pair) => {
    for (const { witness, rule } of changesOf(pair)) {
      if (witness?.operation === undefined) continue;
      const [before, after] = sides(pair, witness);
      const verdicts = [takes(pair.base, witness, before), takes(pair.revision, witness, after)];
      expect([rule, ...verdicts]).toEqual([
        rule,
        witness.acceptedBy === "base",
        witness.acceptedBy === "revision",
      ]);
    }
  });

  it("are there for nine of ten breaking findings that can have one", () => {
    const breaking = cases
      .flatMap(changesOf)
      .filter(({ severity, rule }) => severity === "breaking" && rule in proofs);
    const proved = breaking.filter(({ witness }) => witness !== undefined);
    expect(proved.length / breaking.length).toBeGreaterThan(0.9);
    const rules = new Set(proved.map(({ rule }) => rule));
    // The table's documents have a catalogue, whose details are always required.
    const elsewhere = ["code-removed", "details-optional", "details-required", "envelope-lost"];
    const missing = Object.keys(proofs).filter((rule) => !rules.has(rule));
    expect(missing.toSorted()).toEqual([...elsewhere, "idempotency-accepted"].toSorted());
  });

  it("show that a server of before insists on a key", () => {
    const revision = contract();
    set(revision, "op:lab/x-idempotency-key", "accepted");
    const pair = { name: "", base: modelOf(contract()), revision: modelOf(revision) };
    const found = changesOf(pair).find(({ rule }) => rule === "idempotency-accepted");
    expect(found?.witness).toMatchObject({ kind: "request", acceptedBy: "revision", operation: "lab" });
  });

  it("hold after several changes at once", () => {
    const changes = rows.filter(({ name }) => !retryStart.has(name)).map(({ change }) => change);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes), { minLength: 2, maxLength: 4 }), (several) => {
        const document = contract();
        for (const change of several) {
          try {
            change(document);
          } catch {
            continue; // an earlier change has made this one impossible
          }
        }
        const pair = { name: "", base: modelOf(contract()), revision: modelOf(document) };
        for (const { witness } of changesOf(pair)) {
          if (witness?.operation === undefined) continue;
          const [before, after] = sides(pair, witness);
          expect([takes(pair.base, witness, before), takes(pair.revision, witness, after)]).toEqual([
            witness.acceptedBy === "base",
            witness.acceptedBy === "revision",
          ]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
