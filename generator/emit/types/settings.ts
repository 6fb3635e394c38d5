/** What the section `types` of `lockstep.yaml` decides about the types. */

export interface TypeSettings {
  /** TypeScript enums in place of unions of strings. */
  readonly enum: boolean;
  /** An array of the values beside each named enumeration. */
  readonly enumValues: boolean;
  /** Members and items are `readonly`. */
  readonly immutable: boolean;
  /** Arrays with `minItems` or `maxItems` are tuples. */
  readonly arrayLength: boolean;
  /** Members and parameters that are deprecated are left out. */
  readonly excludeDeprecated: boolean;
  /** Members and names are sorted. */
  readonly alphabetize: boolean;
  /** Objects without `additionalProperties` have an index signature. */
  readonly additionalProperties: boolean;
  /** Members with a default are never optional. */
  readonly defaultNonNullable: boolean;
  readonly dates: "string" | "Date";
  readonly int64: "number" | "bigint" | "string";
}

export const defaultTypeSettings: TypeSettings = {
  enum: false,
  enumValues: false,
  immutable: false,
  arrayLength: false,
  excludeDeprecated: false,
  alphabetize: false,
  additionalProperties: false,
  defaultNonNullable: false,
  dates: "string",
  int64: "number",
};
