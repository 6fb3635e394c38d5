/** All rules by their id; a diagnostic of the rule `x` has the diagnostic code `lockstep/x`. */
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { DiagnosticCode } from "../diagnostics/registry.ts";
import { duplicateOperationId, duplicatePath, nameCase, pathKey, statusKey } from "./document-mistakes.ts";
import { errorBody } from "./error-body.ts";
import { errorCodeEntry } from "./error-code-entry.ts";
import { errorCodeEnum } from "./error-code-enum.ts";
import { errorCodeUnreachable } from "./error-code-unreachable.ts";
import { errorDetails } from "./error-details.ts";
import { errorEnvelope } from "./error-envelope.ts";
import { errorExample } from "./error-example.ts";
import { errorStatus } from "./error-status.ts";
import { errorTombstone } from "./error-tombstone.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { operationErrors } from "./operation-errors.ts";
import { missingType } from "./missing-type.ts";
import { duplicateParameter, pathParameter } from "./parameters.ts";
import type { Rule, Subject } from "./rule.ts";
import { defaultType, enumType, exclusiveBound, nullable, typeList } from "./schema-mistakes.ts";
import { securityScheme, securityScope } from "./security.ts";
import { operationName } from "./operation-name.ts";
import { vocabularyPlace } from "./vocabulary-place.ts";

export const rules = {
  "path-key": pathKey,
  "status-key": statusKey,
  "exclusive-bound": exclusiveBound,
  nullable,
  "missing-type": missingType,
  "type-list": typeList,
  "default-type": defaultType,
  "enum-type": enumType,
  "name-case": nameCase,
  "path-parameter": pathParameter,
  "duplicate-parameter": duplicateParameter,
  "duplicate-operation-id": duplicateOperationId,
  "duplicate-path": duplicatePath,
  "security-scheme": securityScheme,
  "security-scope": securityScope,
  "error-code-entry": errorCodeEntry,
  "error-code-enum": errorCodeEnum,
  "error-code-unreachable": errorCodeUnreachable,
  "error-tombstone": errorTombstone,
  "error-details": errorDetails,
  "operation-errors": operationErrors,
  "error-body": errorBody,
  "error-status": errorStatus,
  "error-example": errorExample,
  "error-envelope": errorEnvelope,
  "idempotency-key": idempotencyKey,
  "operation-name": operationName,
  "vocabulary-place": vocabularyPlace,
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;

/** The diagnostic code of a rule's diagnostics. */
export function codeOf(id: RuleId): DiagnosticCode & `lockstep/${RuleId}` {
  return `lockstep/${id}`;
}

export const ruleIds = Object.keys(rules) as readonly RuleId[]; // `keyof typeof rules` is what the table has.

/** Runs every rule over a bundled document. */
export function checkDocument(subject: Subject): Finding[] {
  return ruleIds.flatMap((id) =>
    Array.from(rules[id](subject), (finding) => ({ code: codeOf(id), ...finding })),
  );
}
