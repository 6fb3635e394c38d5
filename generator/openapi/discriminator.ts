/** OpenAPI's `discriminator` (3.1.1 §4.8.25): which values of the member name which alternative. */
import { asObject, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";

export type Mapping<Target> = readonly (readonly [value: string, target: Target | undefined])[];

/**
 * The entries of the mapping, whose values are names of schemas or URI references (§4.8.25.3).
 *
 * @param resolve finds what a reference names, or gives `undefined`
 */
export function mappingOf<Target>(
  discriminator: JsonObject,
  resolve: (reference: string) => Target | undefined,
): Mapping<Target> {
  return Object.entries(asObject(discriminator["mapping"])).map(([value, target]) => {
    if (typeof target !== "string") return [value, undefined];
    const byName = /^[\w.-]+$/.test(target) ? resolve(`#/components/schemas/${target}`) : undefined;
    return [value, byName ?? resolve(target)];
  });
}

/** The values that name an alternative: those that the mapping leads from, or else the name of its schema. */
export function valuesOf<Target>(
  alternative: Target | undefined,
  pointer: string,
  mapping: Mapping<Target>,
): string[] {
  const mapped = mapping.filter(([, target]) => target === alternative).map(([value]) => value);
  return mapped.length > 0 ? mapped : pointerTokens(pointer).slice(-1);
}
