/** `paths`, `webhooks` and `operations`. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { followRefs, joinPointer } from "../../json/pointer.ts";
import type { ApiModel, Operation, Parameter } from "../../model/api-model.ts";
import { buildParameter } from "../../model/parameter.ts";
import { httpMethods } from "../../openapi/structure.ts";
import { memberName, stringLiteral } from "../../print/literal.ts";
import { printComment, proseOf } from "./doc-comment.ts";
import type { MessagePrinter, Views } from "./messages.ts";
import { indentation } from "./print-type.ts";

/** Callers send requests, the API responds. */
const calls: Views = { request: "request", response: "response" };
/** The API sends the request of a webhook, its receiver responds. */
const notifications: Views = { request: "response", response: "request" };

const methods = httpMethods.filter((method) => method !== "query");

export class PathPrinter {
  readonly #model: ApiModel;
  readonly #messages: MessagePrinter;
  readonly #operations = new Map<string, string>();

  constructor(model: ApiModel, messages: MessagePrinter) {
    this.#model = model;
    this.#messages = messages;
  }

  paths(): string {
    const byPath = new Map<string, Operation[]>();
    for (const operation of this.#model.operations)
      byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
    const items = asObject(this.#model.document["paths"]);
    const lines = Object.entries(items).flatMap(([path, item]) =>
      path.startsWith("x-")
        ? []
        : this.#item(path, item, joinPointer("/paths", path), byPath.get(path) ?? [], calls),
    );
    return printInterface("paths", lines);
  }

  webhooks(): string {
    const lines = Object.entries(asObject(this.#model.document["webhooks"])).flatMap(([name, item]) => {
      if (name.startsWith("x-")) return [];
      const { pointer } = followRefs(this.#model.document, item, joinPointer("/webhooks", name));
      const operations = this.#model.webhooks.filter(({ path }) => path === name);
      return this.#item(name, item, pointer, operations, notifications);
    });
    return printInterface("webhooks", lines);
  }

  /** After `paths`, which finds them. */
  operations(): string {
    const lines = [...this.#operations].map(([id, text]) => `${indentation}${memberName(id)}: ${text};\n`);
    return printInterface("operations", lines);
  }

  #item(name: string, item: Json, at: string, operations: readonly Operation[], views: Views): string[] {
    const { value, pointer } = followRefs(this.#model.document, item, at);
    if (!isObject(value)) return [];
    const inner = indentation.repeat(2);
    const others = operations.filter(({ method }) => method === "query");
    const lines = [
      ...methods.map((method) => operations.find((one) => one.method === method) ?? method),
      ...others,
    ].map((one) =>
      typeof one === "string" ? `${inner}${one}?: never;\n` : this.#operation(one, views, inner),
    );
    const own = this.#ownParameters(value, pointer);
    const parameters = `${inner}parameters: ${this.#messages.parameters(own, views.request, inner)};\n`;
    const comment = printComment(proseOf(value), indentation);
    return [
      `${comment}${indentation}${memberName(name)}: {\n${parameters}${lines.join("")}${indentation}};\n`,
    ];
  }

  #operation(operation: Operation, views: Views, indent: string): string {
    const { id, method, deprecated, named } = operation;
    const comment = printComment(
      [...proseOf(described(operation)), ...(deprecated ? ["@deprecated"] : [])],
      indent,
    );
    const isShared = named && views === calls;
    if (isShared) this.#operations.set(id, this.#messages.operation(operation, views, indentation));
    const type = isShared
      ? `operations[${stringLiteral(id)}]`
      : this.#messages.operation(operation, views, indent);
    return `${comment}${indent}${method}: ${type};\n`;
  }

  #ownParameters(pathItem: JsonObject, pointer: string): Parameter[] {
    const { document } = this.#model;
    return asArray(pathItem["parameters"]).flatMap((entry, i) => {
      const found = followRefs(document, entry, joinPointer(pointer, "parameters", i));
      return isObject(found.value) ? (buildParameter(document, found.value, found.pointer) ?? []) : [];
    });
  }
}

function described({ summary, description }: Operation): JsonObject {
  return {
    ...(summary === undefined ? {} : { summary }),
    ...(description === undefined ? {} : { description }),
  };
}

/** Empty interfaces take everything, so without members it is a type that has none. */
export function printInterface(name: string, lines: readonly string[]): string {
  return lines.length === 0
    ? `export type ${name} = { [name: string]: never };\n`
    : `export interface ${name} {\n${lines.join("")}}\n`;
}
