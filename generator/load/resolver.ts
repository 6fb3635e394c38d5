/** Redocly's file resolver, behind our own reader: guarded access, our parser, and a record of every file. */
import type { Document } from "@redocly/openapi-core";
import type { Json } from "../json/json.ts";
import type { InputFile } from "./document.ts";
import { allowedFolders, checkLocal, displayPath, isUrl, type AccessOptions } from "./access.ts";
import { LoadFailure } from "./failure.ts";
import { maxFiles } from "./limits.ts";
import { parseText } from "./parse.ts";
import { readTextFile, type ReadFile } from "./read-file.ts";
import { BaseResolver, Source } from "./redocly.ts";
import { fetchFile } from "./remote.ts";
import type { SourceText } from "./source-text.ts";

export interface LoadedFile extends InputFile {
  readonly text: SourceText;
  /** Redocly's document; bundling changes `parsed` in place. */
  readonly document: Document;
  readonly value: Json | undefined;
  /** Everything that may be a reference leads to a value of this very file. */
  readonly selfContained: boolean;
}

export class GuardedResolver extends BaseResolver {
  readonly #options: AccessOptions;
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  /** By Redocly's `absoluteRef`. */
  readonly files = new Map<string, LoadedFile>();
  /** Why other files could not be read. */
  readonly failures = new Map<string, unknown>();
  #folders: Promise<readonly string[]> | undefined;

  constructor(options: AccessOptions) {
    super();
    this.#options = options;
  }

  /** Absolute paths and URLs of every file that was asked for, those that could not be read included. */
  get asked(): readonly string[] {
    return [...this.#loaded.keys()];
  }

  /** Reads the root document: the caller named it, so no folder is forbidden. */
  async loadRoot(path: string): Promise<LoadedFile> {
    if (isUrl(path)) this.#folders = Promise.resolve([]);
    else this.#folders = allowedFolders(path, this.#options).catch(() => []);
    return this.#load(path, true);
  }

  /** Reads a file that something refers to: then it is among `files`, or the reason among `failures`. */
  async read(absoluteRef: string): Promise<void> {
    await this.#load(absoluteRef, false).catch((error: unknown) => this.failures.set(absoluteRef, error));
  }

  override async resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
    const file = await this.#load(this.resolveExternalRef(base, ref), false);
    // Redocly's signature lets callers name the type of data they expect without a check.
    return file.document as Document<T>;
  }

  #load(absoluteRef: string, isRoot: boolean): Promise<LoadedFile> {
    let file = this.#loaded.get(absoluteRef);
    if (file === undefined) {
      if (this.#loaded.size >= maxFiles) {
        return Promise.reject(
          new LoadFailure("lockstep/file-too-large", `The document consists of more than ${maxFiles} files.`),
        );
      }
      file = this.#read(absoluteRef, isRoot);
      this.#loaded.set(absoluteRef, file);
    }
    return file;
  }

  async #read(absoluteRef: string, isRoot: boolean): Promise<LoadedFile> {
    const name = displayPath(absoluteRef, this.#options.cwd);
    const { body, sha256 } = await this.#bytes(absoluteRef, name, isRoot);
    const { text, value, selfContained } = parseText(name, body);
    if (value === undefined || value === null) {
      throw new LoadFailure("lockstep/empty-document", `${name} is empty.`);
    }
    const document = { source: new Source(absoluteRef, body), parsed: value };
    const file = { path: name, sha256, text, value, selfContained, document };
    this.files.set(absoluteRef, file);
    return file;
  }

  async #bytes(absoluteRef: string, name: string, isRoot: boolean): Promise<ReadFile> {
    if (isUrl(absoluteRef)) return fetchFile(absoluteRef, this.#options.allowRemote);
    if (!isRoot) {
      await checkLocal(absoluteRef, (await this.#folders) ?? [], this.#options.cwd);
      if (!/\.(?:ya?ml|json)$/i.test(absoluteRef)) {
        throw new LoadFailure(
          "lockstep/ref-not-data",
          `The reference leads to ${name}, which is neither JSON nor YAML.`,
        );
      }
    }
    return readTextFile(absoluteRef, name);
  }
}
