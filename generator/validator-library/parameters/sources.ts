/** Takes paths, queries, headers and cookies apart. */
import type { Source } from "./contract.ts";

export const noPairs: ReadonlyMap<string, readonly string[]> = new Map();
export const nothingTaken: ReadonlySet<string> = new Set();

/** Segments of the path by parameter name, as they stand in the URL. */
export function pathSource(segments: Readonly<Record<string, string | undefined>>): Source {
  const texts = (name: string): readonly string[] => {
    const text = Object.hasOwn(segments, name) ? segments[name] : undefined;
    return text === undefined ? [] : [text];
  };
  return { texts, pairs: noPairs, taken: nothingTaken, decode: percentDecoded };
}

/** Header fields; several lines of one field are one list (RFC 9110 §5.3). */
export function headerSource(header: HeaderLookup): Source {
  const texts = (name: string): readonly string[] => {
    const value = header(name.toLowerCase());
    if (value === undefined || value === null) return [];
    return [trimmed(typeof value === "object" ? value.join(", ") : String(value))];
  };
  return { texts, pairs: noPairs, taken: nothingTaken, decode: trimmed, isHeader: true };
}

/** Looks a field up by its lower-case name. */
export type HeaderLookup = (name: string) => string | number | readonly string[] | null | undefined;

/** A query or a form in the same writing; undefined where it has more pairs than the limit. */
export function querySource(query: string, limit: number): Source | undefined {
  const pairs = new Map<string, string[]>();
  let count = 0;
  for (let start = 0; start < query.length;) {
    const next = query.indexOf("&", start);
    const end = next < 0 ? query.length : next;
    if (end > start) {
      if (++count > limit) return undefined;
      const [name, text] = halves(query.slice(start, end));
      // A name that is wrongly encoded is not a declared one; it stays as it is.
      addPair(pairs, plusDecoded(name) ?? name, text);
    }
    start = end + 1;
  }
  return pairSource(pairs, (text, parameter) =>
    parameter.reserved === true ? percentDecoded(text) : plusDecoded(text),
  );
}

/** The Cookie field (RFC 6265bis §4.2.1); undefined where it has more pairs than the limit. */
export function cookieSource(cookies: string, limit: number): Source | undefined {
  const pairs = new Map<string, string[]>();
  let count = 0;
  for (let start = 0; start < cookies.length;) {
    const next = cookies.indexOf(";", start);
    const end = next < 0 ? cookies.length : next;
    const pair = trimmed(cookies.slice(start, end));
    if (pair !== "") {
      if (++count > limit) return undefined;
      const equals = pair.indexOf("=");
      const name = equals < 0 ? "" : trimmed(pair.slice(0, equals));
      const text = trimmed(pair.slice(equals + 1));
      // Browsers send a cookie twice where it was set for two paths; only a contradiction is a repetition.
      if (pairs.get(name)?.includes(text) !== true) addPair(pairs, name, text);
    }
    start = end + 1;
  }
  return pairSource(pairs, percentDecoded);
}

export function pairSource(pairs: ReadonlyMap<string, readonly string[]>, decode: Source["decode"]): Source {
  const taken = new Set<string>();
  const take = (name: string): void => {
    taken.add(name);
  };
  const texts = (name: string): readonly string[] => {
    taken.add(name);
    return pairs.get(name) ?? [];
  };
  return { texts, pairs, taken, take, decode };
}

export function addPair(pairs: Map<string, string[]>, name: string, text: string): void {
  const texts = pairs.get(name);
  if (texts === undefined) pairs.set(name, [text]);
  else texts.push(text);
}

/** Before and after the first "=". */
export function halves(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

export function percentDecoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

export function plusDecoded(text: string): string | undefined {
  return percentDecoded(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/** Without blanks (RFC 9110 §5.6.3) at the ends. One pass: a regular expression would try each blank in turn. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
