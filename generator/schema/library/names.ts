/** Formats of short identifiers: UUIDs, JSON Pointers, base64, regular expressions. */

export const nameHelpers = {
  formatUuid: {
    uses: [],
    source: String.raw`
/** 1 for a hexadecimal digit, 2 for a hyphen. */
const uuidKinds = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) =>
  /[\da-fA-F]/.test(String.fromCharCode(code)) ? 1 : code === 45 ? 2 : 0,
);

/** RFC 4122 §3: 8-4-4-4-12 hexadecimal digits. A sum over a table: no branch for each character. */
export function formatUuid(text: string): boolean {
  if (text.length !== 36) return false;
  const kind = (i: number): number => uuidKinds[text.charCodeAt(i)] ?? NaN;
  let sum = 0;
  for (let i = 0; i < 36; i += 6) sum += kind(i) + kind(i + 1) + kind(i + 2) + kind(i + 3) + kind(i + 4) + kind(i + 5);
  return sum === 40 && kind(8) + kind(13) + kind(18) + kind(23) === 8;
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
