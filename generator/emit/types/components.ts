/** `components`: every section with its entries; `schemas` refers to the named types. */
import { asObject, compareText, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { followRefs, joinPointer } from "../../json/pointer.ts";
import type { ApiModel } from "../../model/api-model.ts";
import { buildContent } from "../../model/media-type.ts";
import { buildHeader, buildParameter } from "../../model/parameter.ts";
import { memberName } from "../../print/literal.ts";
import type { Declarations } from "./declarations.ts";
import { printComment, proseOf } from "./doc-comment.ts";
import type { MessagePrinter } from "./messages.ts";
import { indentation } from "./print-type.ts";
import type { TypeSettings } from "../type-settings.ts";

type Entry = (value: JsonObject, pointer: string, indent: string) => string | undefined;

const inner = indentation.repeat(2);

export class ComponentPrinter {
  readonly #model: ApiModel;
  readonly #declarations: Declarations;
  readonly #messages: MessagePrinter;
  readonly #settings: TypeSettings;

  constructor(model: ApiModel, declarations: Declarations, messages: MessagePrinter, settings: TypeSettings) {
    this.#model = model;
    this.#declarations = declarations;
    this.#messages = messages;
    this.#settings = settings;
  }

  print(): string {
    const { document } = this.#model;
    if (document["components"] === undefined) return "export type components = { [name: string]: never };\n";
    const sections = [
      this.#schemas(),
      this.#section("responses", (response, pointer, indent) => {
        const headers = Object.entries(asObject(response["headers"])).flatMap(([name, header]) =>
          buildHeader(document, name, header, joinPointer(pointer, "headers", name)),
        );
        const content = buildContent(document, response["content"], joinPointer(pointer, "content"));
        return this.#messages.response({ headers, content }, "response", indent);
      }),
      this.#section("parameters", (parameter, pointer, indent) => {
        const built = buildParameter(document, parameter, pointer);
        return built === undefined ? undefined : this.#messages.value(built, "request", indent);
      }),
      this.#section("requestBodies", (body, pointer, indent) => {
        const content = buildContent(document, body["content"], joinPointer(pointer, "content"));
        return this.#messages.requestBody({ required: true, pointer, content }, "request", indent);
      }),
      this.#section("headers", (header, pointer, indent) => {
        const [built] = buildHeader(document, "header", header, pointer);
        return built === undefined ? undefined : this.#messages.value(built, "response", indent);
      }),
      `${indentation}pathItems: never;\n`,
    ];
    return `export interface components {\n${sections.join("")}}\n`;
  }

  #schemas(): string {
    const named = this.#sorted(this.#model.schemas.map((one) => [one.name, one] as const));
    const lines = named.map(
      ([name, one]) => `${inner}${memberName(name)}: ${this.#declarations.nameOfNamed(one, "response")};\n`,
    );
    return printSection("schemas", lines);
  }

  #section(name: string, print: Entry): string {
    const entries = asObject(asObject(this.#model.document["components"])[name]);
    const lines = this.#sorted(Object.entries(entries)).flatMap(([key, entry]: readonly [string, Json]) => {
      const at = joinPointer("/components", name, key);
      const { value, pointer } = followRefs(this.#model.document, entry, at);
      const text = isObject(value) ? print(value, pointer, inner) : undefined;
      if (!isObject(value) || text === undefined) return [];
      return [`${printComment(proseOf(value), inner)}${inner}${memberName(key)}: ${text};\n`];
    });
    return printSection(name, lines);
  }

  #sorted<Entries extends readonly [string, unknown]>(entries: readonly Entries[]): readonly Entries[] {
    return this.#settings.alphabetize ? [...entries].sort(([a], [b]) => compareText(a, b)) : entries;
  }
}

function printSection(name: string, lines: readonly string[]): string {
  return lines.length === 0
    ? `${indentation}${name}: never;\n`
    : `${indentation}${name}: {\n${lines.join("")}${indentation}};\n`;
}
