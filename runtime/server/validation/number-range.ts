/** Finds numbers of JSON that are beyond the range of ECMAScript's, and so became infinite when they were read. */
import type { RequestIssue } from "../contract.ts";

/** Only an exponent of three digits, or two hundred digits in a row, can lead beyond 1.8e308. */
const suspicious = /e\+?0*\d{3}|\d{200}/i;

/** The issue of the first number that is beyond; `text` is what `value` was read from. */
export function rangeIssue(text: string, value: unknown): RequestIssue | undefined {
  return suspicious.test(text) ? find(value) : undefined;
}

/** With a stack of its own, for a body may be deeper than the call stack. */
function find(root: unknown): RequestIssue | undefined {
  const pending: { readonly pointer: string; readonly value: unknown }[] = [{ pointer: "", value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pointer, value } = next;
    if (value === Infinity || value === -Infinity) return issueOf(pointer, value);
    if (typeof value !== "object" || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
      pending.push({ pointer: `${pointer}/${token}`, value: member });
    }
  }
  return undefined;
}

function issueOf(pointer: string, value: number): RequestIssue {
  return value > 0
    ? { in: "body", pointer, rule: "maximum", message: "must be less than 1.8e308" }
    : { in: "body", pointer, rule: "minimum", message: "must be greater than -1.8e308" };
}
