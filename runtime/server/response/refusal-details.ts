/** What the details of a refusal are: those of the stage, in the shape that the code's own stage gives them. */
import type { ApiContract } from "../contract.ts";
import type { DetailsByStage } from "../options.ts";
import type { CodeAndStatus } from "../pipeline/stage-codes.ts";
import type { Stage } from "../pipeline/stages.ts";
import type { Refusal } from "./failure.ts";

export interface DetailsSource {
  readonly contract: Pick<ApiContract, "codes">;
  readonly stageDetails: DetailsByStage;
}

/** `undefined` for codes without details. What names its code gives its own details. */
export function refusalDetails(
  { contract, stageDetails }: DetailsSource,
  { stage, details, code: named }: Pick<Refusal, "stage" | "details" | "code">,
  { code, from }: CodeAndStatus,
): unknown {
  if (contract.codes[code]?.details === "none") return undefined;
  const rewrite = named === undefined ? stageDetails[from] : undefined;
  // Each stage is given what it knows: the types of the option say so.
  return rewrite === undefined
    ? details
    : (rewrite as (details: unknown) => unknown)(details ?? noDetails[stage]);
}

const noDetails: Readonly<Partial<Record<Stage, unknown>>> = { authorization: { required: [] } };
