/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okNotFound(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  const members_2 = asObject(error);
  if (members_2 === undefined) return false;
  const { code, message } = members_2;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "not_found") return false;
  return true;
}

function okBooksGetOnedefault(value: unknown): boolean {
  return !(!(okNotFound(value) || okBusy(value)));
}

function okBusy(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  const members_2 = asObject(error);
  if (members_2 === undefined) return false;
  const { code, message, details } = members_2;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "busy") return false;
  const members_3 = asObject(details);
  if (members_3 === undefined) return false;
  const { seconds } = members_3;
  if (seconds !== undefined && (typeof seconds !== "number" || !Number.isFinite(seconds))) return false;
  return true;
}

export function readsNotFound(body: unknown): boolean {
  return okNotFound(body);
}

export function readsBooksGetOnedefault(body: unknown): boolean {
  return okBooksGetOnedefault(body);
}
