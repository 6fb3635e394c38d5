/** What a run would send, for `--dry-run`. */
import { printable } from "../../diagnostics/printable.ts";
import { curlLine } from "../curl.ts";
import type { Plan } from "../plan.ts";
import type { Secrets } from "../secrets.ts";

/** One line a request. Ends with a line feed. */
export function renderPlan(plan: Plan, baseUrl: string, secrets: Secrets): string {
  const lines = plan.probes.flatMap(({ name, operation, expects, steps, risk }) => [
    `# ${printable(name)} ${operation?.id ?? ""} (${risk === "none" ? "reads, or must be refused" : `risk: ${risk}`}): expects ${printable(expects)}`,
    ...steps.map(({ request, operation: called }) =>
      typeof request === "function"
        ? `# then ${called?.id ?? ""}, made from the responses before`
        : printable(curlLine(baseUrl, request, secrets)),
    ),
  ]);
  const left = plan.leftOut.map(
    ({ probe, reason }) => `# left out (${reason}): ${printable(probe.name)} ${probe.operation?.id ?? ""}`,
  );
  return [...lines, ...left, `# ${plan.requests} requests`, ""].join("\n");
}
