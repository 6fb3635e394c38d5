/** References that could not be followed across files, and which of them keep a document from being read. */
import type { LoadFailure } from "../failure.ts";

/** Why each could not be followed, by the object that holds it; `undefined` where nothing is at its pointer. */
export type BrokenReferences = ReadonlyMap<object, LoadFailure | undefined>;

/** A file that is not there leaves a gap; what may not be read, or is broken itself, is for the author to decide. */
const gaps: ReadonlySet<string> = new Set([
  "lockstep/file-missing",
  "lockstep/file-unreadable",
  "lockstep/ref-not-data",
  "lockstep/ref-cycle",
  "lockstep/empty-document",
]);

/** The failure that must not be read over, or `undefined`. */
export function fatal(failure: LoadFailure | undefined): LoadFailure | undefined {
  return failure === undefined || gaps.has(failure.code) ? undefined : failure;
}
