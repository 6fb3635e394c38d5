/** Colours code by its words, at build time: the pages need no script for it. */
import { escapeHtml, html, type Html } from "../../print/html.ts";

export type Language = "json" | "http" | "typescript" | "shell" | "python" | "go";

const string = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + "`[^`]*`";
const number = String.raw`\b\d+(?:\.\d+)?\b`;

const words: Readonly<Record<Language, string>> = {
  json: "true|false|null",
  http: "HTTP/1\\.1",
  typescript:
    "import|from|const|let|await|async|function|return|if|else|switch|case|default|break|throw|new|for|of|true|false|undefined|null|export|type",
  shell: "curl|if|then|fi|case|esac|in",
  python:
    "import|from|def|return|if|elif|else|for|in|while|break|raise|not|and|or|None|True|False|with|as|match|case",
  go: "package|import|func|var|const|type|struct|return|if|else|switch|case|default|for|range|defer|nil|map|string|true|false",
};

const comments: Readonly<Record<Language, string>> = {
  json: "(?!)",
  http: "(?!)",
  typescript: "//[^\\n]*",
  shell: "#[^\\n]*",
  python: "#[^\\n]*",
  go: "//[^\\n]*",
};

/** Escaped code with `<span class="…">` around comments (`c`), keys (`k`), strings (`s`), numbers (`n`) and keywords (`w`). */
export function highlight(code: string, language: Language): Html {
  const key =
    language === "json"
      ? String.raw`"(?:[^"\\\n]|\\.)*"(?=\s*:)`
      : language === "http"
        ? "^[A-Za-z-]+(?=: )"
        : "(?!)";
  const token = new RegExp(
    `(?<c>${comments[language]})|(?<k>${key})|(?<s>${string})|(?<w>\\b(?:${words[language]})\\b)|(?<n>${number})`,
    "gm",
  );
  let result = "";
  let from = 0;
  for (const match of code.matchAll(token)) {
    // The group that matched; the types say that all did.
    const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    result += `${escapeHtml(code.slice(from, match.index))}<span class="${kind ?? "n"}">${escapeHtml(match[0])}</span>`;
    from = match.index + match[0].length;
  }
  return html(result + escapeHtml(code.slice(from)));
}
