/** `server.ts`: typed handlers, checks and options, and the contract as data for the server kit. */
import { StructureKind, type StatementStructures } from "ts-morph";
import type { ApiModel } from "../../model/api-model.ts";
import { printTypeScript } from "../../print/typescript.ts";
import type { Emitter } from "../emitter.ts";
import { contractStatement } from "./contract.ts";
import { describeOperations, usedSchemes, type ServerOperation } from "./describe.ts";
import { handlerStatements } from "./handlers.ts";
import { optionStatements } from "./options.ts";

export const emitServer: Emitter = (model, { importExtension }) => {
  const operations = describeOperations(model);
  const body: (StatementStructures | string)[] = [
    ...handlerStatements(operations),
    ...optionStatements(model, operations),
    contractStatement(model, operations),
    createApi,
  ];
  const content = printTypeScript({ statements: [...imports(model, operations, importExtension), ...body] });
  return { files: [{ path: "server.ts", content }], findings: [] };
};

const createApi = `
/**
 * An API that can only answer what the document declares: for \`fetchHandler\`, \`nodeListener\`, \`fastifyPlugin\` and
 * \`expressMiddleware\`.
 */
export function createApi<Principal, Transaction = unknown>(options: ApiOptions<Principal, Transaction>): Api {
  return createServer(contract, options);
}`;

/** Names that a document has no use for are left out: strict compilers mind an unused import. */
function imports(
  model: ApiModel,
  operations: readonly ServerOperation[],
  extension: string,
): StatementStructures[] {
  const some = (list: readonly unknown[], ...names: string[]): string[] => (list.length > 0 ? names : []);
  const keyed = operations.filter(({ operation }) => operation.idempotencyKey !== "none");
  const schemes = usedSchemes(model);
  const requirements = operations.filter(({ operation }) =>
    operation.errors.some(({ raisedBy }) => raisedBy.includes("requirement")),
  );
  const types = [
    "Api",
    "ApiContract",
    ...some(schemes, "Authenticator"),
    ...(schemes.some(({ type, scheme }) => type === "http" && scheme === "basic")
      ? ["BasicCredentials"]
      : []),
    "CommonOptions",
    "Context",
    "Handler",
    ...some(keyed, "IdempotencyOptions"),
    ...some(requirements, "Requirement"),
    ...(schemes.some(({ type }) => type === "mutualTLS") ? ["ServerRequest"] : []),
    ...(model.errors.origin === "catalogue" ? [] : ["Stage"]),
  ];
  const errors = [
    ...(model.errors.origin === "catalogue" ? [] : ["ErrorCode"]),
    "ErrorCodeOf",
    "ErrorDetails",
    "OperationErrors",
    "OperationId",
  ];
  return [
    {
      kind: StructureKind.ImportDeclaration,
      namedImports: ["createServer", ...types.map((name) => `type ${name}`)],
      moduleSpecifier: "lockstep-openapi/server",
    },
    {
      kind: StructureKind.ImportDeclaration,
      isTypeOnly: true,
      namedImports: errors,
      moduleSpecifier: `./errors${extension}`,
    },
    ...some(operations, "paths").map((name) => ({
      kind: StructureKind.ImportDeclaration as const,
      isTypeOnly: true,
      namedImports: [name],
      moduleSpecifier: `./types${extension}`,
    })),
    ...some(operations, "validators").map((name) => ({
      kind: StructureKind.ImportDeclaration as const,
      namespaceImport: name,
      moduleSpecifier: `./validators/operations${extension}`,
    })),
  ];
}
