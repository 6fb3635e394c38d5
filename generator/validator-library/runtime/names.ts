/** Formats of short identifiers: UUIDs, JSON Pointers, base64, regular expressions. */

export const hex = "[\\da-fA-F]";
export const noUuid = /* @__PURE__ */ (() =>
  new RegExp("^(?!" + hex.repeat(8) + ("-" + hex.repeat(4)).repeat(3) + "-" + hex.repeat(12) + "$)"))();

/**
 * RFC 4122 §3: 8-4-4-4-12 hexadecimal digits. Negated and without counts: engines
 * report that nothing matches faster than they record a match.
 */
export function formatUuid(text: string): boolean {
  return text.length === 36 && !noUuid.test(text);
}

/** RFC 6901 §3. */
export function formatJsonPointer(text: string): boolean {
  return text === "" || (text.startsWith("/") && !(text.includes("~") && /~(?![01])/.test(text)));
}

/** draft-bhutton-relative-json-pointer-00 §3. */
export function formatRelativeJsonPointer(text: string): boolean {
  return /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/.test(text);
}

/** ECMA-262, read with the u flag. Compiled, never run. */
export function formatRegex(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** RFC 4648 §4, with padding. */
export function formatByte(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/** RFC 4648 §4 or §5 (base64url), with or without padding, also in lines. */
export function formatLenientByte(text: string): boolean {
  return /^[A-Za-z0-9+/_\r\n-]*={0,2}$/.test(text);
}
