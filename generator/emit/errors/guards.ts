/** Functions that tell codes and bodies apart at run time. */
import type { ApiModel } from "../../model/api-model.ts";
import { functionOf } from "../../print/declarations.ts";
import { propertyKey, stringLiteral } from "../../print/literal.ts";

/** `isErrorCode` and, where there is an envelope, `hasErrorCode`. */
export function guardStatements({ errors }: ApiModel): string[] {
  const isErrorCode = functionOf(
    "isErrorCode",
    { parameters: "value: unknown", returns: "value is ErrorCode" },
    ['return typeof value === "string" && Object.hasOwn(errorStatuses, value);'],
    { doc: "Is this one of the codes that this API returns?" },
  );
  if (errors.envelope === undefined || errors.codes.length === 0) return [isErrorCode];
  return [isErrorCode, hasErrorCode(errors.envelope.code)];
}

/** For envelopes whose code is nested: TypeScript narrows a union by its own members only. */
function hasErrorCode(path: readonly string[]): string {
  const access = path.map((step) =>
    /^[A-Za-z_$][\w$]*$/.test(propertyKey(step)) ? `.${step}` : `[${stringLiteral(step)}]`,
  );
  return functionOf(
    "hasErrorCode",
    { parameters: "body: Body, ...codes: Code[]", returns: "body is Extract<Body, ErrorBody<Code>>" },
    ["const known: readonly string[] = codes;", `return known.includes(body${access.join("")});`],
    {
      doc: "Narrows an error body to one of these codes.",
      typeParameters: [
        { name: "Body", constraint: "ErrorBody" },
        { name: "Code", constraint: "ErrorCode" },
      ],
    },
  );
}
