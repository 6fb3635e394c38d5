/** Which formats assert, and with which helper (validation §7.3; OpenAPI 3.1.1 §4.4.1). */
import { formatLevel, type FormatLevels } from "../../openapi/reading.ts";
import type { LibrarySymbol } from "../../validator-library/print-library.ts";

/** The function of the library that checks a format. */
export type FormatCheck = Extract<LibrarySymbol, `format${string}`>;

const strings = new Map<string, FormatCheck | "any">([
  ["date-time", "formatDateTime"],
  ["date", "formatDate"],
  ["time", "formatTime"],
  ["duration", "formatDuration"],
  ["email", "formatEmail"],
  ["idn-email", "formatIdnEmail"],
  ["hostname", "formatHostname"],
  ["idn-hostname", "formatIdnHostname"],
  ["ipv4", "formatIpv4"],
  ["ipv6", "formatIpv6"],
  ["uri", "formatUri"],
  ["uri-reference", "formatUriReference"],
  ["iri", "formatIri"],
  ["iri-reference", "formatIriReference"],
  ["uuid", "formatUuid"],
  ["uri-template", "formatUriTemplate"],
  ["json-pointer", "formatJsonPointer"],
  ["relative-json-pointer", "formatRelativeJsonPointer"],
  ["regex", "formatRegex"],
  ["byte", "formatByte"],
  // Whatever bytes a body is made of, and whatever a person types: no string is wrong.
  ["binary", "any"],
  ["password", "any"],
  // Formats of numbers say nothing about strings.
  ["int32", "any"],
  ["int64", "any"],
  ["float", "any"],
  ["double", "any"],
]);

const numbers = new Map<string, FormatCheck>([
  ["int32", "formatInt32"],
  ["int64", "formatInt64"],
]);

/** What APIs send under these names in practice; the other formats have one level of strictness. */
const lenientStrings = new Map<string, FormatCheck>([
  ["date-time", "formatLenientDateTime"],
  ["time", "formatLenientTime"],
  ["uri", "formatUriReference"],
  ["iri", "formatIriReference"],
  ["email", "formatIdnEmail"],
  ["hostname", "formatIdnHostname"],
  ["byte", "formatLenientByte"],
]);

/** The helper that checks strings of this format; `any` where every string passes; `undefined` where it is unknown. */
export function stringFormat(name: string, levels: FormatLevels): FormatCheck | "any" | undefined {
  const level = formatLevel(levels, name);
  if (level === "off") return "any";
  return (level === "lenient" ? lenientStrings.get(name) : undefined) ?? strings.get(name);
}

/** The same for numbers, about which formats of strings say nothing. `float` and `double` hold every finite number. */
export function numberFormat(name: string, levels: FormatLevels): FormatCheck | "any" | undefined {
  if (formatLevel(levels, name) === "off") return "any";
  return numbers.get(name) ?? (strings.has(name) ? "any" : undefined);
}

/** True if the levels let values pass that the format's specification refuses. */
export function isLoosened(name: string, levels: FormatLevels): boolean {
  return (
    stringFormat(name, levels) !== stringFormat(name, "strict") ||
    numberFormat(name, levels) !== numberFormat(name, "strict")
  );
}
