/** Everything that one comparison has found, ready to be printed in any format. */
import type { Diagnostic, SourceLocation } from "../../diagnostics/diagnostic.ts";
import type { Bump, Change, Impact } from "../change.ts";
import { counted } from "../wording.ts";

export interface PlacedChange extends Change {
  /** Where the author of each side wrote it. */
  readonly baseLocation?: SourceLocation;
  readonly revisionLocation?: SourceLocation;
  /** For what is gone: the nearest place around it that the revision still has. */
  readonly nearLocation?: SourceLocation;
}

export interface IgnoredChange {
  readonly change: PlacedChange;
  readonly reason: string;
  readonly expires: string;
}

export interface DiffReport {
  readonly title: string;
  /** How the sides were named, and their `info.version`. */
  readonly base: { readonly label: string; readonly version: string };
  readonly revision: { readonly label: string; readonly version: string };
  /** Worst first. */
  readonly changes: readonly PlacedChange[];
  readonly ignored: readonly IgnoredChange[];
  /** The bump that `changes` ask for. */
  readonly bump: Bump;
  /** The version to take, where the base has a semantic one. */
  readonly suggestedVersion?: string;
  /** Diagnostics about the comparison itself, such as stale entries of the ignore file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How many changes there are of each impact. */
export function countImpacts(changes: readonly Change[]): Readonly<Record<Impact, number>> {
  const counts: Record<Impact, number> = { breaking: 0, risky: 0, safe: 0 };
  for (const { impact } of changes) counts[impact]++;
  return counts;
}

/** `2 breaking, 1 risky, 3 safe, 1 finding ignored`; `no changes` only where there is nothing at all. */
export function summaryOf({ changes, ignored }: Pick<DiffReport, "changes" | "ignored">): string {
  const counts = countImpacts(changes);
  const impacts = (["breaking", "risky", "safe"] as const).filter((impact) => counts[impact] > 0);
  const parts = impacts.map((impact) => `${counts[impact]} ${impact}`);
  if (ignored.length > 0) parts.push(`${counted(ignored.length, "finding")} ignored`);
  return parts.length === 0 ? "no changes" : parts.join(", ");
}

/** Who breaks, as a person says it; empty for a change that breaks nobody. */
export function whoBreaks({ clients }: Change): string {
  const names = {
    "old-client": "deployed clients",
    "new-client": "new clients on old servers",
    exhaustive: "exhaustive clients",
  } as const;
  const kinds = (["old-client", "new-client", "exhaustive"] as const).filter(
    (kind) => clients[kind] === "breaking",
  );
  return kinds.map((kind) => names[kind]).join(", ");
}

/** The place to point at: the revision's, and the base's for what is gone. */
export function mainLocation({ baseLocation, revisionLocation }: PlacedChange): SourceLocation | undefined {
  return revisionLocation ?? baseLocation;
}
