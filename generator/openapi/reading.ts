/** What is decided about a document beside its tree. */
import type { WrittenNumber } from "../json/written-numbers.ts";

export interface Reading {
  /** Numbers whose digits JavaScript would not write back, and all others of the same value. */
  readonly numbers: readonly WrittenNumber[];
}

export const defaultReading: Reading = { numbers: [] };
