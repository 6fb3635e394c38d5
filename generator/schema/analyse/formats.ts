/** Which formats assert, and with which helper (validation §7.3; OpenAPI 3.1.1 §4.4.1). */
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

/** The helper that checks strings of this format; `any` where every string passes; `undefined` where it is unknown. */
export function stringFormat(name: string): FormatCheck | "any" | undefined {
  return strings.get(name);
}

/** The same for numbers, about which formats of strings say nothing. `float` and `double` hold every finite number. */
export function numberFormat(name: string): FormatCheck | "any" | undefined {
  return numbers.get(name) ?? (strings.has(name) ? "any" : undefined);
}
