/** What the toolchain says to a person: one diagnostic, where it is, and what to do about it. */
import type { DiagnosticCode } from "./registry.ts";

export type Severity = "error" | "warning";

/**
 * `assumption`: the document is read as it is meant, or left out or unchecked at that place. A warning to those who can't
 * change the document; an error where `strict` holds.
 */
export type RegisteredSeverity = Severity | "assumption";

/** A place in a file that the author wrote. Lines and columns count from 1, columns in UTF-16 code units. */
export interface SourceLocation {
  /** Path relative to the working directory with forward slashes, or the URL it was read from. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** JSON Pointer (RFC 6901) inside `file`. */
  readonly pointer: string;
  /** The author's lines around the place, ready to print; absent where the file has no text. */
  readonly frame?: string;
}

/** A diagnostic of a pure stage: it knows the node (a JSON Pointer into the bundled document), not yet the line. */
export interface Finding {
  readonly code: DiagnosticCode;
  /** Overrides the registry's severity for this one. */
  readonly severity?: RegisteredSeverity;
  /** What is wrong, one sentence with the names in it. */
  readonly message: string;
  /** What to do, one sentence in the imperative; the registry's general advice where absent. */
  readonly fix?: string;
  /** RFC 6901 JSON Pointer into the document that the stage was given, `""` for its root. */
  readonly pointer: string;
}

/** A diagnostic as it is shown. `code` is one of ours (`lockstep/…`) or the name of a Redocly rule. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix?: string;
  readonly location?: SourceLocation;
}
