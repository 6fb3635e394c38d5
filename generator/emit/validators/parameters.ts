/** Prints the contracts of parameters, headers and form fields: how each is read, and what checks it. */
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { isObject, type JsonObject } from "../../json/json.ts";
import { joinPointer } from "../../json/pointer.ts";
import type {
  Header,
  JsonSchema,
  Parameter,
  ParameterLocation,
  ParameterStyle,
  Pointer,
} from "../../model/api-model.ts";
import { jsonLiteral, stringLiteral } from "../../print/literal.ts";
import type { Compiler } from "../../schema/compile/compiler.ts";
import type { Direction } from "../../schema/analyse/scope.ts";
import type { Unit } from "../../schema/code/steps.ts";
import type { LibrarySymbol } from "../../validator-library/print-library.ts";
import { isJsonType } from "../../validator-library/http/media-type.ts";
import type { OperationsFile } from "./operations-file.ts";
import { contradicts, defaultOf } from "./parameters-default.ts";
import { printJsonShape, printShape, type ShapeFacts, type ShapeReader } from "./parameters-shape.ts";

/** The library's readers of the styles. */
export type ReaderName = Extract<
  LibrarySymbol,
  | "simple"
  | "simpleExploded"
  | "label"
  | "labelExploded"
  | "matrix"
  | "matrixExploded"
  | "form"
  | "formExploded"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject"
  | "cookieForm"
  | "cookie"
  | "cookieExploded"
  | "whole"
  | "json"
  | "jsonItems"
>;

/** What a contract is printed from; a header is a parameter of style `simple` (OpenAPI 3.1.2 §4.8.21). */
export interface ParameterInput {
  readonly name: string;
  readonly reader: ReaderName;
  readonly required: boolean;
  readonly allowEmptyValue: boolean;
  readonly allowReserved: boolean;
  readonly schema: JsonSchema;
  readonly schemaPointer: Pointer;
  readonly direction: Direction;
}

export class ParameterPrinter {
  /** By code and place: a parameter is met once for each operation that has it. */
  readonly #findings = new Map<string, Finding>();
  readonly #compiler: Compiler;
  readonly #document: JsonObject;
  readonly #shapes: ShapeReader;
  readonly #same = new WeakMap<OperationsFile, Map<string, { schema: JsonSchema; pointer: Pointer }>>();

  constructor(document: JsonObject, compiler: Compiler, shapes: ShapeReader) {
    this.#document = document;
    this.#compiler = compiler;
    this.#shapes = shapes;
  }

  /**
   * Compiles what the contract needs now, and gives a function that prints it later.
   *
   * @param wish for the names of functions, PascalCase
   */
  contract(file: OperationsFile, wish: string, input: ParameterInput): () => string {
    const { name, reader, schema } = input;
    const facts = this.#shapes.read(schema);
    const unit = this.#unit(file, wish, input);
    const fallback = input.required ? undefined : this.#fallback(input);
    return () => {
      if (unit !== undefined) this.#compiler.report(unit);
      const members = [
        `name: ${stringLiteral(name)}`,
        `read: ${file.use("parameters", reader)}`,
        `shape: ${reader === "json" ? printJsonShape(facts) : printShape(facts)}`,
        ...(input.required ? ["required: true"] : []),
        ...(fallback === undefined ? [] : [`fallback: ${jsonLiteral(fallback)}`]),
        ...(input.allowEmptyValue ? ["allowEmpty: true"] : []),
        ...(input.allowReserved ? ["reserved: true"] : []),
        ...(unit === undefined ? [] : file.ok(unit)),
      ];
      return `{ ${members.join(", ")} }`;
    };
  }

