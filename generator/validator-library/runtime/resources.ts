/** Formats of resource identifiers: RFC 3986 URIs, RFC 3987 IRIs, RFC 6570 templates. */
import { formatIpv6 } from "./internet.ts";

/**
 * RFC 3986 appendix B takes a reference apart; each part is then held against the characters that it may have. What
 * separates parts cannot stand in them any more, so one set serves path, query, fragment and user.
 */
export function reference(text: string, absolute: boolean, plain: RegExp, query: RegExp): boolean {
  const parts = /^(?:([^:/?#]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/su.exec(text);
  if (parts === null) return false;
  const [, scheme, authority, path = "", search = "", fragment = ""] = parts;
  if (scheme === undefined ? absolute : !/^[A-Za-z][A-Za-z\d+.-]*$/.test(scheme)) return false;
  if (authority !== undefined && !isAuthority(authority, plain)) return false;
  return plain.test(path) && query.test(search) && plain.test(fragment);
}

/** RFC 3986 §3.2. */
export function isAuthority(text: string, plain: RegExp): boolean {
  const parts = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:@]*)(?::\d*)?$/u.exec(text);
  if (parts === null || !plain.test(parts[1] ?? "")) return false;
  const host = parts[2] ?? "";
  if (!host.startsWith("[")) return plain.test(host);
  return formatIpv6(host.slice(1, -1)) || /^\[v[\da-f]+\.[\w.~!$&'()*+,;=:-]+\]$/i.test(host);
}

export const uriText = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-Fa-f]{2})*$/u;

export const iriText =
  /^(?:[\w.~!$&'()*+,;=:@/?\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF\u{10000}-\u{1FFFD}\u{20000}-\u{2FFFD}\u{30000}-\u{3FFFD}\u{40000}-\u{4FFFD}\u{50000}-\u{5FFFD}\u{60000}-\u{6FFFD}\u{70000}-\u{7FFFD}\u{80000}-\u{8FFFD}\u{90000}-\u{9FFFD}\u{A0000}-\u{AFFFD}\u{B0000}-\u{BFFFD}\u{C0000}-\u{CFFFD}\u{D0000}-\u{DFFFD}\u{E1000}-\u{EFFFD}-]|%[\dA-Fa-f]{2})*$/u;
export const iriQuery =
  /^(?:[\w.~!$&'()*+,;=:@/?\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF\u{10000}-\u{1FFFD}\u{20000}-\u{2FFFD}\u{30000}-\u{3FFFD}\u{40000}-\u{4FFFD}\u{50000}-\u{5FFFD}\u{60000}-\u{6FFFD}\u{70000}-\u{7FFFD}\u{80000}-\u{8FFFD}\u{90000}-\u{9FFFD}\u{A0000}-\u{AFFFD}\u{B0000}-\u{BFFFD}\u{C0000}-\u{CFFFD}\u{D0000}-\u{DFFFD}\u{E1000}-\u{EFFFD}\uE000-\uF8FF\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}-]|%[\dA-Fa-f]{2})*$/u;

/** RFC 3986 §3: with a scheme. */
export function formatUri(text: string): boolean {
  return reference(text, true, uriText, uriText);
}

/** RFC 3986 §4.1. */
export function formatUriReference(text: string): boolean {
  return reference(text, false, uriText, uriText);
}

/** RFC 3987 §2.2: with a scheme. */
export function formatIri(text: string): boolean {
  return reference(text, true, iriText, iriQuery);
}

/** RFC 3987 §2.2. */
export function formatIriReference(text: string): boolean {
  return reference(text, false, iriText, iriQuery);
}

export const variable = "(?:\\w|%[\\dA-Fa-f]{2})(?:\\.?(?:\\w|%[\\dA-Fa-f]{2}))*(?::[1-9]\\d{0,3}|\\*)?";
export const uriTemplate = /* @__PURE__ */ (() =>
  new RegExp(
    '^(?:[^\\0-\\x20"%<>\\\\^`{|}\\x7f]|%[\\dA-Fa-f]{2}|\\{[+#./;?&=,!@|]?' +
      variable +
      "(?:," +
      variable +
      ")*\\})*$",
    "u",
  ))();

/** RFC 6570 §2, with erratum 6937: an apostrophe is a literal. */
export function formatUriTemplate(text: string): boolean {
  return uriTemplate.test(text);
}
