/** The identifiers of error codes: `not_found` → `NotFound`. */
import { distinctNames } from "../json/distinct-names.ts";
import { pascalCase } from "../json/identifier.ts";

/** Gives each of `codes` its identifier. */
export function codeIdentifiers(codes: readonly string[]): (code: string) => string {
  const names = distinctNames(codes.map((code) => ({ name: pascalCase(code), origin: code })));
  const identifiers = new Map(codes.map((code, index) => [code, names[index]]));
  return (code) => identifiers.get(code) ?? pascalCase(code);
}
