/** What a proof of inclusion asks on the way. */
import type { Json, JsonObject } from "../../json/json.ts";
import type { Conjunction } from "./side.ts";

export interface Questions {
  /** True if the first is included in the second. */
  readonly within: (inner: Conjunction, outer: Conjunction) => boolean;
  /** True if it is included in a schema of a document. */
  readonly schema: (inner: Conjunction, document: JsonObject, outer: Json | undefined) => boolean;
  /** The same about a member or an item of the value. */
  readonly below: (inner: Conjunction, document: JsonObject, outer: Json | undefined) => boolean;
  /** The same about the member of this name. */
  readonly property: (inner: Conjunction, name: string, document: JsonObject, schema: Json) => boolean;
  /** True if the sender never sends the member. */
  readonly isUnsent: (inner: Conjunction, name: string) => boolean;
}
