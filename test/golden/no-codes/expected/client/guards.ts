/**
 * Each schema is one function ok… that answers yes or no as fast as it can, and one function walk… that goes through
 * the same rules and notes every issue. Values are unknown: what a function reads it has tested before.
 */

function okGetTimedefault(value: unknown): boolean {
  return !(typeof value !== "object" || value === null || Array.isArray(value));
}

export function readsGetTimedefault(body: unknown): boolean {
  return okGetTimedefault(body);
}
