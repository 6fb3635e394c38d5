/** The types of handlers: one function for each operation, in an interface for each tag. */
import { pascalCase, uniqueNames } from "../../json/identifier.ts";
import { interfaceOf, typeAlias, type Member } from "../../print/declarations.ts";
import { memberName, stringLiteral, stringUnion } from "../../print/literal.ts";
import type { ServerOperation } from "./describe.ts";

const parameters = [{ name: "Principal" }, { name: "Transaction", default: "unknown" }];
const operationParameters = [{ name: "Id", constraint: "OperationId" }, ...parameters];

const shape = `{
  types: ServerOperations[Id]["types"];
  id: Id;
  codes: ErrorCodeOf<Id>;
  errorStatuses: keyof OperationErrors[Id];
  details: ErrorDetails;
  lookup: ServerOperations[Id]["lookup"];
  principal: { none: undefined; optional: Principal | undefined; required: Principal }[ServerOperations[Id]["caller"]];
  transaction: ServerOperations[Id]["keyed"] extends true ? Transaction : never;
  defaulted: ServerOperations[Id]["defaulted"];
}`;

const aliases: readonly string[] = [
  typeAlias("Shape", shape, { typeParameters: operationParameters, exported: false }),
  typeAlias("OperationContext", "Context<Shape<Id, Principal, Transaction>>", {
    doc: "What the handler of an operation is given.",
    typeParameters: operationParameters,
  }),
  typeAlias("OperationHandler", "Handler<Shape<Id, Principal, Transaction>>", {
    doc: "Implements an operation: returns a declared result, or returns or throws a declared failure.",
    typeParameters: operationParameters,
  }),
];

/** `ServerOperations`, `OperationContext`, `OperationHandler`, an interface of handlers per tag, and `Handlers`. */
export function handlerStatements(operations: readonly ServerOperation[]): string[] {
  const groups = groupNames(operations);
  return [
    interfaceOf(
      "ServerOperations",
      operations.map((described) => ({
        name: memberName(described.operation.id),
        type: operationFacts(described),
      })),
      { doc: "What handlers depend on, by operation." },
    ),
    ...aliases,
    ...[...groups].map(([group, name]) => handlersInterface(operations, group, name)),
    interfaceOf(
      "Handlers",
      [...groups].map(([group, name]) => ({
        name: memberName(group),
        type: `${name}<Principal, Transaction>`,
      })),
      { doc: "One function for every operation, by tag.", typeParameters: parameters },
    ),
  ];
}

function handlersInterface(operations: readonly ServerOperation[], group: string, name: string): string {
  const members = operations.filter((described) => described.group === group).map(handlerMember);
  return interfaceOf(name, members, { typeParameters: parameters });
}

function operationFacts({ operation, lookup, defaulted, caller }: ServerOperation): string {
  const { path, method, idempotencyKey } = operation;
  const members = [
    `types: paths[${stringLiteral(path)}][${stringLiteral(method)}]`,
    `lookup: ${lookup === undefined ? "never" : stringLiteral(lookup)}`,
    `caller: ${stringLiteral(caller)}`,
    `keyed: ${idempotencyKey === "none" ? "false" : "true"}`,
    `defaulted: ${stringUnion(defaulted)}`,
  ];
  return `{ ${members.join("; ")} }`;
}

function handlerMember({ operation, handler }: ServerOperation): Member {
  const { method, path, summary, deprecated } = operation;
  const route = `\`${method.toUpperCase()} ${path}\``;
  const line = summary === undefined ? route : `${route}: ${summary}`;
  return {
    name: memberName(handler),
    type: `OperationHandler<${stringLiteral(operation.id)}, Principal, Transaction>`,
    doc: deprecated ? `${line}\n@deprecated` : line,
  };
}

function groupNames(operations: readonly ServerOperation[]): ReadonlyMap<string, string> {
  const unique = uniqueNames([
    "Handlers",
    "Handler",
    "OperationHandler",
    "Requirements",
    "Authenticators",
    "ApiOptions",
  ]);
  const groups = [...new Set(operations.map(({ group }) => group))];
  return new Map(groups.map((group) => [group, unique(`${pascalCase(group)}Handlers`)]));
}
