/**
 * `client.ts` and what it imports: descriptors and guards in files of their own, so that each can be left out. None for a
 * document of webhooks or components alone.
 */
import type { ApiModel, SecurityScheme } from "../../model/api-model.ts";
import { runtimeContractStatement } from "../../print/runtime-contract.ts";
import { typescriptHeader } from "../../print/header.ts";
import { memberName, propertyKey, stringLiteral } from "../../print/literal.ts";
import type { EmitOptions, Emitter } from "../emitter.ts";
import { absoluteServer, printDescriptors } from "./descriptors.ts";
import { compileGuards } from "./guards.ts";
import { clientOperations, type NamedOperation } from "./names.ts";
import { derivedOperation, isDerivable, operationEntry } from "./operation-types.ts";
import { authMembers, docComment } from "./security.ts";

export const emitClient: Emitter = (model, options) => {
  const operations = clientOperations(model);
  if (operations.length === 0) return { files: [], findings: [] };
  const guards = compileGuards(model, options);
  return {
    files: [
      { path: "client.ts", content: printClient(model, operations, options) },
      { path: "client/operations.ts", content: printDescriptors(model, operations, guards, options) },
      { path: "client/responses.ts", content: printResponses(operations, options) },
      ...guards.files,
    ],
    findings: [],
  };
};

/** The response validators by operation, for callers who want them: a file of its own, because they are large. */
function printResponses(operations: readonly NamedOperation[], { importExtension }: EmitOptions): string {
  const members = operations.map(
    ({ operation }) => `  ${propertyKey(operation.id)}: validators.${operation.identifier}Responses,\n`,
  );
  return `${typescriptHeader}import { validateIn, type ResponseCheck, type ValidationMode } from "lockstep-openapi-runtime/client";
import * as validators from "../validators/operations${importExtension}";

const responses: Readonly<Record<string, ResponseCheck>> = {
${members.join("")}};

/** For the option \`validation\` of a client. */
export function validateResponses(mode: ValidationMode): Readonly<Record<string, ResponseCheck>> {
  return validateIn(mode, responses);
}
`;
}

function printClient(
  model: ApiModel,
  operations: readonly NamedOperation[],
  { importExtension }: EmitOptions,
): string {
  const paged = operations.filter(({ operation }) => operation.nextPage !== undefined);
  const pagedIds =
    paged.length === 0 ? "never" : paged.map(({ operation }) => stringLiteral(operation.id)).join(" | ");
  const types = operationTypes(model, operations);
  const fixed = fixedPart(absoluteServer(model.servers[0]?.defaultUrl) === undefined);
  // Not the texts of the document: a word there that is spelled like a type imports nothing.
  const naming = [...types, authMembers(model.securitySchemes.map(withoutText)), fixed].join("\n");
  const declarations = [
    routesInterface(operations),
    groupsInterface(operations),
    ...types,
    `/** Everything that this client is derived from. */\nexport interface Api {\n  operations: Operations;\n  routes: Routes;\n  groups: Groups;\n  paged: ${pagedIds};\n}`,
    `/** Credentials, by security scheme. */\nexport type Auth = {\n${authMembers(model.securitySchemes)}};`,
    fixed,
  ];
  return `${typescriptHeader}${imports(naming, importExtension)}\n\n${declarations.join("\n\n")}\n`;
}

function withoutText({ description: _text, ...scheme }: SecurityScheme): SecurityScheme {
  return scheme;
}

/** `Operations`, and before it what cannot be derived from `types.ts`. */
function operationTypes(model: ApiModel, operations: readonly NamedOperation[]): string[] {
  const special = operations.filter(({ operation }) => !isDerivable(operation));
  const entries = special.map(({ operation }) => operationEntry(model, operation)).join("");
  const [ids, others] =
    special.length === 0
      ? ["OperationId", ""]
      : ["Exclude<OperationId, keyof SpecialOperations>", "SpecialOperations & "];
  const derived = `{\n  [Id in ${ids}]: ${derivedOperation(model)};\n}`;
  const all =
    special.length > 0 && special.length === operations.length ? "SpecialOperations" : `${others}${derived}`;
  return [
    "export type OperationId = { [Method in keyof Routes]: Routes[Method][keyof Routes[Method]] }[keyof Routes];",
    ...(special.length === 0
      ? []
      : [
          `/** Operations about which \`types.ts\` does not say everything. */\nexport interface SpecialOperations {\n${entries}}`,
        ]),
    `/** What each operation takes and responds with. */\nexport type Operations = ${all};`,
  ];
}

