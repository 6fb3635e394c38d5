/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okLockedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "locked") return false;
  return true;
}

function okMissingError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "missing") return false;
  return true;
}

export function readsLockedError(body: unknown): boolean {
  return okLockedError(body);
}

export function readsMissingError(body: unknown): boolean {
  return okMissingError(body);
}
