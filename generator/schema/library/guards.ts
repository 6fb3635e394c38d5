/** Helpers that make the functions for users of one that decides about a schema. */
import { maxDepth } from "../analyse/depth.ts";

export const guardHelpers = {
  run: {
    uses: ["Issues", "Ok", "begin"],
    source: String.raw`
function run(ok: Ok, value: unknown, limit: number): Issue[] {
  const issues = new Issues(limit);
  try {
    begin();
    ok(value, issues);
  } catch (error) {
    // A getter or a proxy threw, or the stack is full.
    if (error instanceof RangeError) issues.add("", "depth", ${maxDepth});
    else issues.add("", "unreadable");
  }
  return issues.list;
}`,
  },
  guard: {
    uses: ["Ok", "begin"],
    source: String.raw`
export function guard<T>(ok: Ok): (value: unknown) => value is T {
  return (value): value is T => {
    try {
      begin();
      return ok(value);
    } catch {
      return false;
    }
  };
}`,
  },
  Check: {
    uses: ["Issue"],
    source: String.raw`
/** The first issue, or undefined for a valid value. Never throws. */
export type Check = (value: unknown) => Issue | undefined;`,
  },
  first: {
    uses: ["Check", "run"],
    source: String.raw`
export function first(ok: Ok): Check {
  return (value) => run(ok, value, 1)[0];
}`,
  },
  Collect: {
    uses: ["Issue"],
    source: String.raw`
/** All issues, 20 of them where no other limit is given. Never throws. */
export type Collect = (value: unknown, limit?: number) => Issue[];`,
  },
  all: {
    uses: ["Collect", "run"],
    source: String.raw`
export function all(ok: Ok): Collect {
  return (value, limit = 20) => {
    const issues = run(ok, value, limit);
    return issues === none ? [] : issues;
  };
}`,
  },
} as const;