/** By method and path. */
function routesInterface(operations: readonly NamedOperation[]): string {
  const methods = new Map<string, string>();
  for (const { operation } of operations) {
    const method = operation.method.toUpperCase();
    const route = `    ${memberName(operation.path)}: ${stringLiteral(operation.id)};\n`;
    methods.set(method, (methods.get(method) ?? "") + route);
  }
  const members = [...methods].map(([method, routes]) => `  ${method}: {\n${routes}  };\n`).join("");
  return `/** The operation at each method and path. */\nexport interface Routes {\n${members}}`;
}

/** By group and name, with what an editor shows. */
function groupsInterface(operations: readonly NamedOperation[]): string {
  const groups = new Map<string, string>();
  for (const { operation, group, name } of operations) {
    const { summary, deprecated } = operation;
    const lines = [...(summary === undefined ? [] : [summary]), ...(deprecated ? ["@deprecated"] : [])];
    const doc = lines.length === 0 ? "" : docComment(lines.join("\n"), "    ");
    const member = `${doc}    ${memberName(name)}: ${stringLiteral(operation.id)};\n`;
    groups.set(group, (groups.get(group) ?? "") + member);
  }
  const members = [...groups].map(([group, names]) => `  ${memberName(group)}: {\n${names}  };\n`).join("");
  return `/** The operation at each group and name. */\nexport interface Groups {\n${members}}`;
}

/** The part that is the same for every API. */
function fixedPart(needsBaseUrl: boolean): string {
  const base = needsBaseUrl ? " & { readonly baseUrl: string }" : "";
  const byDefault = needsBaseUrl ? "" : " = {}";
  return `export type Options = ClientOptions<Auth>${base};

/** The client of all operations. */
export type ApiClient = Client<Api, OperationId>;

/** What a call of an operation resolves to. */
export type Result<Id extends OperationId> = ResultOf<Api, Id>;

/** Everything that may be in \`error\` after a call of an operation. */
export type ErrorOf<Id extends OperationId> = FailureOf<Api, Id>;

/** What \`orThrow()\` throws, for each failure of an operation: \`code\` and \`status\` tell them apart. */
export type ApiErrorOf<Id extends OperationId> = ThrownBy<Api, Id>;

/** A client of every operation. */
export function createClient(options: Options${byDefault}): ApiClient {
  return buildClient<Api, OperationId>(api, allOperations, options);
}

/**
 * A client of some operations, picked from \`client/operations\`: a bundle then holds these and no others.
 */
export function createClientOf<Id extends OperationId>(
  operations: readonly OperationDescriptor<Id>[],
  options: Options${byDefault},
): Client<Api, Id> {
  return buildClient<Api, Id>(api, operations, options);
}

/** Was this thrown by \`orThrow()\` of a call of the operation? */
export function isApiError<Id extends OperationId>(value: unknown, operation: Id): value is ApiErrorOf<Id> {
  return value instanceof ApiError && value.operation === operation;
}

${pathBased(byDefault)}`;
}

function pathBased(byDefault: string): string {
  return `/** The client of all operations by path, then method: \`client["/path"].GET()\`. */
export function createPathBasedClient(options: Options${byDefault}): PathClient<Api, OperationId> {
  return byPath<Api, OperationId>(createClient(options));
}`;
}

const runtimeTypes = (
  "ApiErrorOf as ThrownBy,BasicCredentials,BinaryResponse,BinaryBody,CallOptions,Client,ClientOptions,ContractErrors,DerivedOperation,Events,ErrorStatusOf,FailureOf,FileForm," +
  "HttpError,InferredErrors,Items,OperationDescriptor,PathClient,ResultOf,Secret,Success,SuccessStatusOf,TransportError"
).split(",");

/** Only what the text names: unused imports are errors under strict settings. */
function imports(text: string, extension: string): string {
  const named = (names: readonly string[]): string[] =>
    names.filter((name) => new RegExp(`\\b${name.split(" ").at(-1) ?? name}\\b`).test(text));
  const typesNames = ["operations", "paths"].filter((name) => new RegExp(`\\b${name}\\[`).test(text));
  const errorNames = named(["ErrorBodies", "ErrorCodeOf", "ErrorDetails", "OperationErrors"]);
  return [
    `import { ApiError, buildClient, byPath, generatedFor } from "lockstep-openapi-runtime/client";`,
    `import type {\n${named(runtimeTypes)
      .map((name) => `  ${name},\n`)
      .join("")}} from "lockstep-openapi-runtime/client";`,
    ...(typesNames.length === 0
      ? []
      : [`import type { ${typesNames.join(", ")} } from "./types${extension}";`]),
    ...(errorNames.length === 0
      ? []
      : [`import type { ${errorNames.join(", ")} } from "./errors${extension}";`]),
    `import { allOperations, api } from "./client/operations${extension}";`,
    runtimeContractStatement,
  ].join("\n");
}
