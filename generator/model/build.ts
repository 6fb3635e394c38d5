/** Compiles the expanded document into the `ApiModel`. */
import { append } from "../json/append.ts";
import { defaultReading, type Reading } from "../openapi/reading.ts";
import { httpMethods } from "../openapi/structure.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { distinctNames } from "../json/distinct-names.ts";
import { pascalCase } from "../json/identifier.ts";
import { asText, asArray, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { ApiInfo, ApiModel, ApiTag, NamedSchema, Operation } from "./api-model.ts";
import { buildErrorContract } from "./error-contract.ts";
import { freezeModel } from "./freeze.ts";
import { OperationBuilder } from "./operation.ts";
import { buildSecuritySchemes } from "./security.ts";
import { buildServers } from "./servers.ts";
import { optionalText } from "./text.ts";
import { undeclaredRefusals, type UndeclaredRefusals } from "./undeclared-refusals.ts";

export interface ModelReport {
  readonly operations: number;
  readonly schemas: number;
  readonly errorCodes: number;
  readonly errorOrigin: "catalogue" | "inferred" | "none";
  /** Refusals that a server has no declared response for. */
  readonly undeclared: readonly UndeclaredRefusals[];
}

export interface BuildResult {
  readonly model: ApiModel;
  readonly findings: readonly Finding[];
  readonly report: ModelReport;
}

/** Pure: the same document gives an equal, deeply frozen model. `document` is OpenAPI 3.1 or 3.2 with local references only. */
export function buildModel(
  document: JsonObject,
  { formats, numbers }: Reading = defaultReading,
): BuildResult {
  const findings: Finding[] = [];
  const operations = buildOperations(document, "paths", findings);
  const { contract, operationErrors } = buildErrorContract(document, operations);
  const model: ApiModel = {
    info: buildInfo(document),
    servers: buildServers(document["servers"]),
    tags: asArray(document["tags"]).flatMap(buildTag),
    operations: operations.map((operation) => ({
      ...operation,
      errors: operationErrors.get(operation.id) ?? [],
    })),
    webhooks: buildOperations(document, "webhooks", findings),
    schemas: buildSchemas(document),
    securitySchemes: buildSecuritySchemes(document),
    errors: contract,
    document,
    formats,
    numbers,
  };
  const report: ModelReport = {
    operations: model.operations.length,
    schemas: model.schemas.length,
    errorCodes: contract.codes.length,
    errorOrigin: contract.origin,
    undeclared: undeclaredRefusals(model.operations),
  };
  return { model: freezeModel(model), findings, report };
}

function buildOperations(document: JsonObject, room: "paths" | "webhooks", findings: Finding[]): Operation[] {
  const builder = new OperationBuilder(document);
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(asObject(document[room]))) {
    if (path.startsWith("x-")) continue;
    const { value: pathItem, pointer } = followRefs(document, item, joinPointer(`/${room}`, path));
    if (!isObject(pathItem)) continue;
    if (pathItem["additionalOperations"] !== undefined) findings.push(unsupportedMethod(pointer, path));
    for (const method of httpMethods) {
      const operation = pathItem[method];
      if (!isObject(operation)) continue;
      if (method === "query") findings.push(unsupportedMethod(joinPointer(pointer, method), path));
      else operations.push(builder.build({ path, method, pathItem, operation, pointer }));
    }
  }
  append(findings, builder.findings.values());
  return withDistinctIdentifiers(operations);
}

function withDistinctIdentifiers(operations: readonly Operation[]): Operation[] {
  const requests = operations.map(({ id, identifier, chosenName }) => {
    return {
      name: identifier,
      origin: id,
      priority: chosenName === undefined ? Number(identifier === id) : 2,
    };
  });
  const identifiers = distinctNames(requests);
  return operations.map((operation, index) => ({
    ...operation,
    identifier: identifiers[index] ?? operation.identifier,
  }));
}

function unsupportedMethod(pointer: string, path: string): Finding {
  return {
    code: "lockstep/method-unsupported",
    message: `\`${path}\` has an operation with a method that is not supported; it is left out.`,
    pointer,
  };
}

function buildInfo(document: JsonObject): ApiInfo {
  const info = asObject(document["info"]);
  const external = asObject(document["externalDocs"]);
  return {
    title: asText(info["title"], "API"),
    version: asText(info["version"], "0"),
    ...optionalText(info, "summary"),
    ...optionalText(info, "description"),
    ...optionalText(external, "docsUrl", "url"),
  };
}

function buildTag(tag: Json): ApiTag[] {
  if (!isObject(tag) || typeof tag["name"] !== "string") return [];
  return [{ name: tag["name"], ...optionalText(tag, "description") }];
}

function buildSchemas(document: JsonObject): NamedSchema[] {
  const components = asObject(document["components"]);
  const schemas = Object.entries(asObject(components["schemas"])).flatMap(([name, schema]) =>
    isObject(schema) || typeof schema === "boolean" ? [{ name, schema }] : [],
  );
  const identifiers = distinctNames(schemas.map(({ name }) => ({ name: pascalCase(name), origin: name })));
  return schemas.map(({ name, schema }, index) => {
    const pointer = joinPointer("/components/schemas", name);
    return { name, identifier: identifiers[index] ?? pascalCase(name), pointer, schema };
  });
}
