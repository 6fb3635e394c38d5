/** A run as every format shows it: places in the author's files, curl lines, nothing secret. */
import { responseRules } from "lockstep-openapi-runtime/monitor";
import type { Diagnostic, Finding as DocumentFinding, SourceLocation } from "../../diagnostics/diagnostic.ts";
import { curlLine } from "../curl.ts";
import type { Exchange } from "../exchange.ts";
import type { Finding } from "../finding.ts";
import type { Matrix } from "../matrix.ts";
import type { OpenProbe, VerifyRun } from "../run.ts";
import type { Secrets } from "../secrets.ts";

export interface ReportedFinding extends Omit<Finding, "exchanges"> {
  /** One line for each request that shows it. */
  readonly curl: readonly string[];
  /** What came, shortened. */
  readonly received: readonly string[];
  /** Where the document promises it. */
  readonly location?: SourceLocation;
}

export interface VerifyReport {
  /** `info.title`. */
  readonly title: string;
  /** The server's URL, or the file that was read. */
  readonly subject: string;
  readonly requests: number;
  readonly findings: readonly ReportedFinding[];
  readonly matrix: Matrix;
  readonly open: readonly OpenProbe[];
  readonly interrupted: boolean;
}

export interface ReportParts {
  readonly run: VerifyRun;
  readonly subject: string;
  readonly baseUrl: string;
  readonly secrets: Secrets;
  readonly place: (findings: readonly DocumentFinding[]) => Diagnostic[];
}

/** Characters of a response that a finding shows. */
const excerptLength = 300;

export function makeReport({ run, subject, baseUrl, secrets, place }: ReportParts): VerifyReport {
  return {
    title: run.model.info.title,
    subject,
    requests: run.exchanges.length,
    matrix: run.matrix,
    open: run.open,
    interrupted: run.interrupted,
    findings: run.findings.map(({ exchanges, ...finding }) => {
      const [diagnostic] = place([
        { code: "lockstep/promise-broken", pointer: finding.pointer, message: finding.message },
      ]);
      return {
        ...finding,
        message: secrets.mask(finding.message),
        curl: exchanges.map(({ request }) => curlLine(baseUrl, request, secrets)),
        received: exchanges.map((exchange) => secrets.mask(receivedLine(exchange))),
        ...(diagnostic?.location === undefined ? {} : { location: diagnostic.location }),
      };
    }),
  };
}

function receivedLine({ response, failure }: Exchange): string {
  if (response === undefined) return failure?.message ?? "nothing";
  const body = response.body.slice(0, excerptLength).replace(/\s+/g, " ");
  return `${response.status}${body === "" ? "" : ` ${body}${response.body.length > excerptLength ? "…" : ""}`}`;
}

export interface VerifyCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly kept: number;
  readonly broken: number;
  readonly notReached: number;
}

export function countReport({ findings, matrix: { cells } }: VerifyReport): VerifyCounts {
  const of = (state: string): number => cells.filter((cell) => cell.state === state).length;
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return {
    errors,
    warnings: findings.length - errors,
    kept: of("kept"),
    broken: of("broken"),
    notReached: of("not-reached"),
  };
}

/** Findings that say the same of several operations, under the first of them. */
export interface FindingGroup {
  readonly first: ReportedFinding;
  readonly others: readonly ReportedFinding[];
}

/** One fault often shows in every operation: findings of one rule, probe and status stand together. */
export function groupFindings(findings: readonly ReportedFinding[]): FindingGroup[] {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const status = finding.received[0]?.slice(0, 3) ?? "";
    // What a response alone breaks does not depend on the probe that got it.
    const probe = Object.hasOwn(responseRules, finding.rule) ? "" : finding.probe;
    const key = JSON.stringify([finding.rule, probe, status]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  );
}
