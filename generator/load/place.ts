/** Places in files, as the bundler wants them. */
import { escapeToken } from "../json/pointer.ts";
import type { Place } from "./assemble.ts";

/** A file that was read. One object for each, so that files are compared by identity. */
export interface FileSource {
  /** The absolute path or URL. */
  readonly absoluteRef: string;
}

export class FilePlace implements Place<FilePlace> {
  readonly source: FileSource;
  /** `#/` for the root of the file. */
  readonly pointer: string;

  constructor(source: FileSource, pointer: string) {
    this.source = source;
    this.pointer = pointer;
  }

  get absolutePointer(): string {
    return this.source.absoluteRef + this.pointer;
  }

  child(tokens: readonly string[]): FilePlace {
    const base = this.pointer.endsWith("/") ? this.pointer.slice(0, -1) : this.pointer;
    return new FilePlace(this.source, `${base}/${tokens.map(escapeToken).join("/")}`);
  }
}
