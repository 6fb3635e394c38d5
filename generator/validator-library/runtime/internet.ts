/** Formats of network and mail addresses. */
import { formatHostname, formatIdnHostname } from "./hosts.ts";

/** RFC 2673 §3.2: four decimal numbers without leading zeros. */
export function formatIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291 §2.2: eight groups, "::" for a run of zeros, perhaps an IPv4 address at the end. No zone. */
export function formatIpv6(text: string): boolean {
  if (text.length > 45 || !/^[\da-f:.]*$/i.test(text)) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  const hasIpv4 = last.includes(".") && !text.endsWith("::") && formatIpv4(last);
  const plain = hasIpv4 ? groups.slice(0, -1) : groups;
  const size = plain.length + (hasIpv4 ? 2 : 0);
  return (
    plain.every((group) => /^[\da-f]{1,4}$/i.test(group)) && (halves.length === 2 ? size <= 7 : size === 8)
  );
}

/** RFC 5321 §4.1.2 Mailbox. */
export function formatEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (
    at < 1 ||
    !/^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[ !#-[\]-~]|\\[ -~])*")$/.test(local)
  )
    return false;
  if (!domain.startsWith("[") || !domain.endsWith("]")) return formatHostname(domain);
  const literal = domain.slice(1, -1);
  return literal.startsWith("IPv6:") ? formatIpv6(literal.slice(5)) : formatIpv4(literal);
}

/** RFC 6531 §3.3: as in RFC 5321, with any character beyond ASCII. */
export function formatIdnEmail(text: string): boolean {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  if (
    at < 1 ||
    !/^(?:[^\0-\x20"(),.:;<>@[\\\]\x7f]+(?:\.[^\0-\x20"(),.:;<>@[\\\]\x7f]+)*|"(?:[^\0-\x1f"\\\x7f]|\\[^\0-\x1f\x7f])*")$/u.test(
      local,
    )
  )
    return false;
  // Mail transport composes domains before looking them up (RFC 6531 §3.3, RFC 5891 §5.3).
  return formatIdnHostname(text.slice(at + 1).normalize("NFC"));
}
