/** Merges headers as callers write them: numbers, lists, `undefined` for no change and `null` to unset. */

type HeaderPart = string | number | boolean;

/** What `fetch` takes, or an object whose values may also be numbers, booleans, lists, `null` and `undefined`. */
export type HeadersOption =
  | Headers
  | readonly (readonly [string, string])[]
  | Readonly<Record<string, HeaderPart | readonly HeaderPart[] | null | undefined>>;

/**
 * Later sources win. `unset` collects the lower-case names that the last source with a say set to `null`.
 *
 * @throws TypeError for a name or value that no header can have; the message does not repeat the value
 */
export function mergeHeaders(sources: readonly (HeadersOption | undefined)[], unset?: Set<string>): Headers {
  const merged = new Headers();
  for (const source of sources) {
    for (const [name, value] of entriesOf(source)) {
      if (value === undefined) continue;
      unset?.delete(name.toLowerCase());
      merged.delete(name);
      if (value === null) unset?.add(name.toLowerCase());
      else for (const part of [value].flat()) setHeader(merged, name, String(part));
    }
  }
  return merged;
}

/** Appends a header. The error of `Headers` itself would repeat the value, which may be a secret. */
export function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {
    throw new TypeError(`Header "${name}" has a name or value that cannot be sent.`);
  }
}

function entriesOf(
  source: HeadersOption = {},
): Iterable<readonly [string, HeaderPart | readonly HeaderPart[] | null | undefined]> {
  return Symbol.iterator in source ? source : Object.entries(source);
}