  /** Equal small schemas in one file share a function; those that reading proves need none. */
  #unit(
    file: OperationsFile,
    wish: string,
    { reader, schema, schemaPointer, direction }: ParameterInput,
  ): Unit | undefined {
    if (isObject(schema) && reader !== "json" && isProvenByReading(schema)) return undefined;
    if (schema === true) return undefined;
    const same = this.#same.get(file) ?? new Map<string, { schema: JsonSchema; pointer: Pointer }>();
    this.#same.set(file, same);
    const key = `${direction} ${JSON.stringify(schema)}`;
    const first = same.get(key) ?? { schema, pointer: schemaPointer };
    same.set(key, first);
    return this.#compiler.add(file.module, wish, first.schema, first.pointer, direction);
  }

  #fallback({ name, schema, schemaPointer }: ParameterInput): ReturnType<typeof defaultOf> {
    const value = defaultOf(this.#document, schema);
    if (value === undefined || !contradicts(this.#document, schema, value)) return value;
    const isOwn = isObject(schema) && schema["default"] !== undefined;
    this.#note({
      code: "lockstep/default-invalid",
      pointer: isOwn ? joinPointer(schemaPointer, "default") : schemaPointer,
      message: `The default of ${stringLiteral(name)} does not match its schema, so it is not filled in.`,
    });
    return undefined;
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()];
  }

  #note(finding: Finding): void {
    this.#findings.set(`${finding.code} ${finding.pointer}`, finding);
  }

  /** The reader of a parameter, and a finding where its place lacks its style or its content is none that can be decoded. */
  readerOf(parameter: Parameter | Header): ReaderName {
    const { content } = parameter;
    if (content === undefined) {
      if (!("in" in parameter)) return simple(parameter.explode);
      this.#noteStyle(parameter);
      return styleReader(parameter);
    }
    if (isJsonType(content)) return "json";
    if (!content.startsWith("text/")) {
      this.#note({
        code: "lockstep/parameter-unchecked",
        pointer: parameter.pointer,
        message: `The content ${stringLiteral(content)} of ${stringLiteral(parameter.name)} is not decoded; it is taken as a string.`,
      });
    }
    return "whole";
  }

  #noteStyle({ name, in: place, style, pointer }: Parameter): void {
    const [own, ...others] = styles[place];
    if (style === own || others.includes(style)) return;
    this.#note({
      code: "lockstep/parameter-style",
      pointer: joinPointer(pointer, "style"),
      message: `A ${place} parameter cannot have the style ${stringLiteral(style)}, so ${stringLiteral(name)} is read as ${stringLiteral(own)}.`,
      fix: `Use ${[own, ...others].map((known) => `\`${known}\``).join(" or ")}.`,
    });
  }
}

/** OpenAPI 3.1.2 §4.8.12, table of styles, and 3.2's for cookies; the first of each place is its default. */
const styles: Readonly<Record<ParameterLocation, readonly [ParameterStyle, ...ParameterStyle[]]>> = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  header: ["simple"],
  cookie: ["form", "cookie"],
};

function simple(explode: boolean): ReaderName {
  return explode ? "simpleExploded" : "simple";
}

/** A style that the place does not have is read as the place's own. */
function styleReader({ in: place, style, explode }: Parameter): ReaderName {
  if (place === "header") return simple(explode);
  if (place === "path") {
    if (style === "label") return explode ? "labelExploded" : "label";
    if (style === "matrix") return explode ? "matrixExploded" : "matrix";
    return simple(explode);
  }
  if (place === "cookie") {
    if (style === "cookie") return explode ? "cookieExploded" : "cookie";
    return explode ? "cookieForm" : "form";
  }
  return queryReader(style, explode);
}

/** The reader of a style in a query or a form. `explode` has no meaning for the delimited styles. */
export function queryReader(style: string, explode: boolean): ReaderName {
  if (style === "spaceDelimited" || style === "pipeDelimited") return explode ? "formExploded" : style;
  if (style === "deepObject") return style;
  return explode ? "formExploded" : "form";
}

/** An object that takes members of any name must be read after all others: it takes what they leave. */
export function takesRest(facts: ShapeFacts, reader: ReaderName): boolean {
  return reader === "formExploded" && facts.others !== undefined;
}

const silentKeywords = new Set(["title", "description", "example", "examples", "default", "deprecated"]);

/** True if a value that was read for this schema's shape is always valid. */
function isProvenByReading(schema: JsonObject): boolean {
  const { items } = schema;
  return (
    typeof schema["type"] === "string" &&
    schema["type"] !== "object" &&
    (items === undefined || items === true || (isObject(items) && isProvenByReading(items))) &&
    Object.keys(schema).every(
      (keyword) =>
        keyword === "type" || keyword === "items" || silentKeywords.has(keyword) || keyword.startsWith("x-"),
    )
  );
}
