/** Records which (operation, status, code) a server has really sent, for `lockstep coverage`. */

export interface ObservedResponse {
  readonly operation: string;
  readonly status: number;
  /** `null` for a response without a code. */
  readonly code: string | null;
}

export interface CoverageRecorder {
  record(pair: ObservedResponse): void;
}

/**
 * Hands each pair to `write` once, as one line of JSON with its line end: what `lockstep coverage` reads. Memory is
 * bounded by the contract: undeclared responses never get here.
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
