/**
 * YAML scalars. A string is plain only where no reader of YAML 1.1 (§10.3 and the type repository: `yes`, `1_000`, `1:30`,
 * `2024-02-30`, `=`, `<<`) or of YAML 1.2.2 (§10.3.2) could take it for anything else.
 */

/** Text that begins with a letter or one of a few marks, and has no character that must be quoted. */
const plain = /^[A-Za-z/$^(_\\<][^\u0000-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*$/;
const endsPlain = /: |:$| #| $/;
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|<<)$/i;
/** A version as in `openapi: 3.1.0`, or a UUID: begins with a digit, and no reader takes it for a number or a date. */
const versionOrUuid = /^(?:\d+\.\d+\.\d+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;
/** Single-quoted scalars escape nothing but the quote, so every other character must be printable. */
const printable =
  /^[\u0020-\u007e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;
/** Lines of a literal block (YAML 1.2.2 §8.1.2): the first one is not empty and has no space or tab in front. */
const literal =
  /^[^\s][^\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*$/;
/** Beyond this many characters, readers want `? ` before a key (YAML 1.2.2 §7.4.2). */
const longestKey = 1000;

/** A scalar on the line of its key; `indent` stands before the further lines of a text of several. */
export function yamlScalar(value: string | number | boolean | null, indent: string): string {
  if (typeof value === "number") return yamlNumber(value);
  if (typeof value !== "string") return String(value);
  return value.includes("\n") && literal.test(value) ? literalBlock(value, indent) : flowScalar(value);
}

/** A key of a mapping with its colon; `indent` stands before the lines of the mapping. */
export function yamlKey(name: string, indent: string): string {
  const key = flowScalar(name);
  return key.length > longestKey ? `? ${key}\n${indent}:` : `${key}:`;
}

function flowScalar(text: string): string {
  if (isPlain(text)) return text;
  return printable.test(text) ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text);
}

function isPlain(text: string): boolean {
  if (!plain.test(text)) return versionOrUuid.test(text);
  return !endsPlain.test(text) && !reserved.test(text);
}

/** JSON's escapes are YAML's; what YAML 1.1 takes for a line end or does not allow is escaped as well. */
function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function literalBlock(text: string, indent: string): string {
  const body = text.replace(/\n+$/, "");
  const ends = text.length - body.length;
  const chomping = ends === 0 ? "-" : ends === 1 ? "" : "+";
  return `|${chomping}\n${indent}${body.replace(/\n(?!\n)/g, `\n${indent}`)}${"\n".repeat(Math.max(0, ends - 1))}`;
}

/** YAML 1.1 reads an exponent only behind a decimal point. */
function yamlNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const digits = String(value);
  return /^-?\d+e/.test(digits) ? digits.replace("e", ".0e") : digits;
}
