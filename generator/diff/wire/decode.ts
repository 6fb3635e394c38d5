/** Whether a receiver accepts what is on the wire. It decodes by its own schema, as servers do. */
import { append } from "../../json/append.ts";
import { asObject, type Json, type JsonObject } from "../../json/json.ts";
import { conjunction, gather, propertyOf, sideOf, typesOf, type Conjunction } from "../schema/side.ts";
import { isValid } from "../schema/validate.ts";
import { delimiterOf, isPairs, type Wire, type WireForm } from "./serialize.ts";

export interface Receiver extends WireForm {
  readonly required: boolean;
  readonly document: JsonObject;
  readonly schema: Json;
}

/** `undefined`: it cannot be told. Names of headers do not differ by case. */
export function accepts(receiver: Receiver, wire: Wire): boolean | undefined {
  const all = conjunction(receiver.document, [receiver.schema]);
  const values = decodings(receiver, wire, all);
  if (values === undefined) return false;
  if (values.length === 0) return receiver.required ? false : undefined;
  const verdicts = values.map((value) => isValid(sideOf(all), value));
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

/** Every value that the text may stand for; none where the parameter is not there; `undefined` where it cannot be read. */
function decodings(receiver: Receiver, wire: Wire, all: Conjunction): readonly Json[] | undefined {
  const types = typesOf(all);
  const own = wire.filter(([name]) => sameName(receiver, name)).map(([, text]) => text);
  if (receiver.content !== undefined)
    return own.length === 1 ? parsed(own[0] ?? "") : own.length === 0 ? [] : undefined;
  const found: Json[] = [];
  if (types.has("object")) append(found, objects(receiver, wire, own, all));
  if (types.has("array")) append(found, lists(receiver, own, all));
  const [single] = own;
  const isScalar = [...types].some((type) => type !== "object" && type !== "array");
  if (isScalar && single !== undefined && own.length === 1) append(found, scalars(plain(receiver, single)));
  return found.length === 0 && own.length > 0 ? undefined : found;
}

function sameName({ name, in: place }: WireForm, other: string): boolean {
  return place === "header" ? name.toLowerCase() === other.toLowerCase() : name === other;
}

function parsed(text: string): readonly Json[] | undefined {
  try {
    // What JSON.parse gives is JSON.
    return [JSON.parse(text) as Json];
  } catch {
    return undefined;
  }
}

/** Without the marks of `label` and `matrix`. */
function plain({ style, name }: WireForm, text: string): string {
  if (style === "label") return text.replace(/^\./, "");
  return style === "matrix" && text.startsWith(`;${name}=`) ? text.slice(name.length + 2) : text;
}

function scalars(text: string): readonly Json[] {
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? [Number(text)] : [];
  const word = text === "true" ? [true] : text === "false" ? [false] : text === "" ? [null] : [];
  return [text, ...number, ...word];
}

function lists(form: WireForm, own: readonly string[], all: Conjunction): readonly Json[] {
  const item = gather(all, (part) => part["items"]);
  const list = (texts: readonly string[]): Json => texts.map((text) => typed(item, text));
  if (own.length === 0) return [];
  if (isPairs(form.style) && form.explode) return [list(own)];
  const [text] = own;
  if (text === undefined || own.length > 1 || form.style === "deepObject") return [];
  const { style, explode, name } = form;
  if (style === "matrix" && explode) return [list(text.split(`;${name}=`).slice(1))];
  return [list(plain(form, text).split(style === "label" && explode ? "." : delimiterOf(style)))];
}

function objects(form: WireForm, wire: Wire, own: readonly string[], all: Conjunction): readonly Json[] {
  const object = (pairs: readonly (readonly [string, string])[]): Json =>
    Object.fromEntries(pairs.map(([name, text]) => [name, typed(propertyOf(all, name), text)]));
  const { style, explode, name } = form;
  if (style === "deepObject") {
    const inside = wire.flatMap(([key, text]) =>
      key.startsWith(`${name}[`) && key.endsWith("]")
        ? [[key.slice(name.length + 1, -1), text] as const]
        : [],
    );
    return inside.length === 0 ? [] : [object(inside)];
  }
  if (isPairs(style) && explode) {
    const names = all.parts.flatMap((part) => Object.keys(asObject(part["properties"])));
    const inside = wire.filter(([key]) => names.includes(key));
    return inside.length === 0 ? [] : [object(inside)];
  }
  const [text] = own;
  if (text === undefined || own.length > 1) return [];
  const pieces = plain(form, text).split(style === "label" && explode ? "." : delimiterOf(style));
  const pairs = explode ? pieces.map((piece) => cut(piece)) : inTwos(pieces);
  return pairs.includes(undefined) ? [] : [object(pairs.filter((pair) => pair !== undefined))];
}

function cut(piece: string): readonly [string, string] | undefined {
  const at = piece.indexOf("=");
  return at === -1 ? undefined : [piece.slice(0, at), piece.slice(at + 1)];
}

function inTwos(pieces: readonly string[]): readonly (readonly [string, string] | undefined)[] {
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 1) return [];
    const value = pieces[index + 1];
    return [value === undefined ? undefined : ([piece, value] as const)];
  });
}

/** The reading of a text that its schema takes. */
function typed(all: Conjunction, text: string): Json {
  const side = sideOf(all);
  return scalars(text).find((value) => isValid(side, value) === true) ?? text;
}
