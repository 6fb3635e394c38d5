/** Writes what was sent to a file that `lockstep coverage` reads. */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { coverageRecorder, type CoverageRecorder } from "../server/observation/coverage.ts";

/** Appends to `path`; several processes may share a file, for each line is written whole. */
export function coverageFile(path: string): CoverageRecorder {
  mkdirSync(dirname(path), { recursive: true });
  return coverageRecorder((line) => {
    appendFileSync(path, line);
  });
}
