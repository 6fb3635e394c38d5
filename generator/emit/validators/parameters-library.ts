/** The text of `validators/parameters.ts`: reads parameters of every style, splits before it decodes, coerces strictly. */

import { deepText } from "./parameters-library-deep.ts";
import { structureText, styleText } from "./parameters-library-styles.ts";
import { scalarText, sourceText } from "./parameters-library-texts.ts";

/** Readers by style; the keys are the names of the emitted functions. */
export const readers = [
  "simple",
  "simpleExploded",
  "label",
  "labelExploded",
  "matrix",
  "matrixExploded",
  "form",
  "formExploded",
  "spaceDelimited",
  "pipeDelimited",
  "deepObject",
  "cookieForm",
  "cookie",
  "cookieExploded",
  "whole",
  "json",
] as const;

export type ReaderName = (typeof readers)[number];

const head = String.raw`/**
 * Reads parameters as the OpenAPI styles write them.
 *
 * - A text is split at its delimiters first; each part is percent-decoded after that, once. What is not percent-encoded
 *   UTF-8 is an issue of the rule "encoding".
 * - In a query "+" is a space, as HTML forms and URLSearchParams write it; only where the parameter says allowReserved
 *   is it a plus. Everywhere else it is a plus.
 * - Header values are taken as they are (OpenAPI 3.1.2 appendix D); surrounding blanks go, and so do empty elements of
 *   a list (RFC 9110 §5.6.1). Cookies are split as RFC 6265bis §4.2.1 writes them; quotes belong to the value.
 * - A text becomes a number, a boolean or null only where it spells one in JSON's own grammar and the schema allows it:
 *   "1e3" is a number but no integer; "0x10", " 1", "1_000", "Infinity" and "" are neither. An integer that a double
 *   cannot hold exactly is out of range. Where a schema allows strings too, a text that spells an allowed number or
 *   boolean is one, unless only the string is valid. An empty text is null where the schema allows null and no string.
 */`;

const types = String.raw`
/** Is a value valid? Given a list, notes what is wrong below a pointer. Depth counts recursion and starts at 0. */
export type Ok = (value: unknown, issues?: Issues, at?: string) => boolean;

export type Scalar = "integer" | "number" | "boolean" | "string" | "null";

/** What the texts of a parameter stand for: its schema, as far as reading needs it. "any": strings, as they are nested. */
export type Shape = Scalar | "any" | Compound;
export interface Compound {
  /** In the order in which they are tried. */
  readonly scalars?: readonly Scalar[];
  readonly items?: Shape;
  /** Of the first items, each its own. */
  readonly prefix?: readonly Shape[];
  readonly members?: Readonly<Record<string, Shape>>;
  /** Members without a name of their own; anything where it is absent. */
  readonly others?: Shape;
}

export interface Parameter {
  readonly name: string;
  readonly read: Read;
  readonly shape: Shape;
  readonly required?: true;
  /** The schema's default, used where the parameter is absent. */
  readonly fallback?: unknown;
  /** OpenAPI's allowEmptyValue: an empty text that is no value of the schema counts as absent. */
  readonly allowEmpty?: true;
  /** OpenAPI's allowReserved: a plus in the query is a plus. */
  readonly reserved?: true;
  readonly ok?: Ok;
}

/** Gives the value of a parameter, undefined where it is absent or where it has noted an issue. */
export type Read = (source: Source, parameter: Parameter, issues: Issues) => unknown;

/** The texts of one part of a request, by name, still encoded. */
export interface Source {
  /** Every text given under a name, in order. */
  texts(name: string): readonly string[];
  /** All names with their texts, where the part can be listed: query and cookies. */
  readonly pairs: ReadonlyMap<string, readonly string[]>;
  /** Names that a parameter has asked for, or has taken of all pairs. */
  readonly taken: ReadonlySet<string>;
  readonly take?: (name: string) => void;
  /** The text itself; undefined where it is wrongly encoded. */
  decode(text: string, parameter: Parameter): string | undefined;
  /** Elements of a list: headers have blanks around them, and may have empty ones. */
  readonly isHeader?: true;
}`;

const reading = String.raw`
/**
 * Reads and checks parameters of one part of a request. The values are fresh: nobody else holds them. Absent
 * parameters take their default; issues point at "/name" and on into the value.
 */
export function readParameters(parameters: readonly Parameter[], source: Source, issues: Issues): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const parameter of parameters) {
    if (!issues.open) break;
    const value = readParameter(parameter, source, issues);
    if (value !== undefined) put(values, parameter.name, value);
  }
  return values;
}

function readParameter(parameter: Parameter, source: Source, issues: Issues): unknown {
  const { name, ok, fallback } = parameter;
  const before = issues.list.length;
  const value = parameter.read(source, parameter, issues);
  if (issues.list.length > before) return undefined;
  if (value === undefined) {
    if (fallback !== undefined) return copied(fallback);
    if (parameter.required === true) issues.add("/" + token(name), "required");
    return undefined;
  }
  if (ok === undefined || ok(value)) return value;
  const text = asText(value, parameter, source);
  if (text !== undefined && ok(text)) return text;
  ok(value, issues, "/" + token(name));
  return undefined;
}

/** The text of a number or boolean that the schema would also take as a string. */
function asText(value: unknown, parameter: Parameter, source: Source): string | undefined {
  const isCoerced = typeof value === "number" || typeof value === "boolean" || value === null;
  if (!isCoerced || !scalarsOf(parameter.shape).includes("string")) return undefined;
  const text = parameter.read(source, { ...parameter, shape: "string" }, new Issues(1));
  return typeof text === "string" ? text : undefined;
}

/** Defaults are data of the contract; a handler may do what it likes with its own. */
function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}`;

/** @param extension of the relative import of `runtime` */
export function printParameterLibrary(extension: string): string {
  const imports = `import { Issues, token } from "./runtime${extension}";`;
  const parts = [head, imports, types, sourceText, scalarText, structureText, styleText, deepText, reading];
  return `${parts.map((part) => part.trim()).join("\n\n")}\n`;
}
