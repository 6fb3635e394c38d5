/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okTooLateError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { type: member, title, status, detail, code } = members;
  if (typeof member !== "string" || typeof title !== "string" || typeof status !== "number" || !Number.isFinite(status) || typeof code !== "string") return false;
  if ((status as unknown) !== 409) return false;
  if (detail !== undefined && typeof detail !== "string") return false;
  if ((code as unknown) !== "too_late") return false;
  return true;
}

function okUnknownBookingError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { type: member, title, status, detail, code } = members;
  if (typeof member !== "string" || typeof title !== "string" || typeof status !== "number" || !Number.isFinite(status) || typeof code !== "string") return false;
  if ((status as unknown) !== 404) return false;
  if (detail !== undefined && typeof detail !== "string") return false;
  if ((code as unknown) !== "unknown_booking") return false;
  return true;
}

export function readsTooLateError(body: unknown): boolean {
  return okTooLateError(body);
}

export function readsUnknownBookingError(body: unknown): boolean {
  return okUnknownBookingError(body);
}
