/** Parameters of the fields in a part's header (RFC 2045 §5.1, RFC 2183 §2, RFC 8187), as senders write them. */

export interface FieldValue {
  /** Lower case. */
  readonly value: string;
  /** By lower-case name; the extended form (`filename*`) replaces the plain one. The first of equals counts. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = /[^\s;="]+/y;
const quotedString = /"((?:[^"\\]|\\[\s\S])*)"/y;
const unquoted = /[^;]*/y;

/** `undefined` for what no sender means: a parameter without a value, or a quote without its end. */
export function parseFieldValue(text: string): FieldValue | undefined {
  const [first = ""] = text.split(";", 1);
  const parameters = new Map<string, string>();
  const extended = new Map<string, string>();
  for (let at = first.length; at < text.length;) {
    // A semicolon stands here; white space around it is optional, and so is what comes after the last one.
    at = skipSpace(text, at + 1);
    if (at === text.length) break;
    const name = match(token, text, at)?.[0];
    if (name === undefined) return undefined;
    at = skipSpace(text, at + name.length);
    if (text[at] !== "=") return undefined;
    at = skipSpace(text, at + 1);
    const quoted = match(quotedString, text, at);
    if (quoted === undefined && text[at] === '"') return undefined;
    const raw = quoted?.[0] ?? match(unquoted, text, at)?.[0] ?? "";
    at = skipSpace(text, at + raw.length);
    if (at < text.length && text[at] !== ";") return undefined;
    const value = quoted === undefined ? raw.trim() : unescaped(quoted[1] ?? "");
    const key = name.toLowerCase();
    const decoded = key.endsWith("*") ? extendedValue(value) : undefined;
    if (decoded !== undefined && !extended.has(key.slice(0, -1))) extended.set(key.slice(0, -1), decoded);
    if (!key.endsWith("*") && !parameters.has(key)) parameters.set(key, value);
  }
  for (const [name, value] of extended) parameters.set(name, value);
  return { value: first.trim().toLowerCase(), parameters };
}

/** Only quotes and backslashes are escaped: old browsers send `C:\dir\file` as it is. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(["\\])/g, "$1");
}

/** `UTF-8''na%C3%AFve.txt` (RFC 8187 §3.2); `undefined` where it is none, and the plain form counts. */
function extendedValue(text: string): string | undefined {
  const [, charset = "", encoded = ""] = /^([\w-]+)'[^']*'(.*)$/.exec(text) ?? [];
  if (!/^(?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})+$/i.test(encoded)) return undefined;
  const bytes = Uint8Array.from(encoded.match(/%[0-9a-f]{2}|[^%]/gi) ?? [], (part) =>
    part.length === 1 ? part.charCodeAt(0) : Number.parseInt(part.slice(1), 16),
  );
  return decode(bytes, charset);
}

/** Text in the charset that its sender names; `undefined` for bytes that are none, or a charset that nobody knows. */
export function decode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
