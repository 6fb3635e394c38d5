/** Tells values that are there from values that are to come. */

/** A promise, or what a library gives instead of one (ECMA-262 §27.2.1.3.2 goes by the `then` alone). */
export function isThenable<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
