/** What is known of a parameter, and where its texts come from. */
import type { Issues } from "../runtime/issues.ts";
import type { Ok } from "../runtime/members.ts";

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
  /** OpenAPI's allowEmptyValue: an empty text that is not a value of the schema counts as absent. */
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
}
