/** The options that say which codes and details the refusals of the kit's own stages have. */
import { rivalCodes } from "../../contract/stage-choice.ts";
import { stages, type Stage } from "../../contract/vocabulary.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { Member } from "../../print/declarations.ts";
import { memberName, stringLiteral, stringUnion } from "../../print/literal.ts";

/** `stageCodes` and `stageDetails`, as far as there is anything to say. */
export function stageMembers(model: ApiModel): readonly Member[] {
  if (model.errors.origin !== "catalogue") {
    return [
      {
        name: "stageCodes",
        type: "{ readonly [Name in Stage]?: ErrorCode }",
        optional: true,
        doc: "The codes of the kit's own refusals, which the document does not assign to stages.",
      },
    ];
  }
  const details = detailsByStage(model);
  return [
    ...choices(model),
    ...(details.length === 0
      ? []
      : [
          {
            name: "stageDetails",
            type: `{ ${details.join("; ")} }`,
            optional: true,
            doc: "Gives the details of refusals the shape that their codes have.",
          },
        ]),
  ];
}

/** True if a type of the options names what the stages know. */
export function typesStageDetails(model: ApiModel): boolean {
  return model.errors.origin === "catalogue" && detailsByStage(model).length > 0;
}

function choices({ errors, operations }: ApiModel): readonly Member[] {
  const raised = new Map(errors.codes.map(({ code, raisedBy }) => [code, raisedBy]));
  const rivals = rivalCodes(operations, (code) => raised.get(code) ?? []);
  if (rivals.size === 0) return [];
  const members = [...rivals].map(([stage, codes]) => `readonly ${memberName(stage)}: ${stringUnion(codes)}`);
  return [
    {
      name: "stageCodes",
      type: `{ ${members.join("; ")} }`,
      doc: "The code that the kit itself takes, where several codes of a stage stand for the same case.",
    },
  ];
}

/** Those of the handler are given with the failure. */
function detailsByStage({ errors }: ApiModel): readonly string[] {
  return stages.flatMap((stage: Stage) => {
    const codes = errors.codes.filter(
      ({ details, raisedBy }) => details !== undefined && raisedBy.includes(stage),
    );
    if (stage === "handler" || codes.length === 0) return [];
    const results = codes.map(({ code }) => `ErrorDetails[${stringLiteral(code)}]`);
    return [
      `readonly ${memberName(stage)}?: StageDetailsOf<${stringLiteral(stage)}, ${results.join(" | ")}>`,
    ];
  });
}
