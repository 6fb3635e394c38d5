/** Deadlines that share a timer: never too early, at most a tenth too late, and none that was forgotten. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as deadlines from "../../runtime/adapters/deadlines.ts";

const timeout = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("calls what is missed between its time and a tenth of that later, whenever it was set", () => {
  const late: number[] = [];
  const start = Date.now();
  for (let set = 0; set < 2 * timeout; set += 70) {
    vi.advanceTimersByTime(set - (Date.now() - start));
    deadlines.expect(timeout, () => late.push(Date.now() - start - set - timeout));
  }
  vi.advanceTimersByTime(2 * timeout);
  expect(late).toHaveLength(Math.ceil((2 * timeout) / 70));
  for (const one of late) {
    expect(one).toBeGreaterThanOrEqual(0);
    expect(one).toBeLessThanOrEqual(timeout / 10);
  }
});

it("calls nothing that was forgotten, before or while others are missed, and stops its timer then", () => {
  const missed: string[] = [];
  const first = deadlines.expect(timeout, () => missed.push("first"));
  const next = deadlines.expect(timeout, () => missed.push("next"));
  const later: deadlines.Deadline[] = [];
  deadlines.expect(timeout, () => {
    missed.push("second");
    later.forEach(deadlines.forget);
  });
  later.push(deadlines.expect(timeout, () => missed.push("third")));
  for (const one of [first, next, first]) deadlines.forget(one);
  vi.advanceTimersByTime(2 * timeout);
  expect(missed).toEqual(["second"]);
  expect(vi.getTimerCount()).toBe(0);
});
