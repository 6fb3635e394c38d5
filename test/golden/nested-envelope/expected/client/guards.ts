/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okCardDeclinedBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okCardDeclinedError(error)) return false;
  return true;
}

function okCardExpiredBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okCardExpiredError(error)) return false;
  return true;
}

function okParameterInvalidBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okParameterInvalidError(error)) return false;
  return true;
}

function okCardDeclinedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message, details, param } = members;
  if (typeof code !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((code as unknown) !== "card_declined") return false;
  if (!okDecline(details)) return false;
  if (param !== undefined && typeof param !== "string") return false;
  return true;
}

function okCardExpiredError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message, param } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "card_expired") return false;
  if (param !== undefined && typeof param !== "string") return false;
  return true;
}

function okParameterInvalidError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message, param } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "parameter_invalid") return false;
  if (param !== undefined && typeof param !== "string") return false;
  return true;
}

function okDecline(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { reason } = members;
  if (typeof reason !== "string") return false;
  if ((reason as unknown) !== "funds" && (reason as unknown) !== "fraud") return false;
  return true;
}

export function readsCardDeclinedBody(body: unknown): boolean {
  return okCardDeclinedBody(body);
}

export function readsCardExpiredBody(body: unknown): boolean {
  return okCardExpiredBody(body);
}

export function readsParameterInvalidBody(body: unknown): boolean {
  return okParameterInvalidBody(body);
}
