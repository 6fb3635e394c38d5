/** What the exit code of every command means. */

export const exitCodes = {
  ok: 0,
  /** The document has an error, or the generated files have drifted from it. */
  document: 1,
  /** The command line, the configuration, the output folder, or Lockstep itself. */
  usage: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was called in a way that it cannot follow. The message says what to do instead. */
export class UsageError extends Error {}
