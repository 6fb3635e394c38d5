/** Writes issues with single fields, and errors without codes, in the shape that the document gives them. */
import type { IssuesContract, LayoutContract, RequestIssue } from "../contract.ts";
import { putMember, reasonPhrase } from "./body-members.ts";

export interface LayoutParts {
  readonly status: number;
  readonly message: string;
  readonly issues: readonly RequestIssue[];
}

/**
 * Bodies that say as much as can be said, the fullest first: what a response declares decides which of them may leave. A
 * shape whose message is the whole body gives the text.
 */
export function layoutBodies(layout: LayoutContract, parts: LayoutParts): readonly unknown[] {
  const { message, issues } = layout;
  if (message?.length === 0) return [parts.message];
  const both = message !== undefined && issues !== undefined && parts.issues.length > 0;
  return [
    ...(both ? [body(layout, parts, true, true)] : []),
    ...(issues !== undefined && (parts.issues.length > 0 || message === undefined)
      ? [body(layout, parts, false, true)]
      : []),
    ...(message === undefined ? [] : [body(layout, parts, true, false)]),
    ...(issues === undefined || parts.issues.length > 0 ? [] : [body(layout, parts, false, true)]),
    body(layout, parts, false, false),
  ];
}

function body(layout: LayoutContract, parts: LayoutParts, says: boolean, lists: boolean): unknown {
  const { message, issues, status, title, type } = layout;
  const whole: Record<string, unknown> = {};
  if (type !== undefined) putMember(whole, type, "about:blank");
  if (title !== undefined) putMember(whole, title, reasonPhrase(parts.status));
  if (status !== undefined) putMember(whole, status, parts.status);
  if (says && message !== undefined) putMember(whole, message, parts.message);
  if (!lists || issues === undefined) return whole;
  if (issues.at.length > 0) putMember(whole, issues.at, issuesValue(issues, parts));
  else {
    const value = issuesValue(issues, parts);
    if (Array.isArray(value)) return value;
    Object.assign(whole, value);
  }
  return whole;
}

/** A map of messages by field, or a list of objects. Without issues, the message stands for the request as a whole. */
export function issuesValue(
  place: IssuesContract,
  { status, message, issues }: LayoutParts,
): Record<string, string | string[]> | object[] {
  if (place.form === "list") {
    const whole = { in: "body", pointer: "", rule: "request", message } as const;
    return (issues.length > 0 ? issues : [whole]).map((issue) => itemOf(place, issue, status));
  }
  const byField = new Map<string, string[]>();
  for (const issue of issues) {
    const name = fieldName(issue, place.names) || (place.general ?? issue.in);
    byField.set(name, [...(byField.get(name) ?? []), issue.message]);
  }
  if (byField.size === 0) byField.set(place.general ?? "request", [message]);
  const entries = [...byField].map(([name, texts]): [string, string | string[]] => [
    name,
    place.values === "text" ? texts.join("; ") : texts,
  ]);
  return Object.fromEntries(entries);
}

function itemOf({ members }: IssuesContract, issue: RequestIssue, status: number): Record<string, unknown> {
  const item: Record<string, unknown> = {};
  const values = {
    pointer: issue.pointer,
    field: fieldName(issue, "dotted"),
    path: [
      issue.in,
      ...tokensOf(issue.pointer).map((token) => (/^\d+$/.test(token) ? Number(token) : token)),
    ],
    message: issue.message,
    rule: issue.rule,
    status: String(status),
  };
  for (const [name, path] of Object.entries(members)) {
    // The keys of `members` are among those of `values`; the type of the table says so.
    putMember(item, path, values[name as keyof typeof values]);
  }
  return item;
}

function fieldName({ pointer }: RequestIssue, names: IssuesContract["names"]): string {
  if (names === "pointer") return pointer;
  const tokens = tokensOf(pointer);
  return names === "last" ? (tokens.filter((token) => !/^\d+$/.test(token)).at(-1) ?? "") : tokens.join(".");
}

function tokensOf(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}
