/** Leaves out what a later stage says only because of an error that an earlier one has reported. */
import type { Diagnostic } from "./diagnostic.ts";

/**
 * The diagnostics of `later` without those at, above or below the place of an error among `earlier`: a stage that was
 * given a broken node reports it, or its parent, in words of its own.
 */
export function withoutCascading(later: readonly Diagnostic[], earlier: readonly Diagnostic[]): Diagnostic[] {
  const broken = new Set<string>();
  const around = new Set<string>();
  for (const { severity, location } of earlier) {
    if (severity !== "error" || location === undefined) continue;
    const places = outwards(location.file, location.pointer);
    for (const place of places) around.add(place);
    broken.add(places[0]);
  }
  return later.filter(({ location }) => {
    if (location === undefined) return true;
    const places = outwards(location.file, location.pointer);
    return !around.has(places[0]) && !places.some((place) => broken.has(place));
  });
}

/** A node and all that hold it, from the inside out. */
function outwards(file: string, pointer: string): [string, ...string[]] {
  const places: [string, ...string[]] = [`${file}#${pointer}`];
  for (let end = pointer.lastIndexOf("/"); end >= 0; end = pointer.lastIndexOf("/", end - 1)) {
    places.push(`${file}#${pointer.slice(0, end)}`);
    if (end === 0) break;
  }
  return places;
}
