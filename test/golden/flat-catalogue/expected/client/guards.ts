/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okAlreadyDispatchedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "already_dispatched") return false;
  return true;
}

function okBrokenError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "broken") return false;
  return true;
}

function okForbiddenError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "forbidden") return false;
  return true;
}

function okInTransferError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "in_transfer") return false;
  return true;
}

function okInvalidError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "invalid") return false;
  return true;
}

function okKeyBusyError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "key_busy") return false;
  return true;
}

function okKeyReusedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "key_reused") return false;
  return true;
}

function okNotFoundError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "not_found") return false;
  return true;
}

function okOverLimitError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "over_limit") return false;
  if (!okLimitDetails(details)) return false;
  return true;
}

function okSlowDownError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "slow_down") return false;
  return true;
}

function okUnauthorizedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "unauthorized") return false;
  return true;
}

function okLimitDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { limit: member } = members;
  if (typeof member !== "number" || !Number.isFinite(member)) return false;
  return true;
}

export function readsAlreadyDispatchedError(body: unknown): boolean {
  return okAlreadyDispatchedError(body);
}

export function readsBrokenError(body: unknown): boolean {
  return okBrokenError(body);
}

export function readsForbiddenError(body: unknown): boolean {
  return okForbiddenError(body);
}

export function readsInTransferError(body: unknown): boolean {
  return okInTransferError(body);
}

export function readsInvalidError(body: unknown): boolean {
  return okInvalidError(body);
}

export function readsKeyBusyError(body: unknown): boolean {
  return okKeyBusyError(body);
}

export function readsKeyReusedError(body: unknown): boolean {
  return okKeyReusedError(body);
}

export function readsNotFoundError(body: unknown): boolean {
  return okNotFoundError(body);
}

export function readsOverLimitError(body: unknown): boolean {
  return okOverLimitError(body);
}

export function readsSlowDownError(body: unknown): boolean {
  return okSlowDownError(body);
}

export function readsUnauthorizedError(body: unknown): boolean {
  return okUnauthorizedError(body);
}
