/** Turns the function that decides about a schema into those that users call. */
import { Issues, none, type Issue } from "./issues.ts";
import { maxDepth } from "./limits.ts";
import type { Ok } from "./members.ts";
import { begin } from "./values.ts";

export function run(ok: Ok, value: unknown, limit: number): Issue[] {
  const issues = new Issues(limit);
  try {
    begin();
    ok(value, issues);
  } catch (error) {
    // A getter or a proxy threw, or the stack is full.
    if (error instanceof RangeError) issues.add("", "depth", maxDepth);
    else issues.add("", "unreadable");
  }
  return issues.list;
}

export function guard<T>(ok: Ok): (value: unknown) => value is T {
  return (value): value is T => {
    try {
      begin();
      return ok(value);
    } catch {
      return false;
    }
  };
}

/** The first issue, or undefined for a valid value. Never throws. */
export type Check = (value: unknown) => Issue | undefined;

export function first(ok: Ok): Check {
  return (value) => run(ok, value, 1)[0];
}

/** All issues, 20 of them where no other limit is given. Never throws. */
export type Collect = (value: unknown, limit?: number) => Issue[];

export function all(ok: Ok): Collect {
  return (value, limit = 20) => {
    const issues = run(ok, value, limit);
    return issues === none ? [] : issues;
  };
}
