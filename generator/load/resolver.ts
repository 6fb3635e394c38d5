/** Reads the files of one document: guarded access, our parser, and a record of every file. */
import type { Json } from "../json/json.ts";
import type { InputFile } from "./document.ts";
import { allowedFolders, checkLocal, displayPath, isUrl, type AccessOptions } from "./access.ts";
import { LoadFailure } from "./failure.ts";
import { maxFiles } from "./limits.ts";
import { parseText } from "./parse.ts";
import { readTextFile, type ReadFile } from "./read-file.ts";
import type { FileSource } from "./place.ts";
import { fetchFile } from "./remote.ts";
import type { SourceText } from "./source-text.ts";

export interface LoadedFile extends InputFile {
  readonly text: SourceText;
  readonly source: FileSource;
  readonly value: Json | undefined;
  /** Pointers of the schemas that have an anchor, by its name. */
  readonly anchors: ReadonlyMap<string, string>;
  /** Everything that may be a reference leads to a value of this very file. */
  readonly selfContained: boolean;
}

export class GuardedResolver {
  readonly #options: AccessOptions;
  readonly #loaded = new Map<string, Promise<LoadedFile>>();
  /** By absolute path or URL. */
  readonly files = new Map<string, LoadedFile>();
  /** Why other files could not be read. */
  readonly failures = new Map<string, unknown>();
  #folders: Promise<readonly string[]> | undefined;

  readonly #adapt: (value: Json) => void;

  /** @param adapt changes what was read before anybody sees it */
  constructor(options: AccessOptions, adapt: (value: Json) => void = () => undefined) {
    this.#options = options;
    this.#adapt = adapt;
  }

  /** Absolute paths and URLs of every file that was requested, those that could not be read included. */
  get dependencies(): readonly string[] {
    return [...this.#loaded.keys()];
  }

  /** Reads the root document: the caller named it, so no folder is forbidden. */
  async loadRoot(path: string): Promise<LoadedFile> {
    if (isUrl(path)) this.#folders = Promise.resolve([]);
    else this.#folders = allowedFolders(path, this.#options).catch(() => []);
    return this.#load(path, true);
  }

  /** Reads a file that the caller named, wherever it is. */
  async loadNamed(path: string): Promise<LoadedFile> {
    return this.#load(path, true);
  }

  /** Reads a file that something refers to: then it is among `files`, or the reason among `failures`. */
  async read(absoluteRef: string): Promise<void> {
    await this.#load(absoluteRef, false).catch((error: unknown) => this.failures.set(absoluteRef, error));
  }

  /** Reads a file, or throws why it cannot be read. */
  async file(absoluteRef: string): Promise<LoadedFile> {
    return this.#load(absoluteRef, false);
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
    const { text, value, anchors, selfContained } = parseText(name, body);
    if (value === undefined || value === null) {
      throw new LoadFailure("lockstep/empty-document", `${name} is empty.`);
    }
    this.#adapt(value);
    const file = { path: name, sha256, text, value, anchors, selfContained, source: { absoluteRef } };
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
