/** The types of what operations take and return, in the shape that users of openapi-typescript know. */
import { compareText, isObject, type JsonObject } from "../../json/json.ts";
import { pointerTokens } from "../../json/pointer.ts";
import type {
  Header,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
} from "../../model/api-model.ts";
import { memberName, stringLiteral } from "../../print/literal.ts";
import type { Declarations, View } from "./declarations.ts";
import { proseOf, printComment, docComment } from "./doc-comment.ts";
import { indentation, printType } from "./print-type.ts";
import type { TypeSettings } from "../type-settings.ts";

const places = ["query", "header", "path", "cookie"] as const;

/** The views of a message that is sent to the API, or by it. */
export interface Views {
  readonly request: View;
  readonly response: View;
}

export class MessagePrinter {
  readonly #declarations: Declarations;
  readonly #settings: TypeSettings;

  constructor(declarations: Declarations, settings: TypeSettings) {
    this.#declarations = declarations;
    this.#settings = settings;
  }

  /** `{ parameters: …; requestBody?: …; responses: … }`. */
  operation(operation: Operation, views: Views, indent: string): string {
    const inner = indent + indentation;
    const { requestBody, responses, parameters } = operation;
    const body =
      requestBody === undefined
        ? "requestBody?: never"
        : `requestBody${requestBody.required ? "" : "?"}: ${this.#requestBody(requestBody, views.request, inner)}`;
    return [
      `{\n${inner}parameters: ${this.parameters(parameters, views.request, inner)};\n`,
      `${inner}${body};\n`,
      `${inner}responses: ${this.#responses(responses, views.response, inner)};\n${indent}}`,
    ].join("");
  }

  parameters(all: readonly Parameter[], view: View, indent: string): string {
    const inner = indent + indentation;
    const shown = this.#settings.excludeDeprecated ? all.filter(({ deprecated }) => !deprecated) : all;
    const lines = places.map((place) => {
      const own = shown.filter((parameter) => parameter.in === place);
      if (own.length === 0) return `${inner}${place}?: never;\n`;
      const optional = own.every(({ required }) => !required) ? "?" : "";
      const members = this.#sorted(own).map((parameter) =>
        this.#parameter(parameter, view, inner + indentation),
      );
      return `${inner}${place}${optional}: {\n${members.join("")}${inner}};\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }

  #parameter(parameter: Parameter, view: View, indent: string): string {
    const { name, required, description, deprecated, schema } = parameter;
    const described: JsonObject = {
      ...(isObject(schema) ? schema : {}),
      ...(description === undefined ? {} : { description }),
      ...(deprecated ? { deprecated } : {}),
    };
    const isFilled = this.#settings.defaultNonNullable && described["default"] !== undefined;
    return `${docComment(described, indent)}${indent}${this.#readonly}${memberName(name)}${required || isFilled ? "" : "?"}: ${this.value(parameter, view, indent)};\n`;
  }

  /** The type of a parameter's or header's value. */
  value(
    { schema, schemaPointer }: Pick<Parameter, "schema" | "schemaPointer">,
    view: View,
    indent: string,
  ): string {
    return printType(this.#declarations.typeOf(schema, schemaPointer, view), this.#settings, indent);
  }

  #requestBody(body: RequestBody, view: View, indent: string): string {
    const name = componentName(body.pointer, "requestBodies");
    if (name !== undefined) return `components["requestBodies"][${stringLiteral(name)}]`;
    return this.requestBody(body, view, indent);
  }

  requestBody({ content }: RequestBody, view: View, indent: string): string {
    return `{\n${this.#content(content, view, indent + indentation)}${indent}}`;
  }

  #responses(responses: readonly Response[], view: View, indent: string): string {
    if (responses.length === 0) return "never";
    const inner = indent + indentation;
    const lines = responses.map((response) => {
      const name = componentName(response.pointer, "responses");
      const type =
        name === undefined
          ? this.response(response, view, inner)
          : `components["responses"][${stringLiteral(name)}]`;
      const status = /^\d{3}$/.test(response.status) ? response.status : memberName(response.status);
      return `${printComment(proseOf({ description: response.description }), inner)}${inner}${status}: ${type};\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }

  response({ headers, content }: Pick<Response, "headers" | "content">, view: View, indent: string): string {
    const inner = indent + indentation;
    const fields = headers.map((header) => this.#header(header, view, inner + indentation));
    const body = content.length === 0 ? `${inner}content?: never;\n` : this.#content(content, view, inner);
    return `{\n${inner}headers: {\n${fields.join("")}${inner}${indentation}[name: string]: unknown;\n${inner}};\n${body}${indent}}`;
  }

  #header(header: Header, view: View, indent: string): string {
    const { name, required, description } = header;
    const comment = printComment(proseOf(description === undefined ? {} : { description }), indent);
    return `${comment}${indent}${this.#readonly}${memberName(name)}${required ? "" : "?"}: ${this.value(header, view, indent)};\n`;
  }

  #content(content: readonly MediaType[], view: View, indent: string): string {
    if (content.length === 0) return `${indent}content?: never;\n`;
    const inner = indent + indentation;
    const lines = content.map(
      (media) => `${inner}${memberName(mediaKey(media))}: ${this.#body(media, view, inner)};\n`,
    );
    return `${indent}content: {\n${lines.join("")}${indent}};\n`;
  }

  /** A sequence is a list of its items (OpenAPI 3.2 §4.14.2). */
  #body(
    { schema, schemaPointer, itemSchema, itemSchemaPointer }: MediaType,
    view: View,
    indent: string,
  ): string {
    if (schema !== undefined && schemaPointer !== undefined)
      return this.value({ schema, schemaPointer }, view, indent);
    if (itemSchema === undefined || itemSchemaPointer === undefined) return "unknown";
    const rest = this.#declarations.typeOf(itemSchema, itemSchemaPointer, view);
    return printType({ kind: "list", leading: [], least: 0, rest }, this.#settings, indent);
  }

  get #readonly(): string {
    return this.#settings.immutable ? "readonly " : "";
  }

  #sorted<Named extends { readonly name: string }>(all: readonly Named[]): readonly Named[] {
    return this.#settings.alphabetize ? [...all].sort((a, b) => compareText(a.name, b.name)) : all;
  }
}

/** The name of what stands in this section of `components`; `undefined` for what stands elsewhere. */
function componentName(pointer: string, section: string): string | undefined {
  const [components, room, name, ...rest] = pointerTokens(pointer);
  return components === "components" && room === section && rest.length === 0 ? name : undefined;
}

/** The media type as the document spells it. */
function mediaKey({ pointer, mediaType }: MediaType): string {
  const tokens = pointerTokens(pointer);
  return tokens.at(-2) === "content" ? (tokens.at(-1) ?? mediaType) : mediaType;
}
