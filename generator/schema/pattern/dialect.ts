/** Translates patterns of other dialects (PCRE, Java, Python, .NET, Ruby) where ECMA-262 can say the same. */

export interface Translation {
  readonly source: string;
  /** Flags besides `u`. */
  readonly flags: string;
}

/** Escapes and groups that have another spelling in ECMA-262. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\(\?P</g, "(?<"],
  [/\\x\{([0-9A-Fa-f]+)\}/g, "\\u{$1}"],
  [/\\([pP])([LMNPSZC])(?![\w{])/g, "\\$1{$2}"],
];

/** Escapes that stand for an assertion or a class, outside and inside brackets. */
const escapes: Readonly<Record<string, readonly [outside: string, inside: string | undefined]>> = {
  "\\A": ["^", undefined],
  "\\z": ["$", undefined],
  "\\Z": ["$", undefined],
  "\\h": ["[ \\t]", " \\t"],
  "\\a": ["\\x07", "\\x07"],
  "\\e": ["\\x1b", "\\x1b"],
};

/** Members of POSIX classes (ISO/IEC 9945 §9.3.5), as they stand in brackets. */
const posix: Readonly<Record<string, string>> = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  digit: "0-9",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`\\{-~",
  space: "\\s",
  upper: "A-Z",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

/** The pattern in ECMA-262; `undefined` where nothing is to be translated, or where it would mean something else. */
export function translatePattern(source: string): Translation | undefined {
  const [, set = "", rest = source] = /^\(\?([a-z]+)\)(.*)$/s.exec(source) ?? [];
  // `i` and `s` are ECMA-262's; `u` is always on. Other flags change what the text itself means.
  if (/[^isu]/.test(set)) return undefined;
  let text = rest;
  for (const [from, to] of spellings) text = text.replaceAll(from, to);
  const translated = translateEscapes(text);
  if (translated === undefined || (set === "" && translated === source)) return undefined;
  return { source: translated, flags: [...new Set(set.replaceAll("u", ""))].sort().join("") };
}

/** One pass over the tokens of a pattern that knows whether it is in brackets. */
function translateEscapes(text: string): string | undefined {
  let inBrackets = false;
  let result = "";
  for (const [token] of text.matchAll(/\\.|\[:\^?\w+:\]|[^\\]/gsu)) {
    if (token.startsWith("[:") && token.length > 2) {
      const members = inBrackets ? posix[token.slice(2, -2)] : undefined;
      if (members === undefined) return undefined;
      result += members;
    } else if (token.startsWith("\\")) {
      const [outside, inside] = (Object.hasOwn(escapes, token) ? escapes[token] : undefined) ?? [
        token,
        token,
      ];
      const spelt = inBrackets ? inside : outside;
      if (spelt === undefined) return undefined;
      result += spelt;
    } else {
      if (token === "[" && !inBrackets) inBrackets = true;
      else if (token === "]") inBrackets = false;
      result += token;
    }
  }
  return result;
}
