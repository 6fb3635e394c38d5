/** What a refusal says about itself. */
import type { RequestIssue } from "../contract.ts";
import type { RefusalReason } from "../observation/observe.ts";
import type { Refusal } from "./failure.ts";

/** Issues and missing scopes; not the details of the host's own checks, which may hold anything. */
export function reasonOf({
  stage,
  details,
}: Pick<Refusal, "stage" | "details">): Pick<RefusalReason, "issues" | "required"> {
  if (stage === "requirement" || stage === "authentication" || stage === "rate-limit") return {};
  if (typeof details !== "object" || details === null) return {};
  // The stages of the kit write these members, and nobody else does.
  const { issues, required } = details as { issues?: readonly RequestIssue[]; required?: readonly string[] };
  return { ...(issues === undefined ? {} : { issues }), ...(required === undefined ? {} : { required }) };
}
