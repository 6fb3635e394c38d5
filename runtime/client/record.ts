/** Reads members of values that nobody has vouched for. */

export type Members = Readonly<Record<string, unknown>>;

/** An object that is not a list. */
export function isRecord(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same, with nothing for anything else. */
export function asRecord(value: unknown): Members {
  return isRecord(value) ? value : {};
}

/** An own member; what a prototype brings does not count. */
export function ownValue<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The value at a path of own members. */
export function valueAt(value: unknown, path: readonly string[] | undefined): unknown {
  return path?.reduce<unknown>((inner, step) => ownValue(asRecord(inner), step), value);
}
