/** The catalogue: every code on one page, with what it can be searched and filtered by. */
import { compareText } from "../../../json/json.ts";
import { retryPolicies } from "../../../contract/vocabulary.ts";
import type { ErrorCode } from "../../../model/api-model.ts";
import { errorPagePath } from "../../../model/error-page.ts";
import { firstSentence } from "../markdown.ts";
import type { Page } from "../site.ts";
import { addresses } from "./addresses.ts";
import { codeLink, titleOf } from "./error.ts";
import type { SiteContext } from "./operation-row.ts";
import { fixedByTerms, retryTerms, statusFamily, statusText } from "./words.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
}

export function errorsPage(context: SiteContext): Page {
  const { errors, info } = context.model;
  const count = errors.codes.length;
  return {
    path: addresses.errors,
    template: "errors",
    title: "Error codes",
    description:
      errors.origin === "catalogue"
        ? `All ${count} error codes of ${info.title}: what each means, whether to retry, and who can fix it.`
        : `The ${count} error codes that the responses of ${info.title} name.`,
    view: {
      count,
      catalogue: errors.origin === "catalogue",
      codePath: errors.envelope?.code.join(".") ?? "",
      messagePath: errors.envelope?.message?.join(".") ?? "",
      ...filters(context),
      groups: groupsOf(context),
      retired: errors.retired.map(({ code, title, retired, replacedBy }) => ({
        ...codeLink(code),
        title,
        retired,
        replacedBy: replacedBy ?? "",
      })),
    },
  };
}

/** What the filters offer: only what leaves something. */
function filters({ model }: SiteContext): object {
  const { codes } = model.errors;
  const retries = codes.map(({ retry }) => retry);
  const fixers = codes.map(({ fixedBy }) => fixedBy);
  return {
    statuses: statusesOf(codes).map((status): Choice => ({ value: status, label: statusText(status) })),
    retries: choices(retryPolicies, retries, (value) => retryTerms[value].label),
    fixers: choices(["caller", "administrator", "provider"], fixers, (value) => fixedByTerms[value].label),
    operations: model.operations.flatMap(({ errors, method, path }, index): Choice[] =>
      errors.length === 0 ? [] : [{ value: String(index), label: `${method.toUpperCase()} ${path}` }],
    ),
  };
}

function statusesOf(codes: readonly ErrorCode[]): string[] {
  return [...new Set(codes.flatMap(({ statuses }) => statuses))].sort(compareText);
}

/** Codes under their first status. */
function groupsOf({ model }: SiteContext): object[] {
  const { codes } = model.errors;
  const indexes = new Map(model.operations.map(({ id }, index) => [id, index]));
  return statusesOf(codes).flatMap((status) => {
    const rows = codes.filter(({ statuses }) => statuses[0] === status).map((code) => codeRow(code, indexes));
    const heading = { status, label: statusText(status), family: statusFamily(status) };
    return rows.length === 0 ? [] : [{ ...heading, codes: rows }];
  });
}

function choices<Value extends string>(
  all: readonly Value[],
  used: readonly (Value | undefined)[],
  label: (value: Value) => string,
): Choice[] {
  return all.filter((value) => used.includes(value)).map((value) => ({ value, label: label(value) }));
}

/** Operations by their index: their ids, under every code, would be most of the page. */
function codeRow(code: ErrorCode, indexes: ReadonlyMap<string, number>): object {
  return {
    code: code.code,
    address: errorPagePath(code.code),
    title: titleOf(code),
    summary: firstSentence(code.meaning ?? ""),
    statuses: code.statuses.join(" "),
    status: code.statuses.length > 3 ? `${code.statuses.length} statuses` : code.statuses.join(", "),
    family: statusFamily(code.statuses[0]),
    retry: code.retry ?? "",
    again: code.retry !== undefined && code.retry !== "never",
    retryLabel: code.retry === undefined ? "" : retryTerms[code.retry].label,
    fixedBy: code.fixedBy ?? "",
    fixedByLabel: code.fixedBy === undefined ? "" : fixedByTerms[code.fixedBy].label,
    deprecated: code.deprecated !== undefined,
    stability: code.stability === "stable" ? "" : (code.stability ?? ""),
    operations: code.operations.map((id) => indexes.get(id)).join(" "),
  };
}
