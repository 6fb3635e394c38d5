/**
 * `server.ts`: typed handlers, checks and options, and the contract as data for the server kit. None for a document of
 * webhooks or components alone.
 */
import type { ApiModel } from "../../model/api-model.ts";
import { namedImport } from "../../print/declarations.ts";
import { runtimeContractStatement } from "../../print/runtime-contract.ts";
import { printTypeScript } from "../../print/typescript.ts";
import type { Emitter } from "../emitter.ts";
import { contractStatement } from "./contract.ts";
import { describeOperations, usedSchemes, type ServerOperation } from "./describe.ts";
import { handlerStatements } from "./handlers.ts";
import { typesStageDetails } from "./stage-options.ts";
import { hasDenials, optionStatements } from "./options.ts";

export const emitServer: Emitter = (model, { importExtension }) => {
  const operations = describeOperations(model);
  if (operations.length === 0) return { files: [], findings: [] };
  const content = printTypeScript([
    ...imports(model, operations, importExtension),
    ...handlerStatements(operations),
    ...optionStatements(model, operations),
    contractStatement(model, operations),
    createApi,
  ]);
  return { files: [{ path: "server.ts", content }], findings: [] };
};

const createApi = `
/**
 * An API that can only send what the document declares: for \`fetchHandler\`, \`nodeListener\`, \`fastifyPlugin\` and
 * \`expressMiddleware\`.
 */
export function createApi<Principal, Transaction = unknown>(options: ApiOptions<Principal, Transaction>): Api {
  return createServer(contract, options);
}`;

/** Names that a document has no use for are left out: strict compilers mind an unused import. */
function imports(model: ApiModel, operations: readonly ServerOperation[], extension: string): string[] {
  const types = kitTypes(model, operations).map((name) => `type ${name}`);
  const kit = namedImport(["createServer", "generatedFor", ...types], "lockstep-openapi-runtime/server");
  const errorTypes = ["ErrorCode", "ErrorCodeOf", "ErrorDetails", "OperationErrors", "OperationId"];
  const errors = namedImport(errorTypes, `./errors${extension}`, true);
  const paths = namedImport(["paths"], `./types${extension}`, true);
  return [
    kit,
    errors,
    paths,
    `import * as validators from "./validators/operations${extension}";`,
    runtimeContractStatement,
  ];
}

/** The types of the kit that this API's part of the file names. */
function kitTypes(model: ApiModel, operations: readonly ServerOperation[]): readonly string[] {
  const schemes = usedSchemes(model);
  const some = (name: string, used: boolean): string[] => (used ? [name] : []);
  return [
    "AdmittedCall",
    "Api",
    "ApiContract",
    "Around",
    ...some("Authenticator", schemes.length > 0),
    ...some(
      "BasicCredentials",
      schemes.some(({ type, scheme }) => type === "http" && scheme === "basic"),
    ),
    "CommonOptions",
    "Context",
    ...some("Denial", schemes.length > 0 && hasDenials(model)),
    "Fail",
    "Failure",
    "Handler",
    "HandlerResponse",
    ...some(
      "IdempotencyOptions",
      operations.some(({ operation }) => operation.idempotencyKey !== "none"),
    ),
    ...some(
      "Requirement",
      operations.some(({ operation }) =>
        operation.errors.some(({ raisedBy }) => raisedBy.includes("requirement")),
      ),
    ),
    ...some(
      "ServerRequest",
      schemes.some(({ type }) => type === "mutualTLS"),
    ),
    ...some("Stage", model.errors.origin !== "catalogue"),
    ...some("StageDetailsOf", typesStageDetails(model)),
  ];
}
