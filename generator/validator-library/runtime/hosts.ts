/** Formats of host names, internationalised ones included (RFC 1123, RFC 5890–5893). */
import { decodePunycode, punycodeLength } from "./punycode.ts";

/** A U-label: RFC 5891 §4.2.3, with the code points of RFC 5892 and the contextual rules of its appendix A. */
export function unicodeLabel(label: string): boolean {
  if (label.startsWith("-") || label.endsWith("-") || label.slice(2, 4) === "--" || /^\p{M}/u.test(label))
    return false;
  if (label.normalize("NFC") !== label || punycodeLength(label) > 59) return false;
  const characters = Array.from(label);
  return (
    characters.every((char, i) => protocolValid(char) || inContext(characters, i)) &&
    bidirectional(characters)
  );
}

export function protocolValid(char: string): boolean {
  if (/[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]/.test(char))
    return false;
  if (/[-\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]/.test(char)) return true;
  // Arabic-Indic digits have a rule of their own.
  if (!/[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]/u.test(char) || /[\u0660-\u0669\u06F0-\u06F9]/.test(char))
    return false;
  // Unstable under case folding and compatibility composition.
  return char.normalize("NFKC").toLowerCase().normalize("NFKC") === char;
}

export function inContext(label: readonly string[], i: number): boolean {
  const before = label[i - 1] ?? "";
  const after = label[i + 1] ?? "";
  switch (label[i]) {
    case "\u00B7":
      return before === "l" && after === "l";
    case "\u0375":
      return /\p{Script=Greek}/u.test(after);
    case "\u05F3":
    case "\u05F4":
      return /\p{Script=Hebrew}/u.test(before);
    case "\u30FB":
      return label.some(
        (char) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(char) && char !== "\u30FB",
      );
    case "\u200D":
      return virama.test(before);
    case "\u200C":
      return virama.test(before) || (joining.test(before) && joining.test(after));
    default:
      return areOneKind(label, label[i] ?? "");
  }
}

/** Arabic-Indic digits and their extended kind do not mix (RFC 5892 A.8, A.9). */
export function areOneKind(label: readonly string[], digit: string): boolean {
  if (/[\u0660-\u0669]/.test(digit)) return !label.some((char) => /[\u06F0-\u06F9]/.test(char));
  return /[\u06F0-\u06F9]/.test(digit) && !label.some((char) => /[\u0660-\u0669]/.test(char));
}

/** Characters with canonical combining class 9 (virama), after which joiners are allowed (RFC 5892 A.1, A.2). */
export const virama =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A\u1714\u1715\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED\u{10A3F}\u{11046}\u{11070}\u{1107F}\u{110B9}\u{11133}\u{11134}\u{111C0}\u{11235}\u{112EA}\u{1134D}\u{11442}\u{114C2}\u{115BF}\u{1163F}\u{116B6}\u{1172B}\u{11839}\u{1193D}\u{1193E}\u{119E0}\u{11A34}\u{11A47}\u{11A99}\u{11C3F}\u{11D44}\u{11D45}\u{11D97}]/u;
/** Scripts whose letters join (RFC 5892 A.1 asks for Joining_Type, which ECMA-262 does not know). */
export const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{M}]/u;

/** RFC 5893 §2, as far as scripts tell directions: a label with right-to-left letters begins with one and has no others. */
export function bidirectional(label: readonly string[]): boolean {
  const isRightToLeft = (char: string): boolean =>
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(char) &&
    /\p{L}/u.test(char);
  if (!label.some(isRightToLeft)) return true;
  // Rule 4: European and Arabic digits do not mix.
  if (label.some((char) => /\d/.test(char)) && label.some((char) => /[\u0660-\u0669]/.test(char)))
    return false;
  return isRightToLeft(label[0] ?? "") && label.every((char) => isRightToLeft(char) || !/\p{L}/u.test(char));
}

/** RFC 1123 §2.1; an A-label must be what its U-label encodes to (RFC 5890 §2.3.2.1). */
export function asciiLabel(label: string): boolean {
  if (label.length > 63 || !/^(?!-)[\da-z-]+(?<!-)$/i.test(label)) return false;
  if (label.slice(2, 4) !== "--") return true;
  if (!/^xn--/i.test(label)) return false;
  const decoded = decodePunycode(label.slice(4).toLowerCase());
  return decoded !== undefined && /[^\0-\x7f]/.test(decoded) && unicodeLabel(decoded);
}

/** RFC 1123 §2.1, RFC 5890 §2.3.2.3: labels of letters, digits and inner hyphens, 253 characters in all. */
export function formatHostname(text: string): boolean {
  return text.length <= 253 && text.split(".").every(asciiLabel);
}

/** RFC 5890 §2.3.2.3; any of the four full stops separates labels (RFC 3490 §3.1). */
export function formatIdnHostname(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.split(/[.\u3002\uFF0E\uFF61]/);
  // RFC 5893 §2 rule 1: beside a right-to-left label, none begins with a digit.
  if (/[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text) && labels.some((label) => /^\d/.test(label)))
    return false;
  return labels.every((label) => (/^[\0-\x7f]*$/.test(label) ? asciiLabel(label) : unicodeLabel(label)));
}
