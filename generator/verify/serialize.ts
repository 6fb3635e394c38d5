/** Puts parameter values into a path, a query and headers (OpenAPI 3.1.1 §4.8.12). */
import { asArray, isArray, isObject, type Json } from "../json/json.ts";
import type { Parameter } from "../model/api-model.ts";

export type ParameterPart = Pick<Parameter, "name" | "in" | "style" | "explode" | "content">;

/** Texts as they go over the wire. */
export interface SerializedParameter {
  /** Encoded, for the path. */
  readonly path?: string;
  /** Encoded `name=value` pairs. */
  readonly query?: readonly string[];
  /** For a header, or for `Cookie`. */
  readonly text?: string;
}

export function serializeParameter(parameter: ParameterPart, value: Json): SerializedParameter {
  if (parameter.content !== undefined) return place(parameter, [[parameter.name, JSON.stringify(value)]]);
  if (isArray(value)) return place(parameter, listPairs(parameter, asArray(value).map(scalar)));
  if (!isObject(value)) return place(parameter, [[parameter.name, scalar(value)]]);
  const members = Object.entries(value).map(([name, member]) => [name, scalar(member)] as const);
  if (parameter.style === "deepObject") {
    return place(
      parameter,
      members.map(([name, member]) => [`${parameter.name}[${name}]`, member]),
    );
  }
  if (parameter.explode && parameter.in === "query") return place(parameter, members);
  const joined = members
    .map(([name, member]) => `${name}${parameter.explode ? "=" : ","}${member}`)
    .join(",");
  return place(parameter, [[parameter.name, joined]]);
}

const delimiters: Readonly<Record<string, string>> = { spaceDelimited: " ", pipeDelimited: "|" };

function listPairs({ name, style, explode, in: where }: ParameterPart, items: readonly string[]): Pair[] {
  if (explode && (where === "query" || where === "cookie")) return items.map((item) => [name, item]);
  return [[name, items.join(delimiters[style] ?? ",")]];
}

type Pair = readonly [name: string, value: string];

function place({ in: where, style, name }: ParameterPart, pairs: readonly Pair[]): SerializedParameter {
  const text = pairs.map(([, value]) => value).join(",");
  switch (where) {
    case "path": {
      const encoded = encodeURIComponent(text);
      return {
        path: style === "label" ? `.${encoded}` : style === "matrix" ? `;${name}=${encoded}` : encoded,
      };
    }
    case "query":
      return {
        query: pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`),
      };
    case "header":
      return { text };
    case "cookie":
      return { text: encodeURIComponent(text) };
  }
}

function scalar(value: Json): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}
