/** Formats of host names, internationalised ones included (RFC 1123, RFC 5890–5893). */

/** Characters with canonical combining class 9 (virama), after which joiners are allowed (RFC 5892 A.1, A.2). */
const virama = [
  String.raw`\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A`,
  String.raw`\u1714\u1715\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED`,
  String.raw`\u{10A3F}\u{11046}\u{11070}\u{1107F}\u{110B9}\u{11133}\u{11134}\u{111C0}\u{11235}\u{112EA}\u{1134D}`,
  String.raw`\u{11442}\u{114C2}\u{115BF}\u{1163F}\u{116B6}\u{1172B}\u{11839}\u{1193D}\u{1193E}\u{119E0}\u{11A34}`,
  String.raw`\u{11A47}\u{11A99}\u{11C3F}\u{11D44}\u{11D45}\u{11D97}`,
].join("");

export const hostHelpers = {
  punycode: {
    uses: [],
    source: String.raw`
/** RFC 3492 §6.2, for the part of an A-label after "xn--"; undefined where it decodes to nothing. */
function decodePunycode(text: string): string | undefined {
  const dash = text.lastIndexOf("-");
  const output = dash > 0 ? [...text.slice(0, dash)].map((char) => char.charCodeAt(0)) : [];
  let code = 128;
  let delta = 0;
  let bias = 72;
  for (let i = dash > 0 ? dash + 1 : 0; i < text.length; ) {
    const before = delta;
    for (let weight = 1, k = 36; ; k += 36) {
      const char = text.charCodeAt(i++) | 32;
      const digit = char >= 97 && char <= 122 ? char - 97 : char >= 48 && char <= 57 ? char - 22 : NaN;
      delta += digit * weight;
      if (!(delta < 2 ** 31)) return undefined;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const size = output.length + 1;
    bias = adapt(delta - before, size, before === 0);
    code += Math.floor(delta / size);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
    delta %= size;
    output.splice(delta++, 0, code);
  }
  return String.fromCodePoint(...output);
}

/** RFC 3492 §6.3: how long the A-label of a U-label is, without "xn--". */
function punycodeLength(text: string): number {
  const input = Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const basic = input.filter((code) => code < 128).length;
  let length = basic === 0 ? 0 : basic + 1;
  let delta = 0;
  let bias = 72;
  let next = 128;
  for (let handled = basic; handled < input.length; delta++, next++) {
    const least = Math.min(...input.filter((code) => code >= next));
    delta += (least - next) * (handled + 1);
    next = least;
    for (const code of input) {
      if (code < next) delta++;
      if (code !== next) continue;
      let rest = delta;
      for (let k = 36; ; k += 36) {
        length++;
        const threshold = Math.min(26, Math.max(1, k - bias));
        if (rest < threshold) break;
        rest = Math.floor((rest - threshold) / (36 - threshold));
      }
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
  }
  return length;
}

function adapt(delta: number, size: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / size);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}`,
  },
  unicodeLabel: {
    uses: ["punycode"],
    source: String.raw`
/** A U-label: RFC 5891 §4.2.3, with the code points of RFC 5892 and the contextual rules of its appendix A. */
function unicodeLabel(label: string): boolean {
  if (label.startsWith("-") || label.endsWith("-") || label.slice(2, 4) === "--" || /^\p{M}/u.test(label)) return false;
  if (label.normalize("NFC") !== label || punycodeLength(label) > 59) return false;
  const characters = [...label];
  return characters.every((char, i) => protocolValid(char) || inContext(characters, i)) && bidirectional(characters);
}

function protocolValid(char: string): boolean {
  if (/[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B\u1100-\u11FF\uA960-\uA97F\uD7B0-\uD7FF]/.test(char)) return false;
  if (/[-\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]/.test(char)) return true;
  // Arabic-Indic digits have a rule of their own.
  if (!/[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]/u.test(char) || /[\u0660-\u0669\u06F0-\u06F9]/.test(char)) return false;
  // Unstable under case folding and compatibility composition.
  return char.normalize("NFKC").toLowerCase().normalize("NFKC") === char;
}

function inContext(label: readonly string[], i: number): boolean {
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
      return label.some((char) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(char) && char !== "\u30FB");
    case "\u200D":
      return virama.test(before);
    case "\u200C":
      return virama.test(before) || (joining.test(before) && joining.test(after));
  }
  const digits = label[i] ?? "";
  if (/[\u0660-\u0669]/.test(digits)) return !label.some((char) => /[\u06F0-\u06F9]/.test(char));
  return /[\u06F0-\u06F9]/.test(digits) && !label.some((char) => /[\u0660-\u0669]/.test(char));
}

const virama = /[${virama}]/u;
/** Scripts whose letters join (RFC 5892 A.1 asks for Joining_Type, which ECMA-262 does not know). */
const joining = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mandaic}\p{Script=Mongolian}\p{Script=Phags_Pa}\p{M}]/u;

/** RFC 5893 §2, as far as scripts tell directions: a label with right-to-left letters begins with one and has no others. */
function bidirectional(label: readonly string[]): boolean {
  const isRightToLeft = (char: string): boolean =>
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(char) && /\p{L}/u.test(char);
  if (!label.some(isRightToLeft)) return true;
  // Rule 4: European and Arabic digits do not mix.
  if (label.some((char) => /\d/.test(char)) && label.some((char) => /[\u0660-\u0669]/.test(char))) return false;
  return isRightToLeft(label[0] ?? "") && label.every((char) => isRightToLeft(char) || !/\p{L}/u.test(char));
}`,
  },
  asciiLabel: {
    uses: ["unicodeLabel"],
    source: String.raw`
/** RFC 1123 §2.1; an A-label must be what its U-label encodes to (RFC 5890 §2.3.2.1). */
function asciiLabel(label: string): boolean {
  if (label.length > 63 || !/^(?!-)[\da-z-]+(?<!-)$/i.test(label)) return false;
  if (label.slice(2, 4) !== "--") return true;
  if (!/^xn--/i.test(label)) return false;
  const decoded = decodePunycode(label.slice(4).toLowerCase());
  return decoded !== undefined && /[^\0-\x7f]/.test(decoded) && unicodeLabel(decoded);
}`,
  },
  formatHostname: {
    uses: ["asciiLabel"],
    source: String.raw`
/** RFC 1123 §2.1, RFC 5890 §2.3.2.3: labels of letters, digits and inner hyphens, 253 characters in all. */
export function formatHostname(text: string): boolean {
  return text.length <= 253 && text.split(".").every(asciiLabel);
}`,
  },
  formatIdnHostname: {
    uses: ["asciiLabel"],
    source: String.raw`
/** RFC 5890 §2.3.2.3; any of the four full stops separates labels (RFC 3490 §3.1). */
export function formatIdnHostname(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.split(/[.\u3002\uFF0E\uFF61]/);
  // RFC 5893 §2 rule 1: beside a right-to-left label, none begins with a digit.
  if (/[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(text) && labels.some((label) => /^\d/.test(label))) return false;
  return labels.every((label) => (/^[\0-\x7f]*$/.test(label) ? asciiLabel(label) : unicodeLabel(label)));
}`,
  },
} as const;
