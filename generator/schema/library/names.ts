/** Formats of short identifiers: UUIDs, JSON Pointers, base64, regular expressions. */

export const nameHelpers = {
  formatUuid: {
    uses: [],
    source: String.raw`
/** RFC 4122 §3: 8-4-4-4-12 hexadecimal digits. */
export function formatUuid(text: string): boolean {
  if (text.length !== 36) return false;
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (code !== 45) return false;
    } else if (!((code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102))) return false;
  }
  return true;
}`,
  },
  formatJsonPointer: {
    uses: [],
    source: String.raw`
/** RFC 6901 §3. */
export function formatJsonPointer(text: string): boolean {
  return /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);
}`,
  },
  formatRelativeJsonPointer: {
    uses: [],
    source: String.raw`
/** draft-bhutton-relative-json-pointer-00 §3. */
export function formatRelativeJsonPointer(text: string): boolean {
  return /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/.test(text);
}`,
  },
  formatRegex: {
    uses: [],
    source: String.raw`
/** ECMA-262, read with the u flag. Compiled, never run. */
export function formatRegex(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}`,
  },
  formatByte: {
    uses: [],
    source: String.raw`
/** RFC 4648 §4, with padding. */
export function formatByte(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}`,
  },
} as const;
