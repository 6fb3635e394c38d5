/** Which operation returns which code: the whole contract in one table. */
import { errorPagePath } from "../../../model/error-page.ts";
import { compareText } from "../../../json/json.ts";
import type { ErrorCode, Operation } from "../../../model/api-model.ts";
import type { Page } from "../site.ts";
import { addresses, tagsOf, untagged } from "./addresses.ts";
import { operationRow, type SiteContext } from "./operation-row.ts";
import { shortStatus, statusFamily } from "./words.ts";

/** More columns than this make no table that anybody reads: each operation then lists its codes. */
const maxColumns = 24;

export function matrixPage(context: SiteContext): Page {
  const { model } = context;
  const columns = [...model.errors.codes].sort(
    (a, b) => compareText(shortStatus(a.statuses), shortStatus(b.statuses)) || compareText(a.code, b.code),
  );
  const tabular = columns.length > 0 && columns.length <= maxColumns;
  return {
    path: addresses.matrix,
    template: "matrix",
    title: "Operations and their errors",
    description: `Which of the ${columns.length} error codes each of the ${model.operations.length} operations may return.`,
    view: {
      tabular,
      any: columns.length > 0,
      operationCount: model.operations.length,
      columns: columns.map((code) => ({
        code: code.code,
        address: errorPagePath(code.code),
        status: shortStatus(code.statuses),
        family: statusFamily(code.statuses[0]),
      })),
      width: columns.length + 1,
      groups: groupsOf(model.operations).map(([tag, operations]) => ({
        tag,
        rows: operations.map((operation) => ({
          ...operationRow(context, operation),
          count: new Set(operation.errors.map(({ code }) => code)).size,
          codes: codesOf(operation),
          cells: tabular ? cellsOf(operation, columns) : [],
        })),
      })),
    },
  };
}

function codesOf({ errors }: Operation): object[] {
  return [...new Set(errors.map(({ code }) => code))].map((code) => ({ code, address: errorPagePath(code) }));
}

function cellsOf({ errors }: Operation, columns: readonly ErrorCode[]): object[] {
  const returned = new Map<string, string[]>();
  for (const { code, status } of errors) returned.set(code, [...(returned.get(code) ?? []), status]);
  return columns.map(({ code, statuses }) => ({
    returned: returned.has(code),
    code,
    address: errorPagePath(code),
    family: statusFamily(statuses[0]),
    statuses: returned.get(code)?.join(", ") ?? "",
  }));
}

/** Operations by their first tag, tags in the order in which they come. */
function groupsOf(operations: readonly Operation[]): [string, Operation[]][] {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const tag = tagsOf(operation)[0] ?? untagged;
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [operation]);
    else group.push(operation);
  }
  return [...groups];
}
