/** What `createApi` finds before a caller can: refusals with rival codes, and details that nobody fills. */
import { createServer, type ApiContract, type ServerOptions } from "lockstep-openapi-runtime/server";
import { describe, expect, it, vi } from "vitest";
import { createApi } from "../../generated/server.ts";
import { rivalCodes, stageStatuses } from "../../generator/contract/stage-choice.ts";
import { codeLenders, refusalStatuses } from "../../generator/contract/refusal-status.ts";
import { stages } from "../../generator/contract/vocabulary.ts";
import { emitServer } from "../../generator/emit/server/emit.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { undeclaredRefusals } from "../../generator/model/undeclared-refusals.ts";
import * as runtime from "../../runtime/server/pipeline/stages.ts";
import { kin } from "../../runtime/server/response/uncoded.ts";
import { canonicalOptions } from "../support/canonical-api.ts";
import { canonicalModel } from "../support/docs-site.ts";

const { contract } = createApi(canonicalOptions());

/** The canonical contract with another code beside `unauthorized`. */
function withExpiry(more: Partial<ApiContract["codes"][string]> = {}): ApiContract {
  const entry = {
    status: 401,
    title: "T",
    message: "M",
    details: "none",
    raisedBy: ["authentication"],
    ...more,
  } as const;
  return {
    ...contract,
    codes: { ...contract.codes, token_expired: entry },
    operations: contract.operations.map((operation) => ({
      ...operation,
      errors: [
        { code: "token_expired", status: "401", raisedBy: ["authentication"] },
        ...operation.errors.filter(({ code }) => more.details === undefined || code !== "unauthorized"),
      ],
    })),
  };
}

/** As plain JavaScript calls it: the types of the generated code would complain. */
function start(api: ApiContract, more: Partial<ServerOptions> = {}): () => unknown {
  const options: object = { ...canonicalOptions(), ...more };
  return () => createServer(api, options as ServerOptions); // what untyped code gives
}

describe("createApi", () => {
  it("does not let the alphabet decide between codes of one stage", () => {
    expect(start(withExpiry())).toThrow(
      'stageCodes."authentication" is missing: createBroadcast has token_expired and unauthorized for it. Name the one that the kit takes.',
    );
    expect(start(withExpiry(), { stageCodes: { authentication: "unauthorized" } })).not.toThrow();
  });

  it("finds details that a stage cannot fill", () => {
    const api = withExpiry({ details: "required" });
    expect(start(api)).toThrow(
      'stageDetails."authentication" has to give the details of token_expired, which createBroadcast responds with: The code token_expired needs details and has none.',
    );
  });

  it("finds details that do not fit their schema, with what is wrong", () => {
    const stageDetails = { authorization: () => ({ missing: "x" }) };
    expect(start(contract, { stageDetails })).toThrow(
      /^stageDetails\."authorization" has to give the details of insufficient_scope, which createBroadcast responds with: \/details/,
    );
    const fitting = {
      authorization: ({ required }: { readonly required: readonly string[] }) => ({ required }),
    };
    expect(start(contract, { stageDetails: fitting })).not.toThrow();
  });
});

describe("requests that are not checked in full", () => {
  const [first, ...others] = contract.operations;
  if (first === undefined) throw new Error("The canonical document has operations.");
  const { body } = first.request;
  const request = {
    parameters: () => ({ value: {} }),
    body,
    unchecked: ["query since", "body application/xml"],
  };
  const api: ApiContract = { ...contract, operations: [{ ...first, request }, ...others] };

  it("are named at the start", () => {
    const told: unknown[] = [];
    start(api, { hooks: { onUnchecked: (requests) => told.push(...requests) } })();
    expect(told).toEqual([{ operation: first.id, parts: ["query since", "body application/xml"] }]);
    start(contract, { hooks: { onUnchecked: () => told.push("none are") } })();
    expect(told).toHaveLength(1);
  });

  it("are printed where there is no hook", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    start(api)();
    expect(warn.mock.calls).toEqual([
      [`lockstep: requests are not checked in full: ${first.id} (query since, body application/xml).`],
    ]);
    warn.mockRestore();
  });
});

describe("generated options", () => {
  it("ask for the code where a stage has rivals, and type the details", async () => {
    const model = await canonicalModel();
    const { content } = await serverOf(model);
    expect(content).toContain(
      'readonly authorization?: StageDetailsOf<"authorization", ErrorDetails["insufficient_scope"]>',
    );
    expect(content).not.toContain("readonly stageCodes");
    const expired = { code: "token_expired", status: "401", raisedBy: ["authentication"] } as const;
    const [unauthorized] = model.errors.codes.filter(({ code }) => code === "unauthorized");
    if (unauthorized === undefined) throw new Error("The canonical document has no such code.");
    const rivals: ApiModel = {
      ...model,
      errors: { ...model.errors, codes: [...model.errors.codes, { ...unauthorized, code: "token_expired" }] },
      operations: model.operations.map((operation) => ({
        ...operation,
        errors: [expired, ...operation.errors],
      })),
    };
    expect((await serverOf(rivals)).content).toContain(
      'readonly stageCodes: { readonly authentication: "token_expired" | "unauthorized" };',
    );
  });

  async function serverOf(model: ApiModel) {
    const { files } = await emitServer(model, { importExtension: ".ts" });
    const [file] = files;
    if (file === undefined) throw new Error("There is no server.ts.");
    return file;
  }

  it("know the same stages and statuses as the kit", () => {
    const kit = runtime.stages.map((stage) => [stage, String(runtime.stageStatuses[stage])]);
    expect(stages.map((stage) => [stage, stageStatuses[stage]])).toEqual(kit);
  });

  it("know which statuses fit, and which codes are borrowed, as the kit does", () => {
    for (const stage of stages) {
      const statuses = refusalStatuses[stage];
      if (statuses === undefined) continue;
      expect([stage, [...new Set([runtime.stageStatuses[stage], ...(kin[stage] ?? [])])]]).toEqual([
        stage,
        statuses,
      ]);
      expect([stage, runtime.stageFallbacks[stage]]).toEqual([stage, codeLenders[stage] ?? []]);
    }
  });

  it("are told which refusals have no response", async () => {
    const { operations } = await canonicalModel();
    expect(undeclaredRefusals(operations)).toEqual([]);
    const [first] = operations;
    if (first === undefined) throw new Error("The canonical document has operations.");
    const only = (status: string, errors = first.errors): readonly string[] => {
      const responses = first.responses.filter((response) => response.status === status);
      return undeclaredRefusals([{ ...first, responses, errors }]).map(
        ({ stage, operations: ids }) => `${stage} ${ids.join()}`,
      );
    };
    expect(only("202")).toEqual([]);
    expect(only("202", [])).toEqual(
      [
        "request-limits",
        "media-type",
        "authentication",
        "authorization",
        "request-validation",
        "idempotency-in-progress",
        "idempotency-reuse",
      ].map((stage) => `${stage} ${first.id}`),
    );
    expect(only("422", [])).toEqual(
      ["authentication", "authorization", "idempotency-in-progress"].map((stage) => `${stage} ${first.id}`),
    );
  });

  it("take the code with HTTP's own status for the stage", () => {
    const of = (code: string, status: string) =>
      ({ code, status, raisedBy: ["request-validation"] }) as const;
    const rivals = (...errors: ReturnType<typeof of>[]) => [...rivalCodes([{ errors }], () => [])];
    expect(rivals(of("a", "400"), of("b", "422"))).toEqual([]);
    expect(rivals(of("b", "422"), of("a", "422"))).toEqual([["request-validation", ["a", "b"]]]);
  });
});
