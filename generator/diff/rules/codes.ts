/** Codes that come, go, change their name or come back. */
import type { ErrorCode, RetiredCode } from "../../model/api-model.ts";
import type { ModelPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { inOperations, listed, quoted } from "../wording.ts";
import { findRenames, type Rename } from "./renames.ts";

export const codes: Rule = (pair) => {
  const renames = findRenames(pair);
  const from = new Set(renames.map((rename) => rename.from.code));
  const to = new Set(renames.map((rename) => rename.to.code));
  const { base, revision } = pair;
  const liveBefore = new Set(base.errors.codes.map(({ code }) => code));
  const liveNow = new Set(revision.errors.codes.map(({ code }) => code));
  const came = revision.errors.codes.filter(({ code }) => !liveBefore.has(code) && !to.has(code));
  const went = base.errors.codes.filter(({ code }) => !liveNow.has(code) && !from.has(code));
  return [
    ...renames.map(renamed),
    ...went.map((code) => gone(code, pair)),
    ...came.map((code) => appeared(code, base.errors.retired)),
  ];
};

function renamed({ from, to, declared }: Rename): RuleDraft {
  const how = declared ? "was renamed to" : "went and";
  const rest = declared ? "" : " came in its place: it looks like a rename";
  const [before, after] = [from.statuses.join(", "), to.statuses.join(", ")];
  const moved = before === after ? "" : `, and moved from ${before} to ${after},`;
  return {
    rule: "code-renamed",
    subject: from.code,
    message: `${quoted(from.code)} ${how} ${quoted(to.code)}${rest}${moved}${inOperations(from.operations)}.`,
    operations: from.operations,
    base: from.pointer,
    revision: to.pointer,
  };
}

function gone(code: ErrorCode, { revision, base, today }: ModelPair): RuleDraft {
  const tombstone = revision.errors.retired.find((retired) => retired.code === code.code);
  const common = { subject: code.code, operations: code.operations, base: code.pointer };
  const where = inOperations(code.operations);
  if (tombstone !== undefined) return retired(code, tombstone, today);
  if (revision.errors.origin !== "catalogue" || base.errors.origin !== "catalogue") {
    return { ...common, rule: "code-removed", message: `${quoted(code.code)} is no longer a code${where}.` };
  }
  const message = `${quoted(code.code)} was deleted from the catalogue without a tombstone; it was returned${where || " nowhere"}.`;
  return { ...common, rule: "tombstone-missing", message };
}

function retired(code: ErrorCode, tombstone: RetiredCode, today: string): RuleDraft {
  const { deprecated, sunset } = code;
  const due = deprecated !== undefined && sunset !== undefined && sunset <= today;
  const reason =
    deprecated === undefined
      ? "without having been deprecated"
      : sunset === undefined
        ? `without a sunset (deprecated in ${deprecated})`
        : due
          ? `after its sunset on ${sunset}`
          : `before its sunset on ${sunset}`;
  const successor = tombstone.replacedBy === undefined ? "" : `; ${quoted(tombstone.replacedBy)} replaces it`;
  return {
    rule: due ? "code-retired-after-sunset" : "code-retired",
    subject: code.code,
    message: `${quoted(code.code)} was retired ${reason}${inOperations(code.operations)}${successor}.`,
    operations: code.operations,
    base: code.pointer,
    revision: tombstone.pointer,
  };
}

function appeared(code: ErrorCode, tombstones: readonly RetiredCode[]): RuleDraft {
  const { operations } = code;
  const common = { subject: code.code, operations, revision: code.pointer };
  const grave = tombstones.find((tombstone) => tombstone.code === code.code);
  if (grave === undefined) {
    const message = `${quoted(code.code)} (${code.statuses.join(", ")}) is new${inOperations(operations)}.`;
    return { ...common, rule: "code-added", message };
  }
  return {
    ...common,
    rule: "code-reused",
    message: `${quoted(code.code)} was retired in ${grave.retired} and is live again${inOperations(operations)}.`,
    base: grave.pointer,
  };
}

/** Tombstones that were taken away. */
export const tombstones: Rule = ({ base, revision }) => {
  if (revision.errors.origin !== "catalogue") return [];
  const known = new Set([...revision.errors.codes, ...revision.errors.retired].map(({ code }) => code));
  return base.errors.retired
    .filter(({ code }) => !known.has(code))
    .map((tombstone) => ({
      rule: "tombstone-removed",
      subject: tombstone.code,
      message: `The tombstone of ${quoted(tombstone.code)}, retired in ${tombstone.retired}, is gone.`,
      base: tombstone.pointer,
    }));
};

/** The catalogue as a whole. */
export const catalogue: Rule = ({ base, revision }) =>
  base.errors.origin === "catalogue" && revision.errors.origin !== "catalogue"
    ? [
        {
          rule: "catalogue-dropped",
          subject: "x-error-codes",
          message: `The catalogue of ${listed(base.errors.codes.map(({ code }) => code))} is gone.`,
          base: "/components/schemas/ErrorCode",
        },
      ]
    : [];
