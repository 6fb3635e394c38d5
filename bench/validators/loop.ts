/** The loop that is timed. Each contender gets an instance of its own: a validator's callers are not shared either. */
import type { Json } from "../../generator/json/json.ts";

let accepted = 0;

/** Nanoseconds a call, over all values a number of times. */
export function nanoseconds(
  validate: (value: Json) => unknown,
  values: readonly Json[],
  times: number,
): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) {
    for (const value of values) if (validate(value) === true) accepted++;
  }
  const elapsed = Number(process.hrtime.bigint() - start);
  // Never so: but what is counted has to be read, or an engine may leave the calls out.
  return accepted < 0 ? NaN : elapsed / (times * values.length);
}
