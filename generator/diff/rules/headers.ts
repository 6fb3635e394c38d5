/** Headers of responses, such as `Retry-After`. */
import { isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { Header, JsonSchema, Response } from "../../model/api-model.ts";
import { Groups } from "../group.ts";
import type { ModelPair, OperationPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import { compareSchemas } from "../schema/compare.ts";
import { lenient } from "../wire/lenient.ts";
import { inOperations, listed, quoted } from "../wording.ts";

interface Found {
  readonly rule: RuleName;
  readonly header: string;
  readonly statuses: Set<string>;
  /** A value of the header that the base refuses. */
  readonly newValue?: Json;
  readonly base?: string;
  readonly revision?: string;
}

export const headers: Rule = (pair) => {
  const groups = new Groups<Found>();
  for (const operation of pair.operations) compareOperation(pair, operation, groups);
  return groups.all.map(({ key, operations }) => draft(key, operations));
};

function compareOperation(pair: ModelPair, operation: OperationPair, groups: Groups<Found>): void {
  for (const before of operation.base.responses) {
    const after = operation.revision.responses.find(({ status }) => status === before.status);
    if (after === undefined) continue;
    for (const found of compareResponses(pair, operation, before, after)) {
      const id = `${found.rule} ${found.header.toLowerCase()}`;
      groups.add(id, found, operation.revision.id).statuses.add(before.status);
    }
  }
}

function compareResponses(
  pair: ModelPair,
  operation: OperationPair,
  before: Response,
  after: Response,
): Found[] {
  const find = (list: readonly Header[], name: string): Header | undefined =>
    list.find((header) => header.name.toLowerCase() === name.toLowerCase());
  const gone = before.headers.flatMap((header): Found[] => {
    const now = find(after.headers, header.name);
    const common = { header: header.name, statuses: new Set<string>(), base: header.pointer };
    if (now !== undefined)
      return compareHeader(pair, header, now).map((found) => ({
        ...common,
        ...found,
        revision: now.pointer,
      }));
    return explainedByRetry(pair, operation, before.status, header.name)
      ? []
      : [{ ...common, rule: "header-dropped" }];
  });
  const added = after.headers
    .filter((header) => find(before.headers, header.name) === undefined)
    .filter((header) => !explainedByRetry(pair, operation, before.status, header.name))
    .map((header): Found => ({
      rule: "header-added",
      header: header.name,
      statuses: new Set(),
      revision: header.pointer,
    }));
  return [...gone, ...added];
}

function compareHeader(pair: ModelPair, before: Header, after: Header): Pick<Found, "rule" | "newValue">[] {
  const rules: Pick<Found, "rule">[] =
    before.required && !after.required ? [{ rule: "header-optional" }] : [];
  const { relation, newlyAllowed } = compareSchemas(
    { document: pair.base.document, schema: readAs(pair.base.document, before) },
    { document: pair.revision.document, schema: after.schema },
    pair.closures,
  );
  // What a server sends may become less, never more.
  return relation === "equal" || relation === "narrowed"
    ? rules
    : [
        ...rules,
        { rule: "header-changed", ...(newlyAllowed === undefined ? {} : { newValue: newlyAllowed }) },
      ];
}

/** Clients read text: a number is a string too. */
function readAs(document: JsonObject, { schema, content }: Header): JsonSchema {
  const read = content === undefined ? lenient(document, schema) : schema;
  return typeof read === "boolean" || isObject(read) ? read : true;
}

/** `Retry-After` follows from the retry policy of the codes, whose change is a finding already. */
function explainedByRetry(
  pair: ModelPair,
  operation: OperationPair,
  status: string,
  header: string,
): boolean {
  if (header.toLowerCase() !== "retry-after") return false;
  const before = new Map(pair.base.errors.codes.map(({ code, retry }) => [code, retry]));
  const after = new Map(pair.revision.errors.codes.map(({ code, retry }) => [code, retry]));
  const codes = [...operation.base.errors, ...operation.revision.errors].filter(
    (error) => error.status === status,
  );
  const wants = (policy: string | undefined): boolean => policy === "after-delay";
  return codes.some(
    ({ code }) => before.has(code) && after.has(code) && wants(before.get(code)) !== wants(after.get(code)),
  );
}

function draft(found: Found, operations: readonly string[]): RuleDraft {
  const { rule, header, statuses, base, revision, newValue } = found;
  const errors = `${listed([...statuses].sort()).replaceAll("`", "")} responses`;
  const name = quoted(header);
  const sentence: Partial<Record<RuleName, string>> = {
    "header-dropped": `${name} is gone from ${errors}`,
    "header-optional": `${name} is no longer always there in ${errors}`,
    "header-changed": `${name} holds other values in ${errors}`,
    "header-added": `${name} is new in ${errors}`,
  };
  return {
    rule,
    subject: header,
    message: `${sentence[rule] ?? name}${inOperations(operations)}.`,
    operations,
    ...(base === undefined ? {} : { base }),
    ...(revision === undefined ? {} : { revision }),
    ...(newValue === undefined ? {} : { header: { name: header.toLowerCase(), value: newValue } }),
  };
}
