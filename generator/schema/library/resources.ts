/** Formats of resource identifiers: RFC 3986 URIs, RFC 3987 IRIs, RFC 6570 templates. */

/** RFC 3987 §2.2 `ucschar`, as the inside of a character class. */
const ucschar = [
  String.raw`\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF`,
  ...Array.from({ length: 13 }, (_, i) => {
    const plane = (i + 1).toString(16).toUpperCase();
    return String.raw`\u{${plane}0000}-\u{${plane}FFFD}`;
  }),
  String.raw`\u{E1000}-\u{EFFFD}`,
].join("");
const iprivate = String.raw`\uE000-\uF8FF\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}`;
const characters = String.raw`\w.~!$&'()*+,;=:@/?`;
const encoded = String.raw`%[\dA-Fa-f]{2}`;

export const resourceHelpers = {
  reference: {
    uses: ["formatIpv6"],
    source: String.raw`
/**
 * RFC 3986 appendix B takes a reference apart; each part is then held against the characters that it may have. What
 * separates parts cannot stand in them any more, so one set serves path, query, fragment and user.
 */
function reference(text: string, absolute: boolean, plain: RegExp, query: RegExp): boolean {
  const parts = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/su.exec(text);
  if (parts === null) return false;
  const [, scheme, authority, path = "", search = "", fragment = ""] = parts;
  if (scheme === undefined ? absolute : !/^[A-Za-z][A-Za-z\d+.-]*$/.test(scheme)) return false;
  if (authority !== undefined && !isAuthority(authority, plain)) return false;
  return plain.test(path) && query.test(search) && plain.test(fragment);
}

/** RFC 3986 §3.2. */
function isAuthority(text: string, plain: RegExp): boolean {
  const parts = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:@]*)(?::\d*)?$/u.exec(text);
  if (parts === null || !plain.test(parts[1] ?? "")) return false;
  const host = parts[2] ?? "";
  if (!host.startsWith("[")) return plain.test(host);
  return formatIpv6(host.slice(1, -1)) || /^\[v[\da-f]+\.[\w.~!$&'()*+,;=:-]+\]$/i.test(host);
}`,
  },
  uriText: {
    uses: [],
    source: String.raw`
const uriText = /^(?:[${characters}-]|${encoded})*$/u;`,
  },
  iriText: {
    uses: [],
    source: String.raw`
const iriText =
  /^(?:[${characters}${ucschar}-]|${encoded})*$/u;
const iriQuery =
  /^(?:[${characters}${ucschar}${iprivate}-]|${encoded})*$/u;`,
  },
  formatUri: {
    uses: ["reference", "uriText"],
    source: String.raw`
/** RFC 3986 §3: with a scheme. */
export function formatUri(text: string): boolean {
  return reference(text, true, uriText, uriText);
}`,
  },
  formatUriReference: {
    uses: ["reference", "uriText"],
    source: String.raw`
/** RFC 3986 §4.1. */
export function formatUriReference(text: string): boolean {
  return reference(text, false, uriText, uriText);
}`,
  },
  formatIri: {
    uses: ["reference", "iriText"],
    source: String.raw`
/** RFC 3987 §2.2: with a scheme. */
export function formatIri(text: string): boolean {
  return reference(text, true, iriText, iriQuery);
}`,
  },
  formatIriReference: {
    uses: ["reference", "iriText"],
    source: String.raw`
/** RFC 3987 §2.2. */
export function formatIriReference(text: string): boolean {
  return reference(text, false, iriText, iriQuery);
}`,
  },
  formatUriTemplate: {
    uses: [],
    source: String.raw`
const variable = "(?:\\w|%[\\dA-Fa-f]{2})(?:\\.?(?:\\w|%[\\dA-Fa-f]{2}))*(?::[1-9]\\d{0,3}|\\*)?";
const uriTemplate = /* @__PURE__ */ (() => new RegExp(
  "^(?:[^\\0-\\x20\"%<>\\\\^${"`"}{|}\\x7f]|%[\\dA-Fa-f]{2}|\\{[+#./;?&=,!@|]?" + variable + "(?:," + variable + ")*\\})*$",
  "u",
))();

/** RFC 6570 §2, with erratum 6937: an apostrophe is a literal. */
export function formatUriTemplate(text: string): boolean {
  return uriTemplate.test(text);
}`,
  },
} as const;
