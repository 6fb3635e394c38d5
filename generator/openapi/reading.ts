/** How a document is read where its letter and its author's meaning differ, and what its tree does not hold. */
import type { WrittenNumber } from "../json/written-numbers.ts";

/** `meant`: null is accepted wherever `nullable: true` stands; `letter`: only where the specification gives it effect. */
export const nullableMeanings = ["meant", "letter"] as const;
export type NullableMeaning = (typeof nullableMeanings)[number];

/** How `format` is checked: by its specification, as APIs send it, or not at all. */
export const formatLevels = ["strict", "lenient", "off"] as const;
export type FormatLevel = (typeof formatLevels)[number];

/** One level for every format, or levels by the name of the format; a format without a level is strict. */
export type FormatLevels = FormatLevel | Readonly<Record<string, FormatLevel>>;

export function formatLevel(levels: FormatLevels, format: string): FormatLevel {
  if (typeof levels === "string") return levels;
  return Object.hasOwn(levels, format) ? (levels[format] ?? "strict") : "strict";
}

/** What the settings choose; what is absent follows from the document. */
export interface ReadingChoices {
  readonly nullable?: NullableMeaning;
  /** Absent: `strict`. */
  readonly formats?: FormatLevels;
  /** `properties`, `required` and `items` imply a type where a schema has none. Absent: unless the document is owned. */
  readonly impliedTypes?: boolean;
}

export interface Reading {
  readonly nullable: NullableMeaning;
  readonly formats: FormatLevels;
  readonly impliedTypes: boolean;
  /** Numbers whose digits JavaScript would not write back, and all others of the same value. */
  readonly numbers: readonly WrittenNumber[];
}

/** How a document is read that nothing is known of but its tree. */
export const defaultReading: Reading = {
  nullable: "meant",
  formats: "strict",
  impliedTypes: false,
  numbers: [],
};

/** `owned`: whoever wrote the document can change it, so it is read by the letter. */
export function readingOf(
  { nullable = "meant", formats = "strict", impliedTypes }: ReadingChoices,
  owned: boolean,
  numbers: readonly WrittenNumber[],
): Reading {
  return { nullable, formats, impliedTypes: impliedTypes ?? !owned, numbers };
}
