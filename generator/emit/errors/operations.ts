/** Which codes an operation returns, by status: as a type and as data. */
import type { ApiModel } from "../../model/api-model.ts";
import { constant, objectLiteral, typeAlias } from "../../print/declarations.ts";
import { jsonLines, memberName, propertyKey, stringUnion } from "../../print/literal.ts";
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
export function operationStatements(model: ApiModel): string[] {
  const { named, operations } = internCodes(model.operations);
  return [
    ...named.map(({ name, codes }) => typeAlias(name, stringUnion(codes), { exported: false })),
    `\n/** The codes that each operation returns, by status. */\nexport interface OperationErrors {\n${operations.map(statusesType).join("")}}`,
    typeAlias("OperationId", "keyof OperationErrors", {
      doc: "An `operationId`, or method and path where there is none.",
    }),
    typeAlias("ErrorCodeOf", "OperationErrors[Operation][Status] & ErrorCode", {
      doc: "The codes of an operation, or of some of its statuses.",
      typeParameters,
    }),
    typeAlias("ErrorBodyOf", "ErrorBody<ErrorCodeOf<Operation, Status>>", {
      doc: "The error bodies of an operation, or of some of its statuses.",
      typeParameters,
    }),
    ...named.map(({ name, codes }) =>
      constant(constantName(name), jsonLines(codes), { type: `readonly ${name}[]`, exported: false }),
    ),
    constant("operationErrors", objectLiteral(operations.map(statusesLiteral)), {
      doc: "The codes that each operation returns, by status.",
      type:
        "{ readonly [Operation in OperationId]: { readonly [Status in keyof OperationErrors[Operation]]: " +
        "readonly OperationErrors[Operation][Status][] } }",
    }),
  ];
}

function statusesType({ id, statuses }: OperationCodes): string {
  const members = statuses.map(
    ({ status, set }) => `    ${statusType(status)}: ${set.name ?? union(set.codes)};\n`,
  );
  return `  ${memberName(id)}: ${members.length === 0 ? "{}" : `{\n${members.join("")}  }`};\n`;
}

function union(codes: readonly string[]): string {
  return stringUnion(codes).replaceAll("\n", "\n    ");
}

function statusesLiteral({ id, statuses }: OperationCodes): string {
  const members = statuses.map(({ status, set }) => {
    const codes = set.name === undefined ? jsonLines(set.codes, "    ") : constantName(set.name);
    return `    ${propertyKey(status)}: ${codes},\n`;
  });
  return `${propertyKey(id)}: ${members.length === 0 ? "{}" : `{\n${members.join("")}  }`}`;
}

/** `CodeSet1` → `codeSet1`. */
function constantName(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1);
}
