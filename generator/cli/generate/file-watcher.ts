/** Watches a changing set of files through their folders: editors replace files, and a file may not exist yet. */
import { existsSync, readFileSync, realpathSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import { hashText } from "../../json/text-hash.ts";

/** Quiet time, in ms, after which a burst of events counts as over; saving is several events. */
const quiet = 80;

export class FileWatcher {
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  /** What to look out for, by folder. */
  #names = new Map<string, Set<string>>();
  #files: readonly string[] = [];
  #fingerprint = "";
  #timer: NodeJS.Timeout | undefined;

  /** `onChange` is called once for a burst of events, if the content of a file has changed since `settle`. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Takes the files' content as it is for the state that is known; call it before they are read. */
  settle(): void {
    this.#fingerprint = fingerprint(this.#files);
  }

  /** Replaces the watched files (absolute paths). A file that was not watched before is taken as it is now. */
  set(files: readonly string[]): void {
    const before = this.#fingerprint;
    const changedMeanwhile = fingerprint(this.#files) !== before;
    this.#files = files;
    this.#names = namesByFolder(files);
    for (const [folder, watcher] of this.#watchers) if (!this.#names.has(folder)) this.#stop(folder, watcher);
    for (const folder of this.#names.keys()) this.#start(folder);
    this.#fingerprint = changedMeanwhile ? before : fingerprint(files);
    if (changedMeanwhile) this.#soon();
  }

  get files(): readonly string[] {
    return this.#files;
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const [folder, watcher] of this.#watchers) this.#stop(folder, watcher);
  }

  #start(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || this.#names.get(folder)?.has(name) === true) this.#soon();
      });
      watcher.on("error", () => {
        // The folder itself is gone.
        this.#stop(folder, watcher);
        this.#soon();
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // It vanished in between; the next `set` looks for its parent.
      this.#soon();
    }
  }

  #stop(folder: string, watcher: FSWatcher): void {
    watcher.close();
    this.#watchers.delete(folder);
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (fingerprint(this.#files) !== this.#fingerprint) this.#onChange();
    }, quiet);
  }
}

/** The names to look out for in each existing folder; for a folder that is missing, its own name in its parent. */
function namesByFolder(files: readonly string[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const file of files.flatMap(withTarget)) {
    let path = file;
    while (!existsSync(dirname(path)) && dirname(path) !== path) path = dirname(path);
    const folder = dirname(path);
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(path)));
  }
  return names;
}

/** A symbolic link changes when the file that it leads to does. */
function withTarget(file: string): string[] {
  try {
    const real = realpathSync(file);
    return real === file ? [file] : [file, real];
  } catch {
    return [file];
  }
}

function fingerprint(files: readonly string[]): string {
  return hashText(files.map((file) => `${file}\n${contentHash(file)}\n`).join(""));
}

function contentHash(file: string): string {
  try {
    return hashText(readFileSync(file));
  } catch {
    return "missing";
  }
}
