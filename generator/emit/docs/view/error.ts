/** The page of one error code, and that of a retired one. */
import type { ErrorCode, RetiredCode } from "../../../model/api-model.ts";
import { errorPagePath } from "../../../model/error-page.ts";
import { samplesFor, type Sample } from "../samples/samples.ts";
import { firstSentence } from "../markdown.ts";
import type { Page } from "../site.ts";
import { exchangeOf } from "./exchange.ts";
import { operationRow, type OperationRow, type SiteContext } from "./operation-row.ts";
import { schemaRows, type SchemaRow } from "./schema-table.ts";
import { fixedByTerms, retryTerms, stageTerms, statusFamily, statusText } from "./words.ts";

/** Beyond this many operations, a page names the first and leads to the table for the rest: it stays small. */
const listedOperations = 30;

export interface CodeLink {
  readonly code: string;
  readonly address: string;
}

interface ErrorView {
  readonly code: string;
  readonly title: string;
  readonly family: string;
  readonly statuses: readonly string[];
  readonly meaning: string;
  readonly remediation: string;
  readonly retryLabel: string;
  readonly retrySentence: string;
  readonly fixedByLabel: string;
  readonly fixedBySentence: string;
  readonly raisedBy: readonly string[];
  readonly inferred: boolean;
  readonly stability: string;
  readonly since: string;
  readonly deprecated: string;
  readonly sunset: string;
  readonly replacedBy: readonly CodeLink[];
  readonly exchange: string;
  readonly example: string;
  readonly detailsRequired: boolean;
  readonly details: readonly SchemaRow[];
  readonly detailsPath: string;
  readonly samples: readonly Sample[];
  readonly operations: readonly OperationRow[];
  readonly operationCount: number;
  readonly moreOperations: number;
  readonly everyOperation: boolean;
  readonly siblings: readonly CodeLink[];
}

export function codeLink(code: string): CodeLink {
  return { code, address: errorPagePath(code) };
}

export function errorPage(context: SiteContext, code: ErrorCode): Page {
  const operations = code.operations.flatMap((id) => context.operations.get(id) ?? []);
  const { errors } = context.model;
  const exchange = exchangeOf(context, code);
  const view: ErrorView = {
    code: code.code,
    title: titleOf(code),
    family: statusFamily(code.statuses[0]),
    statuses: code.statuses.map(statusText),
    meaning: code.meaning ?? "",
    remediation: code.remediation ?? "",
    ...handling(code),
    ...history(code),
    inferred: errors.origin === "inferred",
    exchange: exchange?.head ?? "",
    example: exchange?.body ?? "",
    details: code.details === undefined ? [] : schemaRows(context.model, code.details.schema),
    detailsRequired: code.details?.required ?? false,
    detailsPath: (errors.envelope?.details ?? ["details"]).join("."),
    samples: samplesFor(context.model, code, operations),
    operations: operations.slice(0, listedOperations).map((operation) => operationRow(context, operation)),
    operationCount: operations.length,
    moreOperations: Math.max(0, operations.length - listedOperations),
    everyOperation: operations.length === context.model.operations.length && operations.length > 1,
    siblings: errors.codes
      .filter((other) => other !== code && other.statuses[0] === code.statuses[0])
      .slice(0, 8)
      .map((other) => codeLink(other.code)),
  };
  return {
    path: errorPagePath(code.code),
    template: "error",
    title: `${code.code} (${code.statuses.join(", ")})`,
    description: descriptionOf(code, operations.length),
    view,
  };
}

/** Inference has no better title than the code itself, and that stands above it. */
export function titleOf({ code, title }: { readonly code: string; readonly title: string }): string {
  return title === code ? "" : title;
}

function descriptionOf(code: ErrorCode, operationCount: number): string {
  if (code.meaning !== undefined) return firstSentence(code.meaning);
  const title = titleOf(code);
  const operations = `${operationCount} operation${operationCount === 1 ? "" : "s"}`;
  return title === "" ? `Returned by ${operations} with ${code.statuses.map(statusText).join(", ")}.` : title;
}

type Handling = Pick<
  ErrorView,
  "retryLabel" | "retrySentence" | "fixedByLabel" | "fixedBySentence" | "raisedBy"
>;

function handling({ retry, fixedBy, raisedBy }: ErrorCode): Handling {
  return {
    retryLabel: retry === undefined ? "" : retryTerms[retry].label,
    retrySentence: retry === undefined ? "" : retryTerms[retry].sentence,
    fixedByLabel: fixedBy === undefined ? "" : fixedByTerms[fixedBy].label,
    fixedBySentence: fixedBy === undefined ? "" : fixedByTerms[fixedBy].sentence,
    raisedBy: raisedBy.map((stage) => stageTerms[stage]),
  };
}

type History = Pick<ErrorView, "stability" | "since" | "deprecated" | "sunset" | "replacedBy">;

function history({ stability, since, deprecated, sunset, replacedBy }: ErrorCode): History {
  return {
    stability: stability === "stable" ? "" : (stability ?? ""),
    since: since ?? "",
    deprecated: deprecated ?? "",
    sunset: sunset ?? "",
    replacedBy: replacedBy === undefined ? [] : [codeLink(replacedBy)],
  };
}

export function retiredPage(
  context: SiteContext,
  { code, title, meaning, status, since, retired, replacedBy }: RetiredCode,
): Page {
  const live = context.model.errors.codes.some((other) => other.code === replacedBy);
  return {
    path: errorPagePath(code),
    template: "retired",
    title: `${code} (retired)`,
    description: `${title}. Retired in ${retired}.`,
    view: {
      code,
      title,
      meaning: meaning ?? "",
      statuses: status === undefined ? [] : [statusText(status)],
      since: since ?? "",
      retired,
      replacedBy: replacedBy === undefined ? [] : [{ ...codeLink(replacedBy), live }],
    },
  };
}
