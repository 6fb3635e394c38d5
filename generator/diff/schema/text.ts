/** Strings: which formats can be told, and an example of each. */
interface Format {
  readonly matches: (text: string) => boolean;
  readonly example: string;
}

/** Formats that can be told apart with certainty for the strings that are tried here. */
const formats: Readonly<Record<string, Format>> = {
  date: {
    matches: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
    example: "2026-01-31",
  },
  "date-time": {
    matches: (text) => /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.test(text),
    example: "2026-01-31T12:00:00Z",
  },
  uuid: {
    matches: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
    example: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
  },
  email: { matches: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text), example: "ada@example.com" },
  uri: { matches: (text) => /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text), example: "https://example.com/a" },
  "json-pointer": { matches: (text) => text === "" || text.startsWith("/"), example: "/a" },
};

/** Formats of numbers, which say nothing about strings, and those without any syntax (OpenAPI Format Registry). */
export const anyText: ReadonlySet<string> = new Set([
  "int64",
  "float",
  "double",
  "password",
  "byte",
  "binary",
  "html",
]);

/** `undefined`: the format is not one that can be told. */
export function matchesFormat(format: string, text: string): boolean | undefined {
  if (anyText.has(format) || format === "int32") return true;
  return Object.hasOwn(formats, format) ? formats[format]?.matches(text) : undefined;
}

/** Strings worth trying: an example of every format that is known. */
export const formatExamples: readonly string[] = Object.values(formats).map(({ example }) => example);
