/** `client/operations.ts`: what the runtime needs to know of each operation, one constant each, free of prose. */
import type { ErrorLayout } from "../../contract/error-layout.ts";
import { compareText, type JsonObject } from "../../json/json.ts";
import type { ApiModel, ErrorEnvelope, Operation, SecurityScheme } from "../../model/api-model.ts";
import { uncheckedHeader } from "../../print/header.ts";
import { jsonLiteral, objectLine, propertyKey, stringLiteral } from "../../print/literal.ts";
import type { EmitOptions } from "../emitter.ts";
import { codesOf, responseChecksOf } from "./error-checks.ts";
import type { Guards } from "./guards.ts";
import { responseKind } from "./media.ts";
import type { NamedOperation } from "./names.ts";
import { SharedConstants } from "./shared-constants.ts";
import { itemsOf, pagesOf, queryOf, requestForms, valueStyles } from "./spelling.ts";
import { sortResponses } from "./responses.ts";
import { placementOf } from "./security.ts";

/** Printed so that a bundler drops every constant that nobody names. */
export function printDescriptors(
  model: ApiModel,
  operations: readonly NamedOperation[],
  guards: Guards,
  { importExtension }: EmitOptions,
): string {
  const shared = new SharedConstants(operations.map(({ constant }) => constant));
  const constants = operations.map((named) => printDescriptor(model, named, guards, shared));
  const apiText = printApi(model, shared);
  const checks = shared.guards();
  const typeNames = ["ApiDescriptor", "OperationDescriptor", ...shared.types()].sort(compareText);
  const imports = [
    `import { ${shared.helpers().join(", ")} } from "lockstep-openapi-runtime/client";`,
    `import type { ${typeNames.join(", ")} } from "lockstep-openapi-runtime/client";`,
    ...(checks.length === 0 ? [] : [`import { ${checks.join(", ")} } from "./guards${importExtension}";`]),
  ];
  const all = operations.map(({ constant }) => `  ${constant},\n`).join("");
  return [
    uncheckedHeader.trimEnd(),
    imports.join("\n"),
    apiText,
    ...shared.declarations(),
    ...constants,
    `/** Every operation. Naming it takes them all into a bundle. */\nexport const allOperations: readonly OperationDescriptor[] = /* @__PURE__ */ listOperations(\n${all});`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function printApi({ errors, servers, securitySchemes }: ApiModel, shared: SharedConstants): string {
  const { envelope, layout } = errors;
  const paths = envelope === undefined ? layoutPaths(layout) : envelopePaths(envelope);
  const base = absoluteServer(servers[0]?.defaultUrl);
  const members = [
    ...(paths === undefined ? [] : [`envelope: ${jsonLiteral(paths)}`]),
    ...(base === undefined ? [] : [`baseUrl: ${stringLiteral(base)}`]),
    `schemes: ${objectLine(securitySchemes.flatMap((scheme) => printScheme(scheme, shared)))}`,
  ];
  const lines = members.map((member) => `  ${member},\n`).join("");
  return `/** What all operations share. */\nexport const api: ApiDescriptor = {\n${lines}};`;
}

/** Without codes, the message is what a client can tell. */
function layoutPaths(layout: ErrorLayout | undefined): JsonObject | undefined {
  return layout?.message === undefined ? undefined : { message: layout.message };
}

function envelopePaths({ code, message, details }: ErrorEnvelope): JsonObject {
  return {
    code,
    ...(message === undefined ? {} : { message }),
    ...(details === undefined ? {} : { details }),
  };
}

function printScheme(scheme: SecurityScheme, shared: SharedConstants): string[] {
  const place = placementOf(scheme);
  if (place === undefined) return [];
  const helper = shared.helper(place.helper);
  const text = place.name === undefined ? helper : `/* @__PURE__ */ ${helper}(${stringLiteral(place.name)})`;
  return [`${propertyKey(scheme.name)}: ${text}`];
}

/** A server that a client can be sent to without knowing where the document was found. */
export function absoluteServer(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/[^/{}]+[^{}]*$/.test(url) ? url : undefined;
}

function printDescriptor(
  model: ApiModel,
  { operation, group, name, constant }: NamedOperation,
  guards: Guards,
  shared: SharedConstants,
): string {
  const { successes } = sortResponses(operation);
  const head = operation.method === "head";
  const ok = Object.fromEntries(
    successes.map((response) => [response.status, head ? "none" : responseKind(response)]),
  );
  const checks = responseChecksOf(operation, guards, shared);
  const members: Member[] = [
    ["id", stringLiteral(operation.id)],
    ["method", stringLiteral(operation.method.toUpperCase())],
    ["path", stringLiteral(operation.path)],
    ["group", stringLiteral(group)],
    ["name", stringLiteral(name)],
    ["codes", codesOf(model, operation, guards, shared)],
    ["checks", checks],
    ["ok", shared.constant("ok", "Readonly<Record<string, BodyKind>>", jsonLiteral(ok))],
    ...sendingMembers(model, operation, shared),
  ];
  const lines = members.map(([key, text]) => (text === undefined ? "" : `  ${key}: ${text},\n`)).join("");
  return `export const ${constant}: OperationDescriptor<${stringLiteral(operation.id)}> = {\n${lines}};`;
}

type Member = readonly [key: string, text: string | undefined];

/** How a request is made; members that have nothing to say are `undefined`. */
function sendingMembers(model: ApiModel, operation: Operation, shared: SharedConstants): Member[] {
  const { requestBody } = operation;
  const body =
    requestBody === undefined || requestBody.content.length === 0
      ? undefined
      : shared.constant("body", "readonly RequestForm[]", requestForms(requestBody, shared));
  const security = operation.security.map(({ schemes }) => schemes.map(({ scheme }) => scheme));
  return [
    ["key", operation.idempotencyKey === "none" ? undefined : "true"],
    ["accept", acceptOf(operation, shared)],
    ["baseUrl", ownServer(model, operation)],
    ["body", body],
    ["query", queryOf(operation, shared)],
    ["pathStyles", valueStyles(operation, "path", shared)],
    ["headerStyles", valueStyles(operation, "header", shared)],
    [
      "cookies",
      operation.parameters.some((one) => one.in === "cookie") ? shared.helper("cookieHeader") : undefined,
    ],
    [
      "security",
      security.length === 0
        ? undefined
        : shared.constant("security", "readonly (readonly string[])[]", jsonLiteral(security)),
    ],
    ["pages", pagesOf(operation, shared)],
    ["items", itemsOf(model.document, sortResponses(operation).successes, shared)],
  ];
}

/** Media types of the responses, successes first; none where it is the runtime's default. */
function acceptOf(operation: Operation, shared: SharedConstants): string | undefined {
  const { successes } = sortResponses(operation);
  const others = operation.responses.filter((response) => !successes.includes(response));
  const types = [...successes, ...others].flatMap(({ content }) => content.map(({ mediaType }) => mediaType));
  const accept = [...new Set(types)].join(", ");
  if (accept === "application/json") return undefined;
  return shared.constant("accept", "string", stringLiteral(accept));
}

/** A relative server is taken as relative to that of the document. */
function ownServer(model: ApiModel, { servers }: Operation): string | undefined {
  const [own] = servers ?? [];
  if (own === undefined) return undefined;
  const base = absoluteServer(model.servers[0]?.defaultUrl);
  const url = URL.canParse(own.defaultUrl, base) ? new URL(own.defaultUrl, base).href : own.defaultUrl;
  const absolute = absoluteServer(url);
  return absolute === undefined ? undefined : stringLiteral(absolute);
}
