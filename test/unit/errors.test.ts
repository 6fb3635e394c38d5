/** `generated/errors.ts` at run time: the data agrees with the canonical document, the guards with the data. */
import { describe, expect, it } from "vitest";
import {
  errorCatalogue,
  errorRetries,
  errorStatuses,
  hasErrorCode,
  isErrorCode,
  operationErrors,
  type ErrorBody,
  type ErrorCode,
} from "../../generated/errors.ts";

describe("generated errors", () => {
  it("answers the statuses that the API documents", () => {
    expect(errorStatuses).toEqual({
      bad_request: 400,
      concurrent_redeem: 409,
      idempotency_in_progress: 409,
      idempotency_key_reuse: 422,
      insufficient_scope: 403,
      internal_error: 500,
      not_found: 404,
      not_implemented: 501,
      prepared_send_expired: 410,
      rate_limited: 429,
      send_not_allowed: 403,
      terminal_state: 409,
      unauthorized: 401,
      validation_failed: 422,
    });
  });

  it("lists each code under the status that the catalogue gives it", () => {
    for (const statuses of Object.values(operationErrors)) {
      for (const [status, codes] of Object.entries<readonly ErrorCode[]>(statuses)) {
        for (const code of codes) expect(String(errorStatuses[code])).toBe(status);
      }
    }
  });

  it("knows redeeming a prepared send", () => {
    expect(operationErrors.sendPreparedBroadcast).toEqual({
      400: ["bad_request"],
      401: ["unauthorized"],
      403: ["insufficient_scope", "send_not_allowed"],
      404: ["not_found"],
      409: ["concurrent_redeem", "idempotency_in_progress"],
      410: ["prepared_send_expired"],
      422: ["idempotency_key_reuse"],
      429: ["rate_limited"],
      500: ["internal_error"],
    });
  });

  it("gives every code a page and the retry policy of its entry", () => {
    for (const code of Object.keys(errorStatuses).filter(isErrorCode)) {
      expect(errorCatalogue[code].docUrl).toMatch(new RegExp(`/errors/${code}/$`));
      expect(errorCatalogue[code].retry).toBe(errorRetries[code]);
    }
  });

  it.each([
    ["not_found", true],
    ["forbidden", false],
    ["toString", false],
    ["__proto__", false],
    [7, false],
  ])("isErrorCode(%j) is %j", (value, expected) => {
    expect(isErrorCode(value)).toBe(expected);
  });

  it("hasErrorCode looks at the code", () => {
    const body: ErrorBody = { error: "not_found", message: "No such resource." };
    expect(hasErrorCode(body, "terminal_state", "not_found")).toBe(true);
    expect(hasErrorCode(body, "terminal_state")).toBe(false);
  });
});
