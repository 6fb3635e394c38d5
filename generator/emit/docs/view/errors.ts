/** The catalogue: every code on one page, with what it can be searched and filtered by. */
import { compareText } from "../../../json/json.ts";
import { retryPolicies } from "../../../contract/vocabulary.ts";
import type { ErrorCode } from "../../../model/api-model.ts";
import { errorPagePath } from "../../../model/error-page.ts";
import { firstSentence } from "../markdown.ts";
import type { Page } from "../site.ts";
import { addresses } from "./addresses.ts";
import { codeLink } from "./error.ts";
import type { SiteContext } from "./operation-row.ts";
import { fixedByTerms, retryTerms, statusFamily, statusText } from "./words.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
}

export function errorsPage(context: SiteContext): Page {
  const { errors, info } = context.model;
  const count = errors.codes.length;
  const statuses = [...new Set(errors.codes.flatMap((code) => code.statuses))].sort(compareText);
  return {
    path: addresses.errors,
    template: "errors",
    title: "Error codes",
    description: `All ${count} error codes of ${info.title}: what each means, whether to retry, and who can fix it.`,
    view: {
      count,
      catalogue: errors.origin === "catalogue",
      inferred: errors.origin === "inferred",
      envelope: errors.envelope !== undefined,
      codePath: errors.envelope?.code.join(".") ?? "",
      messagePath: errors.envelope?.message?.join(".") ?? "",
      detailsPath: errors.envelope?.details?.join(".") ?? "",
      groups: statuses
        .map((status) => ({
          status,
          label: statusText(status),
          family: statusFamily(status),
          codes: errors.codes.filter((code) => code.statuses[0] === status).map((code) => codeRow(code)),
        }))
        .filter(({ codes }) => codes.length > 0),
      statuses: statuses.map((status): Choice => ({ value: status, label: statusText(status) })),
      retries: choices(
        retryPolicies,
        errors.codes.map(({ retry }) => retry),
        (value) => retryTerms[value].label,
      ),
      fixers: choices(
        ["caller", "administrator", "provider"] as const,
        errors.codes.map(({ fixedBy }) => fixedBy),
        (value) => fixedByTerms[value].label,
      ),
      operations: context.model.operations
        .filter((operation) => operation.errors.length > 0)
        .map((operation): Choice => ({
          value: operation.id,
          label: `${operation.method.toUpperCase()} ${operation.path}`,
        })),
      retired: errors.retired.map(({ code, title, retired, replacedBy }) => ({
        ...codeLink(code),
        title,
        retired,
        replacedBy: replacedBy ?? "",
      })),
    },
  };
}

function choices<Value extends string>(
  all: readonly Value[],
  used: readonly (Value | undefined)[],
  label: (value: Value) => string,
): Choice[] {
  return all.filter((value) => used.includes(value)).map((value) => ({ value, label: label(value) }));
}

/** How many characters of operation ids a row may carry for the filter; beyond, the script asks the table of ids. */
function codeRow(code: ErrorCode): object {
  return {
    code: code.code,
    address: errorPagePath(code.code),
    title: code.title,
    summary: firstSentence(code.meaning ?? ""),
    statuses: code.statuses.join(" "),
    status: code.statuses.length > 3 ? `${code.statuses.length} statuses` : code.statuses.join(", "),
    family: statusFamily(code.statuses[0]),
    retry: code.retry ?? "",
    retryLabel: code.retry === undefined ? "" : retryTerms[code.retry].label,
    fixedBy: code.fixedBy ?? "",
    fixedByLabel: code.fixedBy === undefined ? "" : fixedByTerms[code.fixedBy].label,
    deprecated: code.deprecated !== undefined,
    stability: code.stability === "stable" ? "" : (code.stability ?? ""),
    operations: code.operations.join(" "),
  };
}
