/** Prints the contracts of bodies: for each media type what checks it, and how a form's fields are read. */
import { pascalCase } from "../../json/identifier.ts";
import { asObject, type Json } from "../../json/json.ts";
import type { MediaType } from "../../model/api-model.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { Compiler } from "../../schema/compile/compiler.ts";
import type { Direction } from "../../schema/analyse/scope.ts";
import { isJsonType } from "../../validator-library/http/media-type.ts";
import type { OperationsFile } from "./operations-file.ts";
import { mediaKind, type UncheckedBodies } from "./operations-media.ts";
import { queryReader, type ReaderName } from "./parameters.ts";
import {
  isArrayLike,
  isObjectLike,
  printJsonShape,
  printShape,
  scalarTypes,
  type ShapeFacts,
  type ShapeReader,
} from "./parameters-shape.ts";

/** A contract of one media type, ready to be printed: JSON needs no members that say how it is read. */
interface MediaText {
  readonly mediaType: string;
  readonly reading: readonly string[];
  readonly ok: string | undefined;
}

function printContract({ mediaType, reading, ok }: MediaText): string {
  const members = [
    `type: ${stringLiteral(mediaType)}`,
    ...reading,
    ...(ok === undefined ? [] : [`ok: ${ok}`]),
  ];
  return `{ ${members.join(", ")} }`;
}

export class BodyPrinter {
  readonly #compiler: Compiler;
  readonly #shapes: ShapeReader;
  readonly #unchecked: UncheckedBodies;

  constructor(compiler: Compiler, shapes: ShapeReader, unchecked: UncheckedBodies) {
    this.#compiler = compiler;
    this.#shapes = shapes;
    this.#unchecked = unchecked;
  }

  /** Compiles the schemas of a `content` map now, and gives a function that prints the member for it later. */
  content(
    file: OperationsFile,
    wish: string,
    media: readonly MediaType[],
    direction: Direction,
  ): () => string {
    const prints = media.map((one, i) =>
      this.#media(file, i === 0 ? wish : wish + pascalCase(one.mediaType), one, direction),
    );
    return () => {
      const contracts = prints.map((print) => print());
      const [only, second] = contracts;
      const isJsonOnly = only?.mediaType === "application/json" && second === undefined;
      if (isJsonOnly && only.ok !== undefined) return `json: ${only.ok}`;
      return `content: [${contracts.map(printContract).join(", ")}]`;
    };
  }

  #media(file: OperationsFile, wish: string, media: MediaType, direction: Direction): () => MediaText {
    this.#unchecked.note(media);
    const { mediaType, schema, schemaPointer } = media;
    const kind = mediaKind(mediaType);
    const isChecked = schema !== undefined && schema !== true && kind !== "binary";
    const unit = isChecked
      ? this.#compiler.add(file.module, wish, schema, schemaPointer ?? media.pointer, direction)
      : undefined;
    return () => {
      if (unit !== undefined) this.#compiler.report(unit);
      const ok = unit === undefined ? undefined : file.module.call(unit);
      return { mediaType, reading: this.#reading(file, media), ok };
    };
  }

  #reading(file: OperationsFile, { mediaType, schema = true, encoding }: MediaType): string[] {
    const kind = mediaKind(mediaType);
    if (kind === "json" || kind === "binary" || kind === "range") return [];
    const facts = this.#shapes.read(schema);
    if (kind === "text") {
      const shape = printShape(facts);
      return scalarTypes(facts).length === 0 || isPlainText(shape) ? [] : [`shape: ${shape}`];
    }
    const read = kind === "form" ? fieldReader : partReader;
    const fields = [...facts.members].flatMap(([name, field]) => {
      const rules = encoding !== undefined && Object.hasOwn(encoding, name) ? encoding[name] : undefined;
      const reader = read(field, rules);
      const shape = isJsonReader(reader) ? printJsonShape(field) : printShape(field);
      if (reader === "formExploded" && isPlainText(shape)) return [];
      const reserved = kind === "form" && asObject(rules)["allowReserved"] === true ? ", reserved: true" : "";
      return `{ name: ${stringLiteral(name)}, read: ${file.use("parameters", reader)}, shape: ${shape}${reserved} }`;
    });
    const form = file.use("forms", kind === "form" ? "urlencoded" : "multipart");
    return [`form: ${form}`, ...(fields.length === 0 ? [] : [`fields: [${fields.join(", ")}]`])];
  }
}

/**
 * OpenAPI 3.0.4, 3.1.1 and 3.2, Encoding Object: where one of `style`, `explode` and `allowReserved` is given, the field is
 * written as a query parameter is; else its content type decides, which is JSON for objects, each item of a list by itself.
 */
function fieldReader(field: ShapeFacts, rules: Json | undefined): ReaderName {
  const { style, explode, allowReserved, contentType } = asObject(rules);
  if (style !== undefined || explode !== undefined || allowReserved !== undefined) {
    const name = typeof style === "string" ? style : "form";
    return queryReader(name, typeof explode === "boolean" ? explode : name === "form");
  }
  if (typeof contentType === "string") return isJsonType(contentType) ? "json" : "formExploded";
  if (field.items !== undefined && isOnlyObject(field.items)) return "jsonItems";
  return isOnlyObject(field) ? "json" : "formExploded";
}

function isOnlyObject(facts: ShapeFacts): boolean {
  return isObjectLike(facts) && !isArrayLike(facts) && scalarTypes(facts).length === 0;
}

/** A part is JSON where it says so, or holds objects (OpenAPI 3.1.2 §4.8.15.1.1); only keys in brackets are a style. */
function partReader(field: ShapeFacts, rules: Json | undefined): ReaderName {
  const { style, contentType } = asObject(rules);
  if (style === "deepObject") return "deepObject";
  if (typeof contentType === "string") return isJsonType(contentType) ? "json" : "formExploded";
  const inner = field.items ?? field;
  return isObjectLike(inner) && scalarTypes(inner).length === 0 ? "json" : "formExploded";
}

function isJsonReader(reader: ReaderName): boolean {
  return reader === "json" || reader === "jsonItems";
}

/** What the readers of forms and texts take for granted. */
function isPlainText(shape: string): boolean {
  return shape === '"string"' || shape === '"any"';
}
