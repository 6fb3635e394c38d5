/** What a comparison of two schemas finds. */
import type { Json } from "../../json/json.ts";

/** Who sends the values: `request`: clients of the base to a server of the revision. `response`: the other way round. */
export type Direction = "request" | "response";

export type FieldChange =
  /** A member that could be sent is gone: refused, or no longer there to be read. */
  | "removed"
  /** A member that clients send is taken by the server and means nothing any more. */
  | "ignored"
  | "added"
  /** A new member where the base allows none beyond those that it names. */
  | "unexpected"
  | "optional"
  | "required"
  | "type-changed"
  /** The revision accepts values that the base refuses. */
  | "widened"
  /** Widened by bounds, patterns and formats alone: the types are as before. */
  | "loosened"
  | "narrowed"
  /** Neither proved nor refuted. */
  | "changed"
  | "default-changed"
  | "deprecated";

/** A step from a value to one inside it. */
export type PathStep = { readonly member: string } | "item";

export interface Lifecycle {
  readonly deprecated: boolean;
  /** Full date (RFC 3339). */
  readonly sunset?: string;
  readonly stability?: string;
}

export interface FieldDifference {
  readonly kind: FieldChange;
  /** Names of members from the root, `[]` for the items of a list: `issues[].rule`; `""` is the root. */
  readonly path: string;
  /** The same from the closest component on, such as `Book.price`; absent where no component lies between. */
  readonly named?: string;
  readonly steps: readonly PathStep[];
  /** Where each side says it. */
  readonly base?: string;
  readonly revision?: string;
  /** A value in this place that one side accepts and the other refuses. */
  readonly value?: Json;
  /** What the base promised about the member. */
  readonly lifecycle?: Lifecycle;
  /** Why it could not be decided. */
  readonly why?: string;
}

/** Changes that break, or may break, whoever receives the values. */
export const harmful: Readonly<Record<Direction, ReadonlySet<FieldChange>>> = {
  request: new Set(["removed", "required", "type-changed", "narrowed", "changed"]),
  response: new Set(["removed", "unexpected", "optional", "type-changed", "widened", "loosened", "changed"]),
};
