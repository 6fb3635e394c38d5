/** Recognises a code that was renamed: one that went, one that came, and enough in common to be the same. */
import { compareText } from "../../json/json.ts";
import { identifierWords } from "../../json/identifier.ts";
import type { ErrorCode } from "../../model/api-model.ts";
import type { ModelPair } from "../pair.ts";
import { sameWording } from "../plain-text.ts";

export interface Rename {
  readonly from: ErrorCode;
  readonly to: ErrorCode;
  /** The tombstone of the old name says so itself. */
  readonly declared: boolean;
}

/** Points from which two codes count as one. */
const enough = 3;

/** Each code takes part in one rename at most; the likeliest pairs first. */
export function findRenames({ base, revision }: ModelPair): readonly Rename[] {
  const live = new Set(revision.errors.codes.map(({ code }) => code));
  const before = new Set([...base.errors.codes, ...base.errors.retired].map(({ code }) => code));
  const gone = base.errors.codes.filter(({ code }) => !live.has(code));
  const fresh = revision.errors.codes.filter(({ code }) => !before.has(code));
  const successor = new Map(revision.errors.retired.map(({ code, replacedBy }) => [code, replacedBy]));
  const pairs = gone.flatMap((from) =>
    fresh.map((to) => {
      const declared = successor.get(from.code) === to.code;
      return { from, to, declared, points: declared ? Infinity : likeness(from, to) };
    }),
  );
  pairs.sort(
    (a, b) =>
      b.points - a.points || compareText(a.from.code, b.from.code) || compareText(a.to.code, b.to.code),
  );
  const taken = new Set<ErrorCode>();
  const renames: Rename[] = [];
  for (const { from, to, declared, points } of pairs) {
    if (points < enough || taken.has(from) || taken.has(to)) continue;
    // A tombstone that names another code, or none, has said that this is not a rename.
    if (!declared && successor.has(from.code)) continue;
    taken.add(from).add(to);
    renames.push({ from, to, declared });
  }
  return renames.sort((a, b) => compareText(a.from.code, b.from.code));
}

/** Another status is another error, whatever the name. */
function likeness(from: ErrorCode, to: ErrorCode): number {
  if (from.statuses.join() !== to.statuses.join()) return 0;
  let points = 0;
  if (from.meaning !== undefined && sameWording(from.meaning, to.meaning)) points += 3;
  if (from.operations.length > 0 && from.operations.join() === to.operations.join()) points += 1;
  if (from.title !== from.code && from.title === to.title) points += 1;
  if (from.details !== undefined && from.details.pointer === to.details?.pointer) points += 1;
  if (sharesWord(from.code, to.code)) points += 2;
  return points;
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(identifierWords(a).map((word) => word.toLowerCase()));
  return identifierWords(b).some((word) => word.length > 2 && words.has(word.toLowerCase()));
}
