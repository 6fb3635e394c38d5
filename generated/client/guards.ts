/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */

import { asObject } from "./runtime.js";

function okBadRequestError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "bad_request") return false;
  if (!okBadRequestDetails(details)) return false;
  return true;
}

function okConcurrentRedeemError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "concurrent_redeem") return false;
  return true;
}

function okIdempotencyInProgressError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "idempotency_in_progress") return false;
  return true;
}

function okIdempotencyKeyReuseError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "idempotency_key_reuse") return false;
  return true;
}

function okInsufficientScopeError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "insufficient_scope") return false;
  if (!okInsufficientScopeDetails(details)) return false;
  return true;
}

function okInternalError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "internal_error") return false;
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

function okNotImplementedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "not_implemented") return false;
  return true;
}

function okPreparedSendExpiredError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "prepared_send_expired") return false;
  if (!okPreparedSendExpiredDetails(details)) return false;
  return true;
}

function okRateLimitedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "rate_limited") return false;
  return true;
}

function okSendNotAllowedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message } = members;
  if (typeof error !== "string" || typeof message !== "string") return false;
  if ((error as unknown) !== "send_not_allowed") return false;
  return true;
}

function okTerminalStateError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "terminal_state") return false;
  if (!okTerminalStateDetails(details)) return false;
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

function okValidationFailedError(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { error, message, details } = members;
  if (typeof error !== "string" || typeof message !== "string" || details === undefined) return false;
  if ((error as unknown) !== "validation_failed") return false;
  if (!okValidationFailedDetails(details)) return false;
  return true;
}

function okBadRequestDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { issues: member } = members;
  if (!Array.isArray(member)) return false;
  for (let index = 0; index < member.length; index++) {
    const item: unknown = member[index];
    if (!okRequestIssue(item)) return false;
  }
  return true;
}

function okInsufficientScopeDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { required } = members;
  if (!Array.isArray(required)) return false;
  for (let index = 0; index < required.length; index++) {
    const item: unknown = required[index];
    if (typeof item !== "string") return false;
  }
  return true;
}

function okPreparedSendExpiredDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { reason } = members;
  if (typeof reason !== "string") return false;
  if ((reason as unknown) !== "lapsed" && (reason as unknown) !== "redeemed") return false;
  return true;
}

function okTerminalStateDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { status } = members;
  if (status === undefined) return false;
  if (!okBroadcastStatus(status)) return false;
  return true;
}

function okValidationFailedDetails(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { issues: member } = members;
  if (!Array.isArray(member)) return false;
  for (let index = 0; index < member.length; index++) {
    const item: unknown = member[index];
    if (!okRequestIssue(item)) return false;
  }
  return true;
}

function okRequestIssue(value: unknown): boolean {
  const members = asObject(value);
  if (members === undefined) return false;
  const { in: member, pointer, rule, message } = members;
  if (typeof member !== "string" || typeof pointer !== "string" || typeof rule !== "string" || typeof message !== "string") return false;
  if ((member as unknown) !== "path" && (member as unknown) !== "query" && (member as unknown) !== "header" && (member as unknown) !== "cookie" && (member as unknown) !== "body") return false;
  return true;
}

function okBroadcastStatus(value: unknown): boolean {
  return typeof value === "string" && !((value as unknown) !== "NotStarted" && (value as unknown) !== "InProgress" && (value as unknown) !== "Triggered" && (value as unknown) !== "Sent" && (value as unknown) !== "Failed" && (value as unknown) !== "Archived" && (value as unknown) !== "Warming" && (value as unknown) !== "Paused");
}

export function readsBadRequestError(body: unknown): boolean {
  return okBadRequestError(body);
}

export function readsConcurrentRedeemError(body: unknown): boolean {
  return okConcurrentRedeemError(body);
}

export function readsIdempotencyInProgressError(body: unknown): boolean {
  return okIdempotencyInProgressError(body);
}

export function readsIdempotencyKeyReuseError(body: unknown): boolean {
  return okIdempotencyKeyReuseError(body);
}

export function readsInsufficientScopeError(body: unknown): boolean {
  return okInsufficientScopeError(body);
}

export function readsInternalError(body: unknown): boolean {
  return okInternalError(body);
}

export function readsNotFoundError(body: unknown): boolean {
  return okNotFoundError(body);
}

export function readsNotImplementedError(body: unknown): boolean {
  return okNotImplementedError(body);
}

export function readsPreparedSendExpiredError(body: unknown): boolean {
  return okPreparedSendExpiredError(body);
}

export function readsRateLimitedError(body: unknown): boolean {
  return okRateLimitedError(body);
}

export function readsSendNotAllowedError(body: unknown): boolean {
  return okSendNotAllowedError(body);
}

export function readsTerminalStateError(body: unknown): boolean {
  return okTerminalStateError(body);
}

export function readsUnauthorizedError(body: unknown): boolean {
  return okUnauthorizedError(body);
}

export function readsValidationFailedError(body: unknown): boolean {
  return okValidationFailedError(body);
}
