/** Values of parameters and headers as text on the wire (OpenAPI 3.1.1 §4.8.12.3). */
import { isArray, isObject, type Json } from "../../json/json.ts";
import type { ParameterLocation, ParameterStyle } from "../../model/api-model.ts";

/** How a parameter or a header is written. */
export interface WireForm {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  /** Media type of a `content` parameter. */
  readonly content?: string;
}

/** Names and texts as they are sent, before percent-encoding. */
export type Wire = readonly (readonly [name: string, text: string])[];

/** `undefined` where the value cannot be written in this way. */
export function serialize(form: WireForm, value: Json): Wire | undefined {
  if (form.content !== undefined) return [[form.name, JSON.stringify(value)]];
  if (isObject(value)) return serializeObject(form, Object.entries(value));
  if (isArray(value)) return serializeList(form, value);
  const text = scalarText(value);
  if (form.style === "matrix") return [[form.name, `;${form.name}=${text}`]];
  return [[form.name, form.style === "label" ? `.${text}` : text]];
}

function serializeList(form: WireForm, items: readonly Json[]): Wire | undefined {
  if (items.some((item) => typeof item === "object" && item !== null)) return undefined;
  const texts = items.map(scalarText);
  const { name, style, explode } = form;
  if (isPairs(style) && explode) return texts.map((text) => [name, text]);
  if (style === "matrix" && explode) return [[name, texts.map((text) => `;${name}=${text}`).join("")]];
  if (style === "matrix") return [[name, `;${name}=${texts.join(",")}`]];
  if (style === "label") return [[name, `.${texts.join(explode ? "." : ",")}`]];
  if (style === "deepObject") return undefined;
  return [[name, texts.join(delimiterOf(style))]];
}

function serializeObject(form: WireForm, members: readonly (readonly [string, Json])[]): Wire | undefined {
  if (members.some(([, value]) => typeof value === "object" && value !== null)) return undefined;
  const { name, style, explode } = form;
  const texts = members.map(([key, value]) => [key, scalarText(value)] as const);
  if (style === "deepObject") return texts.map(([key, text]) => [`${name}[${key}]`, text]);
  if (isPairs(style) && explode) return texts;
  const pairs = texts.map(([key, text]) => `${key}=${text}`);
  const flat = texts.flat().join(delimiterOf(style));
  if (style === "matrix")
    return [[name, explode ? pairs.map((pair) => `;${pair}`).join("") : `;${name}=${flat}`]];
  if (style === "label") return [[name, `.${explode ? pairs.join(".") : flat}`]];
  return [[name, explode ? pairs.join(",") : flat]];
}

/** Styles that write each item as a name and a value of its own when exploded. */
export function isPairs(style: ParameterStyle): boolean {
  return ["form", "spaceDelimited", "pipeDelimited", "cookie"].includes(style);
}

export function delimiterOf(style: ParameterStyle): string {
  return style === "spaceDelimited" ? " " : style === "pipeDelimited" ? "|" : ",";
}

function scalarText(value: Json): string {
  return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
