/** Builds the operations, all but their errors, which need the whole document. */
import { chosenNameOf, idempotencyKeyOf, securityOf } from "../contract/facts.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import { camelCase, pascalCase } from "../json/identifier.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { HttpMethod, Operation, Parameter, RequestBody, Response } from "./api-model.ts";
import { buildContent } from "./media-type.ts";
import { readNextPage } from "./next-page.ts";
import { buildHeader, buildParameter } from "./parameter.ts";
import { buildRequirement } from "./security.ts";
import { buildServers } from "./servers.ts";
import { optionalText } from "./text.ts";

interface OperationSource {
  readonly path: string;
  readonly method: HttpMethod;
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
  /** Of the path item. */
  readonly pointer: string;
}

/** OpenAPI 3.1.1 §4.8.12.2.1: these three are described elsewhere, a parameter of that name is ignored. */
const ignoredHeaders: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

export class OperationBuilder {
  /** What had to be left out, by place: parameters of a path are met once for each of its operations. */
  readonly findings = new Map<string, Finding>();
  readonly #document: JsonObject;
  readonly #uniqueId = new Set<string>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  build(source: OperationSource): Operation {
    const { path, method, operation } = source;
    const pointer = joinPointer(source.pointer, method);
    const parameters = this.#parameters(source);
    const requestBody = this.#requestBody(operation["requestBody"], joinPointer(pointer, "requestBody"));
    const raw = this.#rawParameters(source).map(({ value }) => value);
    const names = this.#names(source);
    const responses = this.#responses(operation["responses"], joinPointer(pointer, "responses"));
    const paged = { id: names.id, method, parameters, responses };
    const nextPage = readNextPage(this.#document, paged, operation["responses"]);
    return {
      ...names,
      method,
      path,
      pointer,
      tags: asArray(operation["tags"]).filter((tag) => typeof tag === "string"),
      ...optionalText(operation, "summary"),
      ...optionalText(operation, "description"),
      deprecated: operation["deprecated"] === true,
      ...this.#servers(source),
      parameters,
      ...(requestBody === undefined ? {} : { requestBody }),
      responses,
      security: securityOf(this.#document, operation).map(buildRequirement),
      idempotencyKey: idempotencyKeyOf(operation, raw),
      ...(nextPage === undefined ? {} : { nextPage }),
      errors: [],
    };
  }

  /** Those of the operation, else those of its path. */
  #servers({ operation, pathItem }: OperationSource): Pick<Operation, "servers"> {
    const own = buildServers(operation["servers"] ?? pathItem["servers"]);
    return own.length === 0 ? {} : { servers: own };
  }

  #names({
    path,
    method,
    operation,
  }: OperationSource): Pick<Operation, "id" | "named" | "identifier" | "chosenName"> {
    const { operationId } = operation;
    const named = typeof operationId === "string" && operationId !== "" && !this.#uniqueId.has(operationId);
    const id = named ? operationId : `${method} ${path}`;
    this.#uniqueId.add(id);
    const chosenName = chosenNameOf(operation);
    const identifier = chosenName ?? camelCase(named ? operationId : nameFromPath(method, path));
    return { id, named, identifier, ...(chosenName === undefined ? {} : { chosenName }) };
  }

  #rawParameters({ pathItem, operation, pointer, method }: OperationSource): RawParameter[] {
    const read = (owner: JsonObject, at: string): RawParameter[] =>
      asArray(owner["parameters"]).flatMap((entry, index) => {
        const resolved = followRefs(this.#document, entry, joinPointer(at, "parameters", index));
        return isObject(resolved.value) ? [{ value: resolved.value, pointer: resolved.pointer }] : [];
      });
    return [...read(pathItem, pointer), ...read(operation, joinPointer(pointer, method))];
  }

  /** Parameters of the operation override those of the path with the same name and place (§4.8.9.1). */
  #parameters(source: OperationSource): Parameter[] {
    const byKey = new Map<string, Parameter>();
    for (const { value, pointer } of this.#rawParameters(source)) {
      const parameter = buildParameter(this.#document, value, pointer);
      if (parameter === undefined) {
        if (value["in"] === "querystring") this.findings.set(pointer, unreadPlace(value["name"], pointer));
        continue;
      }
      const header = parameter.in === "header";
      if (header && ignoredHeaders.has(parameter.name.toLowerCase())) continue;
      byKey.set(`${parameter.in} ${header ? parameter.name.toLowerCase() : parameter.name}`, parameter);
    }
    return [...byKey.values()];
  }

  #requestBody(value: Json | undefined, at: string): RequestBody | undefined {
    const { value: body, pointer } = followRefs(this.#document, value, at);
    if (!isObject(body)) return undefined;
    return {
      required: body["required"] === true,
      ...optionalText(body, "description"),
      pointer,
      content: buildContent(this.#document, body["content"], joinPointer(pointer, "content")),
    };
  }

  #responses(value: Json | undefined, at: string): Response[] {
    return Object.entries(asObject(value)).flatMap(([status, entry]) => {
      const { value: response, pointer } = followRefs(this.#document, entry, joinPointer(at, status));
      if (status.startsWith("x-") || !isObject(response)) return [];
      const headers = asObject(response["headers"]);
      return [
        {
          status,
          pointer,
          description: typeof response["description"] === "string" ? response["description"] : "",
          headers: Object.entries(headers).flatMap(([name, header]) =>
            buildHeader(this.#document, name, header, joinPointer(pointer, "headers", name)),
          ),
          content: buildContent(this.#document, response["content"], joinPointer(pointer, "content")),
        },
      ];
    });
  }
}

interface RawParameter {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** `get /broadcasts/{id}/stats` → `getBroadcastsByIdStats`. */
function nameFromPath(method: string, path: string): string {
  const words = path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => segment.replace(/\{([^{}]*)\}/g, " by $1 "));
  return method + words.map((segment) => pascalCase(segment)).join("");
}

/** OpenAPI 3.2 §4.12.1: a parameter that stands for the whole query string. */
function unreadPlace(name: Json | undefined, pointer: string): Finding {
  return {
    code: "lockstep/parameter-place",
    message: `The parameter \`${typeof name === "string" ? name : ""}\` is in \`querystring\`, which nothing reads; it is left out.`,
    pointer,
  };
}
