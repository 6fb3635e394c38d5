/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okBrokenBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okBrokenError(error)) return false;
  return true;
}

function okBusyBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okBusyError(error)) return false;
  return true;
}

function okInProgressBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okInProgressError(error)) return false;
  return true;
}

function okInvalidBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okInvalidError(error)) return false;
  return true;
}

function okKeyReuseBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okKeyReuseError(error)) return false;
  return true;
}

function okNoCredentialsBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okNoCredentialsError(error)) return false;
  return true;
}

function okNoPathBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okNoPathError(error)) return false;
  return true;
}

function okNoScopeBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okNoScopeError(error)) return false;
  return true;
}

function okTooFastBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okTooFastError(error)) return false;
  return true;
}

function okTooLargeBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okTooLargeError(error)) return false;
  return true;
}

function okTooManySessionsBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okTooManySessionsError(error)) return false;
  return true;
}

function okWrongMethodBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okWrongMethodError(error)) return false;
  return true;
}

function okWrongTypeBody(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error } = members;
  if (error === undefined) return false;
  if (!okWrongTypeError(error)) return false;
  return true;
}

function okBrokenError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "broken") return false;
  return true;
}

function okBusyError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "busy") return false;
  return true;
}

function okInProgressError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "in_progress") return false;
  return true;
}

function okInvalidError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "invalid") return false;
  return true;
}

function okKeyReuseError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "key_reuse") return false;
  return true;
}

function okNoCredentialsError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "no_credentials") return false;
  return true;
}

function okNoPathError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "no_path") return false;
  return true;
}

function okNoScopeError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "no_scope") return false;
  return true;
}

function okTooFastError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "too_fast") return false;
  return true;
}

function okTooLargeError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "too_large") return false;
  return true;
}

function okTooManySessionsError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message, details } = members;
  if (typeof code !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((code as unknown) !== "too_many_sessions") return false;
  if (!okLimit(details)) return false;
  return true;
}

function okWrongMethodError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "wrong_method") return false;
  return true;
}

function okWrongTypeError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { code, message } = members;
  if (typeof code !== "string" || typeof message !== "string") return false;
  if ((code as unknown) !== "wrong_type") return false;
  return true;
}

function okLimit(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { limit: member } = members;
  if (typeof member !== "number" || !Number.isFinite(member)) return false;
  return true;
}

export function readsBrokenBody(body: unknown): boolean {
  return okBrokenBody(body);
}

export function readsBusyBody(body: unknown): boolean {
  return okBusyBody(body);
}

export function readsInProgressBody(body: unknown): boolean {
  return okInProgressBody(body);
}

export function readsInvalidBody(body: unknown): boolean {
  return okInvalidBody(body);
}

export function readsKeyReuseBody(body: unknown): boolean {
  return okKeyReuseBody(body);
}

export function readsNoCredentialsBody(body: unknown): boolean {
  return okNoCredentialsBody(body);
}

export function readsNoPathBody(body: unknown): boolean {
  return okNoPathBody(body);
}

export function readsNoScopeBody(body: unknown): boolean {
  return okNoScopeBody(body);
}

export function readsTooFastBody(body: unknown): boolean {
  return okTooFastBody(body);
}

export function readsTooLargeBody(body: unknown): boolean {
  return okTooLargeBody(body);
}

export function readsTooManySessionsBody(body: unknown): boolean {
  return okTooManySessionsBody(body);
}

export function readsWrongMethodBody(body: unknown): boolean {
  return okWrongMethodBody(body);
}

export function readsWrongTypeBody(body: unknown): boolean {
  return okWrongTypeBody(body);
}
