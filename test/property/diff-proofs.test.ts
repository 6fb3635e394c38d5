/** Proofs of the guard: each is a message that one side takes and the other refuses, as ajv and the documents themselves say. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientKinds, type Change } from "../../generator/diff/change.ts";
import { compareModels } from "../../generator/diff/compare.ts";
import { proofs } from "../../generator/diff/proof/prove.ts";
import { ruleTable } from "../../generator/diff/rule-table.ts";
import { generalRules } from "../../generator/diff/rule-table-general.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { contract, inferred, modelOf, set } from "../support/contract.ts";
import { verdicts, type JudgedPair } from "../support/message-judge.ts";
import { retryStart, rows, twoSided } from "../unit/diff-table.ts";

const settings = { ...defaultSettings, clients: clientKinds, today: "2026-12-01" };

interface Case extends JudgedPair {
  readonly name: string;
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
      .filter(([, { impact }]) => impact.some((each) => each === "breaking"))
      .map(([rule]) => rule);
    const contract = breaking.filter((rule) => !Object.hasOwn(generalRules, rule));
    expect(contract.filter((rule) => !Object.hasOwn(proofs, rule)).toSorted()).toEqual(
      Object.keys(unproved).toSorted(),
    );
  });

  it.each(cases)("$name", (pair) => {
    for (const { counterexample, rule } of changesOf(pair)) {
      if (counterexample?.operation === undefined) continue;
      expect([rule, ...verdicts(pair, counterexample)]).toEqual([
        rule,
        counterexample.acceptedBy === "base",
        counterexample.acceptedBy === "revision",
      ]);
    }
  });

  it("are there for every breaking finding that can have one", () => {
    const breaking = cases.flatMap((each) =>
      changesOf(each)
        .filter(({ impact, rule }) => impact === "breaking" && rule in proofs)
        .map((change) => ({ ...change, name: each.name })),
    );
    const proved = breaking.filter(({ counterexample }) => counterexample !== undefined);
    const bare = breaking.filter(({ counterexample }) => counterexample === undefined);
    expect(bare.map(({ name, rule }) => `${name}: ${rule}`)).toEqual([
      "a new code of a new operation: code-added", // the base has no such operation
      "details: an optional field is gone: details-field-removed", // answers without it were valid before
      "details: two fields are gone: details-field-removed",
      "the key is accepted: idempotency-accepted", // servers ignore a header that they do not know
      "rate limits are no longer told: header-dropped", // the headers were optional
      "rate limits are no longer told: header-dropped",
    ]);
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
    expect(found?.counterexample).toMatchObject({
      kind: "request",
      acceptedBy: "revision",
      operation: "lab",
    });
  });

  it("show codes that a document only implies, in bodies of its own schemas", () => {
    const pair = { name: "", base: modelOf(inferred("404")), revision: modelOf(inferred("410")) };
    const [change] = changesOf(pair);
    if (change?.counterexample === undefined) throw new Error("no counterexample");
    expect([change.rule, ...verdicts(pair, change.counterexample)]).toEqual(["status-changed", false, true]);
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
        for (const { counterexample } of changesOf(pair)) {
          if (counterexample?.operation === undefined) continue;
          expect(verdicts(pair, counterexample)).toEqual([
            counterexample.acceptedBy === "base",
            counterexample.acceptedBy === "revision",
          ]);
        }
      }),
      { numRuns: 40 },
    );
  });
});
