/** A document that has been read, resolved and bundled: what every later stage starts from. */
import type { JsonObject } from "../json/json.ts";
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import type { Reading } from "../openapi/reading.ts";

export interface InputFile {
  /** Relative to the working directory with forward slashes, or a URL. */
  readonly path: string;
  /** SHA-256 of the text with `\n` line ends, lower-case hex; `unreadableHash` for a file that could not be read. */
  readonly sha256: string;
}

/** Stands for the text of a file that could not be read: no text has this hash. */
export const unreadableHash = "0".repeat(64);

export interface LoadedDocument {
  /** The bundled document: every `$ref` is local (`#/…`). */
  readonly root: JsonObject;
  /** The OpenAPI feature line. */
  readonly version: "3.0" | "3.1" | "3.2";
  /** Every assumption about the document counts as an error. */
  readonly strict: boolean;
  readonly reading: Reading;
  /** Every file that was read or looked for, the root document first, then sorted by path. */
  readonly files: readonly InputFile[];
  /**
   * Where the author wrote the node at `pointer` (RFC 6901, into `root`); the nearest existing ancestor where the
   * node was generated. Slow the first time: positions are computed on demand.
   */
  locate(pointer: string): SourceLocation | undefined;
}
