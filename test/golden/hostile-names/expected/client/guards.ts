/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okFailure(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string") return false;
  if ((code as unknown) !== "__proto__" && (code as unknown) !== "*/" && (code as unknown) !== "not-found" && (code as unknown) !== "not_found" && (code as unknown) !== "соде" && (code as unknown) !== "`${x}`" && (code as unknown) !== "<b>|x|</b>") return false;
  if (message !== undefined && typeof message !== "string") return false;
  return true;
}

export function readsFailure(body: unknown): boolean {
  return okFailure(body);
}
