/** `errors.md`: every code on one Markdown page. */
import type { RetryPolicy } from "../../contract/vocabulary.ts";
import type { ApiModel, ErrorCode, RetiredCode } from "../../model/api-model.ts";
import { markdownHeader } from "../../print/header.ts";
import { packagedText } from "../../package/files.ts";
import { compileMarkdown } from "../../print/template.ts";
import type { Emitter } from "../emitter.ts";

const template = compileMarkdown<PageView>(packagedText("emit/errors-page/errors.md.hbs"));

export const emitErrorsPage: Emitter = (model) => ({
  files: [{ path: "errors.md", content: markdownHeader + template(pageView(model)) }],
  findings: [],
});

interface PageView {
  readonly title: string;
  readonly version: string;
  readonly count: number;
  readonly catalogue: boolean;
  readonly envelope: boolean;
  readonly codes: readonly CodeView[];
  readonly retired: readonly RetiredView[];
}

interface CodeView {
  readonly code: string;
  readonly statuses: string;
  readonly title: string;
  readonly retry: string;
  readonly retryAdvice: string;
  readonly deprecation: string;
  readonly meaning: string;
  readonly remediation: string;
  readonly example: string;
  readonly operations: readonly string[];
}

interface RetiredView {
  readonly code: string;
  readonly retired: string;
  readonly title: string;
  readonly replacedBy: string;
}

const retryAdvice: Readonly<Record<RetryPolicy, string>> = {
  never: "The same request fails again.",
  "same-request": "Repeat the same request at once.",
  "after-delay": "Repeat the same request after the time in Retry-After.",
  "new-key": "Repeat the request with a fresh Idempotency-Key.",
};

const retryWord: Readonly<Record<RetryPolicy, string>> = {
  never: "no",
  "same-request": "at once",
  "after-delay": "after Retry-After",
  "new-key": "with a new key",
};

/** Strict templates know no missing members: what a code lacks is an empty text. */
function pageView({ info, errors }: ApiModel): PageView {
  return {
    title: info.title,
    version: info.version,
    count: errors.codes.length,
    catalogue: errors.origin === "catalogue",
    envelope: errors.envelope !== undefined,
    codes: errors.codes.map(codeView),
    retired: errors.retired.map(retiredView),
  };
}

function codeView(code: ErrorCode): CodeView {
  const { retry } = code;
  return {
    code: code.code,
    statuses: code.statuses.join(", "),
    title: code.title,
    retry: retry === undefined ? "" : retryWord[retry],
    retryAdvice: retry === undefined ? "" : retryAdvice[retry],
    deprecation: deprecationOf(code),
    meaning: code.meaning ?? "",
    remediation: code.remediation ?? "",
    example: code.example === undefined ? "" : JSON.stringify(code.example, null, 2),
    operations: code.operations,
  };
}

function retiredView({ code, retired, title, replacedBy }: RetiredCode): RetiredView {
  return { code, retired, title, replacedBy: replacedBy ?? "" };
}

function deprecationOf({ deprecated, sunset, replacedBy }: ErrorCode): string {
  if (deprecated === undefined) return "";
  const until = sunset === undefined ? "" : `, until ${sunset}`;
  return `since ${deprecated}${until}.${replacedBy === undefined ? "" : ` Expect ${replacedBy} instead.`}`;
}
