/** Numbers of a document that JavaScript cannot write back digit by digit, and what is said of those in schemas. */
import type { Finding, SourceLocation } from "../diagnostics/diagnostic.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import {
  decimalDigits,
  exactDigits,
  isAltered,
  isKept,
  type WrittenNumber,
} from "../json/written-numbers.ts";
import { visitSchemas } from "../openapi/visit.ts";
import type { SourceText } from "./source-text.ts";

/** Where digits may be that a double has no room for: more than 15 of them, or a tiny exponent. */
const suspicious = /\d[\d.]{15}|\d[eE]-\d{3}|0x[\da-fA-F]{14}|0o[0-7]{18}/g;
const ofNumber = /[\w.+-]/;
/** Longer words are not numbers. */
const longestNumber = 1000;

/**
 * Every number of `root` that has the value of one whose digits are not kept. `locate` is the place of a pointer, which
 * takes time: most documents have no such number, and it is not called.
 */
export function writtenNumbers(
  root: JsonObject,
  texts: readonly SourceText[],
  locate: (pointer: string) => SourceLocation | undefined,
): readonly WrittenNumber[] {
  const values = new Set(texts.flatMap(({ body }) => unkeptValues(body)));
  if (values.size === 0) return [];
  const byPath = new Map(texts.map((text) => [text.path, text]));
  const found: WrittenNumber[] = [];
  const visit = (node: Json, pointer: string): void => {
    if (typeof node === "number" && values.has(node)) {
      const digits = digitsAt(byPath, locate(pointer));
      if (digits !== undefined && Number(digits) === node) found.push({ pointer, value: node, digits });
    } else if (isArray(node))
      node.forEach((item, index) => {
        visit(item, joinPointer(pointer, index));
      });
    else if (isObject(node))
      for (const [name, member] of Object.entries(node)) visit(member, joinPointer(pointer, name));
  };
  visit(root, "");
  return found;
}

function unkeptValues(body: string): number[] {
  const values: number[] = [];
  for (const { index, 0: match } of body.matchAll(suspicious)) {
    let [start, end] = [index, index + match.length];
    while (end - start < longestNumber && ofNumber.test(body.charAt(start - 1))) start--;
    while (end - start < longestNumber && ofNumber.test(body.charAt(end))) end++;
    const digits = decimalDigits(body.slice(start, end));
    if (digits !== undefined && !isKept(digits)) values.push(Number(digits));
  }
  return values;
}

function digitsAt(
  texts: ReadonlyMap<string, SourceText>,
  location: SourceLocation | undefined,
): string | undefined {
  if (location === undefined || location.line !== location.endLine) return undefined;
  const line = texts.get(location.file)?.lineText(location.line) ?? "";
  // A text may stand where a number is meant.
  return decimalDigits(
    line.slice(location.column - 1, location.endColumn - 1).replace(/^(["'])(.*)\1$/, "$2"),
  );
}

/** What is done with the values of these keywords. */
const uses = {
  minimum: "values are compared with",
  maximum: "values are compared with",
  exclusiveMinimum: "values are compared with",
  exclusiveMaximum: "values are compared with",
  multipleOf: "values are divided by",
  const: "values are compared with",
  enum: "values are compared with",
  default: "what is filled in is",
} as const;

// `keyof typeof uses` is what the table has.
const keywords = Object.keys(uses) as readonly (keyof typeof uses)[];

/** Says which numbers of schemas are another number for generated code. */
export function inexactNumbers(document: JsonObject, numbers: readonly WrittenNumber[]): Finding[] {
  const altered = numbers.filter(isAltered);
  if (altered.length === 0) return [];
  const findings: Finding[] = [];
  visitSchemas(document, (schema, pointer) => {
    for (const keyword of keywords) {
      if (schema[keyword] === undefined) continue;
      const place = joinPointer(pointer(), keyword);
      for (const number of altered) {
        if (number.pointer !== place && !number.pointer.startsWith(`${place}/`)) continue;
        const { digits, value, pointer: at } = number;
        const message = `No JavaScript number is ${digits}, as \`${keyword}\` has it; ${uses[keyword]} ${exactDigits(value)}.`;
        findings.push({ code: "lockstep/inexact-number", message, pointer: at });
      }
    }
  });
  return findings;
}
