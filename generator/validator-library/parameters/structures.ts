/** Lists and objects from texts that are split already. */
import { Issues, token } from "../runtime/issues.ts";
import type { Parameter, Shape, Source } from "./contract.ts";
import {
  hasMembers,
  itemShape,
  itemsOf,
  memberShape,
  put,
  scalar,
  scalarsOf,
  type Given,
} from "./scalars.ts";
import { halves, trimmed } from "./sources.ts";

/** A list from its texts. */
export function list(texts: readonly string[], shape: Shape, at: string, given: Given): unknown[] {
  const values: unknown[] = [];
  for (const text of given.source.isHeader === true
    ? texts.map(trimmed).filter((part) => part !== "")
    : texts) {
    if (!given.issues.open) break;
    values.push(scalar(text, itemShape(shape, values.length) ?? "string", `${at}/${values.length}`, given));
  }
  return values;
}

/** An object from pairs of texts. */
export function object(
  pairs: Iterable<readonly [string, string]>,
  shape: Shape,
  at: string,
  given: Given,
): Record<string, unknown> {
  const { source, parameter, issues } = given;
  const value: Record<string, unknown> = {};
  for (const [rawName, text] of pairs) {
    if (!issues.open) break;
    const name = source.decode(rawName, parameter);
    if (name === undefined) issues.add(at, "encoding");
    else if (Object.hasOwn(value, name)) issues.add(at + "/" + token(name), "repeated");
    else put(value, name, scalar(text, memberShape(shape, name), at + "/" + token(name), given));
  }
  return value;
}

/** "R,100,G,200" as pairs; a last name without a value is noted. */
export function alternating(
  texts: readonly string[],
  at: string,
  issues: Issues,
): (readonly [string, string])[] {
  if (texts.length % 2 === 1) {
    issues.add(at, "type", "object");
    return [];
  }
  return texts.flatMap((name, i) => (i % 2 === 0 ? [[name, texts[i + 1] ?? ""] as const] : []));
}

/** One text that holds the whole value, its parts between delimiters. */
export function delimited(
  text: string,
  given: Given,
  delimiter: string | RegExp,
  exploded: boolean,
): unknown {
  const { parameter, issues } = given;
  const { shape } = parameter;
  const at = "/" + token(parameter.name);
  const hasItems = itemsOf(shape) !== undefined;
  const isObject = hasMembers(shape);
  if (!hasItems && !isObject) return scalar(text, shape, at, given);
  const texts = text.split(delimiter);
  // Where the schema allows one value as well as several, a text without delimiters is one value.
  if (texts.length === 1 && isOneValue(text, shape, given) && !(exploded && text.includes("=")))
    return scalar(text, shape, at, given);
  if (hasItems && !(isObject && exploded && text.includes("="))) return list(texts, shape, at, given);
  return object(exploded ? texts.map(halves) : alternating(texts, at, issues), shape, at, given);
}

/** True if a text is one value of a shape that has lists as well. Null, of a list that may be null, only where it says so. */
export function isOneValue(text: string, shape: Shape, given: Given): boolean {
  if (scalarsOf(shape).length === 0) return false;
  const issues = new Issues(1);
  scalar(text, shape, "", { ...given, issues });
  return issues.list[0]?.rule !== "type";
}

/** The only text of a parameter; a second one is noted. */
export function only(texts: readonly string[], at: string, issues: Issues): string | undefined {
  if (texts.length < 2) return texts[0];
  issues.add(at, "repeated");
  return undefined;
}

/** An empty text that is not a value: the parameter counts as absent where it may be empty. */
export function isAbsent(text: string | undefined, { shape, allowEmpty }: Parameter): text is undefined {
  return (
    text === undefined ||
    (text === "" &&
      allowEmpty === true &&
      !scalarsOf(shape).some((one) => one === "string" || one === "null"))
  );
}

export function readDelimited(
  source: Source,
  parameter: Parameter,
  issues: Issues,
  delimiter: string | RegExp,
  exploded: boolean,
): unknown {
  const text = only(source.texts(parameter.name), "/" + token(parameter.name), issues);
  return isAbsent(text, parameter)
    ? undefined
    : delimited(text, { source, parameter, issues }, delimiter, exploded);
}
