/** Which codes an operation answers, by status: as a type and as data. */
import type { StatementStructures } from "ts-morph";
import type { ApiModel } from "../../model/api-model.ts";
import { constant, interfaceOf, objectLiteral, typeAlias } from "../../print/declarations.ts";
import { jsonLiteral, memberName, propertyKey, stringUnion } from "../../print/literal.ts";
import { internCodes, type OperationCodes } from "./code-sets.ts";
import { statusType } from "./codes.ts";

const typeParameters = [
  { name: "Operation", constraint: "OperationId" },
  {
    name: "Status",
    constraint: "keyof OperationErrors[Operation]",
    default: "keyof OperationErrors[Operation]",
  },
];

/** `OperationErrors`, `OperationId`, `ErrorCodeOf`, `ErrorBodyOf` and the constant `operationErrors`. */
export function operationStatements(model: ApiModel): StatementStructures[] {
  const { named, operations } = internCodes(model.operations);
  return [
    ...named.map(({ name, codes }) => ({
      ...typeAlias(name, stringUnion(codes), ""),
      isExported: false,
      docs: [],
    })),
    interfaceOf(
      "OperationErrors",
      operations.map((operation) => ({ name: memberName(operation.id), type: statusesType(operation) })),
      "The codes that each operation answers, by status.",
    ),
    typeAlias(
      "OperationId",
      "keyof OperationErrors",
      "An `operationId`, or method and path where there is none.",
    ),
    typeAlias(
      "ErrorCodeOf",
      "OperationErrors[Operation][Status] & ErrorCode",
      "The codes of an operation, or of some of its statuses.",
      typeParameters,
    ),
    typeAlias(
      "ErrorBodyOf",
      "ErrorBody<ErrorCodeOf<Operation, Status>>",
      "The error bodies of an operation, or of some of its statuses.",
      typeParameters,
    ),
    ...named.map(({ name, codes }) =>
      constant(constantName(name), jsonLiteral(codes), { type: `readonly ${name}[]`, isExported: false }),
    ),
    constant("operationErrors", objectLiteral(operations.map(statusesLiteral)), {
      doc: "The codes that each operation answers, by status.",
      type:
        "{ readonly [Operation in OperationId]: { readonly [Status in keyof OperationErrors[Operation]]: " +
        "readonly OperationErrors[Operation][Status][] } }",
    }),
  ];
}

function statusesType({ statuses }: OperationCodes): string {
  const members = statuses.map(
    ({ status, set }) => `${statusType(status)}: ${set.name ?? stringUnion(set.codes)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
}

function statusesLiteral({ id, statuses }: OperationCodes): string {
  const members = statuses.map(({ status, set }) => {
    const codes = set.name === undefined ? jsonLiteral(set.codes) : constantName(set.name);
    return `${propertyKey(status)}: ${codes}`;
  });
  return `${propertyKey(id)}: ${members.length === 0 ? "{}" : `{ ${members.join(", ")} }`}`;
}

/** `CodeSet1` → `codeSet1`. */
function constantName(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}
