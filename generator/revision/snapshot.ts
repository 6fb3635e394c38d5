/** The files of a repository as git keeps them: those of a commit, or those that are staged for the next one. */

export interface Snapshot {
  /** As a message names it. */
  readonly name: string;
  /** The current folder inside the repository, with a slash at the end; `""` for its root. */
  readonly prefix: string;
  /**
   * The content of a file, by its path from the root of the repository; `undefined` where there is none. Symbolic links are
   * followed as in a work tree, but not out of the repository.
   */
  read(path: string): Promise<Buffer | undefined>;
  /** Every file and submodule; none where there are too many to list. */
  list(): Promise<readonly SnapshotEntry[]>;
}

/** What stands at a path, from the root of the repository. */
export interface SnapshotEntry {
  readonly path: string;
  /** A commit of another repository, not a file. */
  readonly isSubmodule: boolean;
}
