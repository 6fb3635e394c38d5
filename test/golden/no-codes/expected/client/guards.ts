/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

function okGetTimedefault(value: unknown): boolean {
  return !(typeof value !== "object" || value === null || Array.isArray(value));
}

export function readsGetTimedefault(body: unknown): boolean {
  return okGetTimedefault(body);
}
