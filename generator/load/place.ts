/** Places in files, as the bundler wants them; Redocly's own class of this shape is not exported. */
import type { Document } from "@redocly/openapi-core";
import { escapeToken } from "../json/pointer.ts";
import type { Place } from "./assemble.ts";

export class FilePlace implements Place<FilePlace> {
  readonly source: Document["source"];
  /** `#/` for the root of the file. */
  readonly pointer: string;

  constructor(source: Document["source"], pointer: string) {
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
