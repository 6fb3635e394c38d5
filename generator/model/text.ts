/** Optional text members, in the form that `exactOptionalPropertyTypes` wants. */
import type { JsonObject } from "../json/json.ts";

/** `{ [as]: object[member] }` where that member is a string, else `{}`. */
export function optionalText<Name extends string>(
  object: JsonObject,
  as: Name,
  member: string = as,
): { readonly [member in Name]?: string } {
  const value = object[member];
  // A computed key widens to `string`; the one key written here is `Name`.
  return (typeof value === "string" ? { [as]: value } : {}) as { readonly [member in Name]?: string };
}
