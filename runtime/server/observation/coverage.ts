/** Records which (operation, status, code) were really answered, for `lockstep coverage`. */

export interface AnsweredPair {
  readonly operation: string;
  readonly status: number;
  /** `null` for an answer without a code. */
  readonly code: string | null;
}

export interface CoverageRecorder {
  record(pair: AnsweredPair): void;
}

/**
 * Hands each pair to `write` once, as one line of JSON with its line end: what `lockstep coverage` reads. Memory is
 * bounded by the contract: undeclared answers never get here.
 */
export function coverageRecorder(write: (line: string) => void): CoverageRecorder {
  const seen = new Set<string>();
  return {
    record: ({ operation, status, code }) => {
      const line = `${JSON.stringify({ operation, status, code })}\n`;
      if (seen.has(line)) return;
      seen.add(line);
      write(line);
    },
  };
}
