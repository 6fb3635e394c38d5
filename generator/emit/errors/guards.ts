/** Functions that tell codes and bodies apart at run time. */
import type { ApiModel } from "../../model/api-model.ts";
import { propertyKey, stringLiteral } from "../../print/literal.ts";

/** `isErrorCode` and, where there is an envelope, `hasErrorCode`. */
export function guardStatements({ errors }: ApiModel): string[] {
  if (errors.envelope === undefined || errors.codes.length === 0) return [isErrorCode];
  return [isErrorCode, hasErrorCode(errors.envelope.code)];
}

const isErrorCode = `
/** Is this one of the codes that this API answers? */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(errorStatuses, value);
}`;

/** For envelopes whose code is nested: TypeScript narrows a union by its own members only. */
function hasErrorCode(path: readonly string[]): string {
  const access = path.map((step) =>
    /^[A-Za-z_$][\w$]*$/.test(propertyKey(step)) ? `.${step}` : `[${stringLiteral(step)}]`,
  );
  return `
/** Narrows an error body to one of these codes. */
export function hasErrorCode<Body extends ErrorBody, Code extends ErrorCode>(body: Body, ...codes: Code[]): body is Extract<Body, ErrorBody<Code>> {
  const known: readonly string[] = codes;
  return known.includes(body${access.join("")});
}`;
}
