/** The contract as data: what the pipeline knows about the API at run time. */
import type { ErrorLayout } from "../../contract/error-layout.ts";
import { bareType } from "../../validator-library/http/media-type.ts";
import { asArray, asObject, isObject, type JsonObject } from "../../json/json.ts";
import { followRefs, resolvePointer } from "../../json/pointer.ts";
import { errorPageUrl } from "../../model/error-page.ts";
import type { ApiModel, ErrorCode, SecurityScheme } from "../../model/api-model.ts";
import { constant, objectLiteral } from "../../print/declarations.ts";
import { jsonLines, propertyKey, stringLiteral } from "../../print/literal.ts";
import { basePath, prefixOf } from "./base-path.ts";
import type { ServerOperation } from "./describe.ts";

/** A compiler would unite the types of all entries of a list, and gives up at a thousand; a call gives each the same type. */
const entryOf = `
function entry(operation: ApiContract["operations"][number]): ApiContract["operations"][number] {
  return operation;
}`;

/** `const contract: ApiContract`, and before it what its entries are made with. */
export function contractStatement(model: ApiModel, operations: readonly ServerOperation[]): string {
  const { info, errors } = model;
  const envelope = envelopeValue(model);
  const base = basePath(model);
  const members = [
    `title: ${stringLiteral(info.title)}`,
    `version: ${stringLiteral(info.version)}`,
    `basePath: ${stringLiteral(base)}`,
    `securitySchemes: ${byName(model.securitySchemes.map((scheme) => [scheme.name, schemeValue(scheme)]))}`,
    ...(envelope === undefined ? [] : [`envelope: ${jsonLines(envelope, "  ")}`]),
    ...(errors.layout === undefined ? [] : [`layout: ${jsonLines(layoutValue(model, errors.layout), "  ")}`]),
    `codes: ${byName(errors.codes.map((code) => [code.code, codeValue(model, code)]))}`,
    `operations: [${operations.map((operation) => `\n    entry(${operationValue(operation, prefixOf(model, operation.operation, base))}),`).join("")}\n  ]`,
  ];
  const contract = constant("contract", objectLiteral(members), {
    type: "ApiContract",
    doc: "What the document says, for the server kit.",
  });
  return operations.length === 0 ? contract : `${entryOf}\n${contract}`;
}

function byName(entries: readonly (readonly [name: string, value: JsonObject])[]): string {
  if (entries.length === 0) return "{}";
  const members = entries.map(([name, value]) => `\n    ${propertyKey(name)}: ${jsonLines(value, "    ")},`);
  return `{${members.join("")}\n  }`;
}

function schemeValue({ type, parameterName, scheme, ...rest }: SecurityScheme): JsonObject {
  return {
    type,
    ...(rest.in === undefined ? {} : { in: rest.in }),
    ...(parameterName === undefined ? {} : { name: parameterName }),
    ...(scheme === undefined ? {} : { scheme }),
  };
}

function codeValue({ info }: ApiModel, code: ErrorCode): JsonObject {
  const { title, message, details, retry, raisedBy, statuses } = code;
  const docUrl = errorPageUrl(info, code.code);
  return {
    status: statusNumber(statuses[0] ?? "default"),
    title,
    message: message ?? title,
    details: details === undefined ? "none" : details.required ? "required" : "optional",
    ...(retry === undefined ? {} : { retry }),
    raisedBy,
    ...(docUrl === undefined ? {} : { docUrl }),
  };
}

/** A class or `default` names no single status: the plainest one that it covers. */
function statusNumber(status: string): number {
  if (/^\d{3}$/.test(status)) return Number(status);
  return status.startsWith("4") ? 400 : 500;
}

function envelopeValue({ errors, document }: ApiModel): JsonObject | undefined {
  const { envelope } = errors;
  if (envelope === undefined) return undefined;
  const { code, message, details, status, mediaType, schema, shape, issues } = envelope;
  const has = (name: string): boolean =>
    shape === "problem" && schema !== undefined && declares(document, schema, name);
  return {
    code,
    ...(message === undefined ? {} : { message }),
    ...(details === undefined ? {} : { details }),
    ...(status === undefined ? {} : { status }),
    // Codes are read off JSON, so that is what a response under a range is.
    mediaType: mediaType.includes("*") ? "application/json" : mediaType,
    ...(has("title") ? { title: ["title"] } : {}),
    ...(has("type") ? { type: ["type"] } : {}),
    ...(issues === undefined ? {} : { issues: { ...issues } }),
  };
}

/** The shape of errors whose status is the code, with the members of RFC 9457 that its schema has. */
function layoutValue({ document }: ApiModel, { schema, issues, ...layout }: ErrorLayout): JsonObject {
  const problem = isProblemType(layout.mediaType);
  const has = (name: string): boolean => problem && declares(document, schema, name);
  return {
    ...layout,
    ...(has("title") && layout.message?.[0] !== "title" ? { title: ["title"] } : {}),
    ...(has("type") ? { type: ["type"] } : {}),
    ...(issues === undefined ? {} : { issues: { ...issues } }),
  };
}

function isProblemType(mediaType: string): boolean {
  return bareType(mediaType) === "application/problem+json";
}

/** True if the object schema at `pointer` has the property, itself or through `allOf`. */
function declares(document: JsonObject, pointer: string, name: string, depth = 0): boolean {
  const { value } = followRefs(document, resolvePointer(document, pointer), pointer);
  if (!isObject(value) || depth > 8) return false;
  if (Object.hasOwn(asObject(value["properties"]), name)) return true;
  return asArray(value["allOf"]).some((_, index) =>
    declares(document, `${pointer}/allOf/${String(index)}`, name, depth + 1),
  );
}

function operationValue({ operation, group, handler }: ServerOperation, prefix: string): string {
  const { id, method, path, security, idempotencyKey, parameters, errors, identifier } = operation;
  const headers = parameters.filter((one) => one.in === "header").map(({ name }) => name.toLowerCase());
  const data: JsonObject = {
    id,
    group,
    handler,
    method: method.toUpperCase(),
    path,
    ...(prefix === "" ? {} : { prefix }),
    security: security.map(({ schemes }) => schemes.map(({ scheme, scopes }) => ({ scheme, scopes }))),
    idempotencyKey,
    parameters: parameters.length > 0,
    ...(headers.length === 0 ? {} : { requestHeaders: headers }),
    errors: errors.map(({ code, status, raisedBy }) => ({ code, status, raisedBy })),
  };
  const members = Object.entries(data).map(([name, value]) => `${name}: ${jsonLines(value, "      ")}`);
  const all = [
    ...members,
    `request: validators.${identifier}Request`,
    `responses: validators.${identifier}Responses`,
  ];
  return `{${all.map((member) => `\n      ${member},`).join("")}\n    }`;
}
