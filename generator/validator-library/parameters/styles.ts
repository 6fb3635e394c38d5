/** A reader for each style. */
import { token, type Issues } from "../runtime/issues.ts";
import type { Compound, Parameter, Shape, Source } from "./contract.ts";
import { readJson } from "./json-text.ts";
import { hasMembers, isList, itemsOf, memberShape, put, scalar, type Given } from "./scalars.ts";
import { addPair, halves } from "./sources.ts";
import { delimited, isAbsent, isOneValue, list, object, only, readDelimited } from "./structures.ts";

/** RFC 6570 §3.2.2: "blue,black", objects "R,100,G,200". Path and header. */
export function simple(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readDelimited(source, parameter, issues, ",", false);
}

/** Objects "R=100,G=200". */
export function simpleExploded(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readDelimited(source, parameter, issues, ",", true);
}

/** RFC 6570 §3.2.5: ".blue,black". */
export function label(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readLabel(source, parameter, issues, ",", false);
}

/** ".blue.black", objects ".R=100.G=200". */
export function labelExploded(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readLabel(source, parameter, issues, ".", true);
}

export function readLabel(
  source: Source,
  parameter: Parameter,
  issues: Issues,
  delimiter: string,
  exploded: boolean,
): unknown {
  const [text] = source.texts(parameter.name);
  if (text === undefined) return undefined;
  if (text.startsWith("."))
    return delimited(text.slice(1), { source, parameter, issues }, delimiter, exploded);
  issues.add("/" + token(parameter.name), "style", "label");
  return undefined;
}

/** RFC 6570 §3.2.7: ";color=blue,black", empty ";color". */
export function matrix(source: Source, parameter: Parameter, issues: Issues): unknown {
  const pairs = matrixPairs(source, parameter, issues);
  const [pair, second] = pairs ?? [];
  if (pair === undefined) return undefined;
  if (second === undefined && source.decode(pair[0], parameter) === parameter.name) {
    return delimited(pair[1], { source, parameter, issues }, ",", false);
  }
  issues.add("/" + token(parameter.name), "style", "matrix");
  return undefined;
}

/** ";color=blue;color=black", objects ";R=100;G=200". */
export function matrixExploded(source: Source, parameter: Parameter, issues: Issues): unknown {
  const pairs = matrixPairs(source, parameter, issues);
  if (pairs === undefined) return undefined;
  const at = "/" + token(parameter.name);
  const given = { source, parameter, issues };
  const { shape } = parameter;
  const isNamed = pairs.every(([name]) => source.decode(name, parameter) === parameter.name);
  if (hasMembers(shape) && !isNamed) return object(pairs, shape, at, given);
  if (!isNamed) {
    issues.add(at, "style", "matrix");
    return undefined;
  }
  return several(
    pairs.map(([, text]) => text),
    given,
  );
}

/** The pairs of ";a=1;b=2"; undefined for a parameter that is absent or has another style. */
export function matrixPairs(
  source: Source,
  parameter: Parameter,
  issues: Issues,
): (readonly [string, string])[] | undefined {
  const [text] = source.texts(parameter.name);
  if (text === undefined) return undefined;
  if (text.startsWith(";")) return text.slice(1).split(";").map(halves);
  issues.add("/" + token(parameter.name), "style", "matrix");
  return undefined;
}

/** The value of a name that may be given several times. */
export function several(texts: readonly string[], given: Given): unknown {
  const { parameter, issues } = given;
  const { shape } = parameter;
  const at = "/" + token(parameter.name);
  if (isList(shape) && !(texts.length === 1 && isOneValue(texts[0] ?? "", shape, given))) {
    return texts.length < 2 && isAbsent(texts[0], parameter) ? undefined : list(texts, shape, at, given);
  }
  const text = only(texts, at, issues);
  return isAbsent(text, parameter) ? undefined : scalar(text, shape, at, given);
}

/** RFC 6570 §3.2.8: "color=blue,black", objects "color=R,100,G,200". Query and cookie. */
export function form(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readDelimited(source, parameter, issues, ",", false);
}

/** "color=blue&color=black", objects "R=100&G=200". */
export function formExploded(source: Source, parameter: Parameter, issues: Issues): unknown {
  const { shape } = parameter;
  if (!hasMembers(shape)) return several(source.texts(parameter.name), { source, parameter, issues });
  return ownPairs(source.pairs, source, parameter, issues);
}

