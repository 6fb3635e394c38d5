/** The table of docs/vocabulary.md: which stage makes which operation return a code. */
import { describe, expect, it } from "vitest";
import { deriveErrors, stageApplies, type OperationFacts } from "../../generator/contract/derive.ts";
import { operationFacts } from "../../generator/contract/facts.ts";
import { parseCatalogue, stages, type Stage } from "../../generator/contract/vocabulary.ts";

const none: OperationFacts = {
  secured: false,
  scoped: false,
  hasBody: false,
  hasParameters: false,
  hasPathParameters: false,
  idempotent: false,
  listed: [],
};

describe("stageApplies", () => {
  const appliesTo: Record<Stage, Partial<OperationFacts>[]> = {
    routing: [],
    requirement: [],
    handler: [],
    "request-limits": [{ hasBody: true }],
    "media-type": [{ hasBody: true }],
    authentication: [{ secured: true }],
    authorization: [{ scoped: true }],
    "rate-limit": [{}],
    "request-validation": [{ hasBody: true }, { hasParameters: true }],
    "resource-lookup": [{ hasPathParameters: true }],
    "idempotency-in-progress": [{ idempotent: true }],
    "idempotency-reuse": [{ idempotent: true }],
    unhandled: [{}],
  };
  it.each(stages)("%s", (stage) => {
    const facts: Partial<OperationFacts>[] = [
      {},
      { secured: true },
      { scoped: true },
      { hasBody: true },
      { hasParameters: true },
      { hasPathParameters: true },
      { idempotent: true },
    ];
    const expected = appliesTo[stage];
    const always = expected.some((fact) => Object.keys(fact).length === 0);
    for (const fact of facts) {
      const wanted = always || expected.some((one) => JSON.stringify(one) === JSON.stringify(fact));
      expect(stageApplies(stage, { ...none, ...fact }), JSON.stringify(fact)).toBe(wanted);
    }
  });
});

describe("deriveErrors", () => {
  const entry = (status: number, raisedBy: string | string[]) => ({
    status,
    title: "t",
    "raised-by": raisedBy,
  });
  const catalogue = parseCatalogue({
    not_found: entry(404, ["routing", "resource-lookup"]),
    gone: entry(410, "handler"),
    blocked: entry(403, "requirement"),
    broken: entry(500, "unhandled"),
    lost: { title: "Lost", retired: "1.0.0" },
  });

  it("lists what follows from stages and what the operation lists, by status and code", () => {
    const facts = { ...none, hasPathParameters: true, listed: ["gone", "blocked", "lost", "nonsense"] };
    expect(deriveErrors(catalogue, facts)).toEqual([
      { code: "blocked", status: "403", raisedBy: ["requirement"] },
      { code: "not_found", status: "404", raisedBy: ["resource-lookup"] },
      { code: "gone", status: "410", raisedBy: ["handler"] },
      { code: "broken", status: "500", raisedBy: ["unhandled"] },
    ]);
  });

  it("says so where a code comes from a stage and from the handler", () => {
    const facts = { ...none, hasPathParameters: true, listed: ["not_found"] };
    expect(deriveErrors(catalogue, facts)[0]?.raisedBy).toEqual(["resource-lookup", "handler"]);
  });
});

describe("operationFacts", () => {
  const document = {
    security: [{ key: [] }],
    components: { parameters: { Id: { name: "id", in: "path" } } },
  };

  it("follows references and sees the parameters of the path", () => {
    const facts = operationFacts(document, { parameters: [{ $ref: "#/components/parameters/Id" }] }, {});
    expect(facts).toMatchObject({
      secured: true,
      scoped: false,
      hasParameters: true,
      hasPathParameters: true,
    });
  });

  it("lets an operation switch the document's security off", () => {
    expect(operationFacts(document, {}, { security: [] }).secured).toBe(false);
    expect(operationFacts(document, {}, { security: [{}] }).secured).toBe(false);
    expect(operationFacts(document, {}, { security: [{}, { key: ["a"] }] })).toMatchObject({
      secured: true,
      scoped: true,
    });
  });

  it("takes a hand-written Idempotency-Key header for what it is", () => {
    const header = { name: "IDEMPOTENCY-KEY", in: "header" };
    expect(operationFacts(document, {}, { parameters: [header] }).idempotent).toBe(true);
    expect(operationFacts(document, {}, { "x-idempotency-key": "required" }).idempotent).toBe(true);
    expect(operationFacts(document, {}, { parameters: [{ ...header, in: "query" }] }).idempotent).toBe(false);
  });
});
