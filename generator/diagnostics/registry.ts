/** Every diagnostic that Lockstep can give: its stable code, its severity, and how to fix it. */
import type { Severity } from "./diagnostic.ts";

export interface DiagnosticEntry {
  readonly severity: Severity;
  /** One line: what the diagnostic reports. */
  readonly summary: string;
  /** What to do about it, in the imperative; printed where the complaint brings no advice of its own. */
  readonly fix: string;
}

/** Typed registry: the key is the code as printed (`lockstep/<kebab-case>`) and never changes meaning. */
export const registry = {
  "lockstep/name-taken": {
    severity: "error",
    summary: "A component that Lockstep has to generate already exists with another meaning.",
    fix: "Rename your component; Lockstep derives the name from the error code.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;

export type DiagnosticCode = keyof typeof registry;
