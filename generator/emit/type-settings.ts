/** What the section `types` of `lockstep.yaml` decides about the types. */

export interface TypeSettings {
  /** TypeScript enums in place of unions of strings, for named schemas. */
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
}

export const typeEngines = ["lockstep", "openapi-typescript"] as const;
export type TypeEngine = (typeof typeEngines)[number];

/** Settings as they are written: what is absent has its default, which engines may have different ones of. */
export interface TypesConfig extends Partial<TypeSettings> {
  /** What prints `types.ts`. */
  readonly engine?: TypeEngine;
  /** What the types are compared with, in `oracle/`. */
  readonly oracle?: "openapi-typescript";
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
};

/** Settings that are on or off. */
export const typeSwitches = [
  "enum",
  "enumValues",
  "immutable",
  "arrayLength",
  "excludeDeprecated",
  "alphabetize",
  "additionalProperties",
  "defaultNonNullable",
] as const satisfies readonly (keyof TypeSettings)[];
