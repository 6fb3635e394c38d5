/** Functions that tell codes and bodies apart at run time. */
import type { FunctionDeclarationStructure } from "ts-morph";
import type { ApiModel } from "../../model/api-model.ts";
import { propertyKey, stringLiteral } from "../../print/literal.ts";
import { StructureKind } from "../../print/structures.ts";

/** `isErrorCode` and, where there is an envelope, `hasErrorCode`. */
export function guardStatements({ errors }: ApiModel): FunctionDeclarationStructure[] {
  const isErrorCode: FunctionDeclarationStructure = {
    kind: StructureKind.Function,
    name: "isErrorCode",
    isExported: true,
    docs: ["Is this one of the codes that this API answers?"],
    parameters: [{ name: "value", type: "unknown" }],
    returnType: "value is ErrorCode",
    statements: ['return typeof value === "string" && Object.hasOwn(errorStatuses, value);'],
  };
  if (errors.envelope === undefined || errors.codes.length === 0) return [isErrorCode];
  return [isErrorCode, hasErrorCode(errors.envelope.code)];
}

/** For envelopes whose code is nested: TypeScript narrows a union by its own members only. */
function hasErrorCode(path: readonly string[]): FunctionDeclarationStructure {
  const access = path.map((step) =>
    /^[A-Za-z_$][\w$]*$/.test(propertyKey(step)) ? `.${step}` : `[${stringLiteral(step)}]`,
  );
  return {
    kind: StructureKind.Function,
    name: "hasErrorCode",
    isExported: true,
    docs: ["Narrows an error body to one of these codes."],
    typeParameters: [
      { name: "Body", constraint: "ErrorBody" },
      { name: "Code", constraint: "ErrorCode" },
    ],
    parameters: [
      { name: "body", type: "Body" },
      { name: "codes", type: "Code[]", isRestParameter: true },
    ],
    returnType: "body is Extract<Body, ErrorBody<Code>>",
    statements: ["const known: readonly string[] = codes;", `return known.includes(body${access.join("")});`],
  };
}