/** The members of an exploded object among all pairs: those it names, and the rest where it takes other members. */
export function ownPairs(
  pairs: ReadonlyMap<string, readonly string[]>,
  source: Source,
  parameter: Parameter,
  issues: Issues,
): unknown {
  const { shape, name: parameterName } = parameter;
  const value: Record<string, unknown> = {};
  const { members = {}, others }: Compound = typeof shape === "object" ? shape : {};
  const given = { source, parameter, issues };
  let count = 0;
  for (const [name, texts] of pairs) {
    const isMember = Object.hasOwn(members, name);
    if (!isMember && (others === undefined || source.taken.has(name))) continue;
    source.take?.(name);
    const at = "/" + token(parameterName) + "/" + token(name);
    put(value, name, member(texts, memberShape(shape, name), at, given));
    count++;
  }
  return count === 0 ? undefined : value;
}

/** A member that may be given several times where it is a list. */
export function member(texts: readonly string[], shape: Shape, at: string, given: Given): unknown {
  if (isList(shape) && (texts.length > 1 || itemsOf(shape) !== undefined))
    return list(texts, shape, at, given);
  const text = only(texts, at, given.issues);
  return text === undefined ? undefined : scalar(text, shape, at, given);
}

/** "color=blue%20black": the delimiter is itself encoded (OpenAPI 3.1.2 §4.12.5), or written as a plus. */
export function spaceDelimited(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readDelimited(source, parameter, issues, /%20|\+| /, false);
}

/** "color=blue%7Cblack", and with the bare bar that many senders write. */
export function pipeDelimited(source: Source, parameter: Parameter, issues: Issues): unknown {
  return readDelimited(source, parameter, issues, /%7[Cc]|\|/, false);
}

/** An exploded form in a cookie: several cookies, or one whose text goes on as in a query ("blue&color=black"). */
export function cookieForm(source: Source, parameter: Parameter, issues: Issues): unknown {
  const { shape, name } = parameter;
  if (!hasMembers(shape)) {
    const texts = source
      .texts(name)
      .flatMap((text) => (itemsOf(shape) === undefined ? [text] : text.split("&" + name + "=")));
    return several(texts, { source, parameter, issues });
  }
  const pairs = new Map<string, string[]>();
  for (const [first, texts] of source.pairs) {
    for (const text of texts)
      for (const pair of (first + "=" + text).split("&")) addPair(pairs, ...halves(pair));
  }
  return ownPairs(pairs, source, parameter, issues);
}

/** OpenAPI 3.2's style for cookies: "color=blue,black", nothing encoded. */
export function cookie(source: Source, parameter: Parameter, issues: Issues): unknown {
  return form(literal(source), parameter, issues);
}

/** "color=blue; color=black", objects "R=100; G=200". */
export function cookieExploded(source: Source, parameter: Parameter, issues: Issues): unknown {
  return formExploded(literal(source), parameter, issues);
}

/** The same texts, none of them encoded. */
export function literal(source: Source): Source {
  return { ...source, decode: (text) => text };
}

/** The whole text is one value: a content parameter of a text type. */
export function whole(source: Source, parameter: Parameter, issues: Issues): unknown {
  const at = "/" + token(parameter.name);
  const text = only(source.texts(parameter.name), at, issues);
  return isAbsent(text, parameter)
    ? undefined
    : scalar(text, parameter.shape, at, { source, parameter, issues });
}

/** A content parameter whose text is JSON. */
export function json(source: Source, parameter: Parameter, issues: Issues): unknown {
  const at = "/" + token(parameter.name);
  const text = only(source.texts(parameter.name), at, issues);
  if (text === undefined) return undefined;
  const decoded = source.decode(text, parameter);
  if (decoded === undefined) {
    issues.add(at, "encoding");
    return undefined;
  }
  return readJson(decoded, at, issues);
}

/** A list of objects in a form: each text is one item as JSON, or the only text is the whole list. */
export function jsonItems(source: Source, parameter: Parameter, issues: Issues): unknown {
  const texts = source.texts(parameter.name);
  const [first = "", second] = texts;
  if (texts.length === 0) return undefined;
  if (second === undefined && /^\s*(?:\[|%5B)/i.test(first)) return json(source, parameter, issues);
  const at = "/" + token(parameter.name);
  return texts.map((text, i) => {
    const decoded = source.decode(text, parameter);
    if (decoded !== undefined) return readJson(decoded, `${at}/${i}`, issues);
    issues.add(`${at}/${i}`, "encoding");
    return undefined;
  });
}
