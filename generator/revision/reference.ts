/** What the command line calls a side of a comparison: a file, a folder, an address, or a path at a git revision. */
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export type Reference =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "url"; readonly url: string }
  /** `revision` is empty for what is staged. */
  | { readonly kind: "git"; readonly revision: string; readonly path: string };

/** A side cannot be meant as it is written. The message says what to do instead. */
export class ReferenceError extends Error {}

/** Root documents that a folder is searched for, in this order. */
export const rootNames = ["openapi.yaml", "openapi.yml", "openapi.json"] as const;

/**
 * Reads one argument. What exists on disk is a file, even with a colon in its name; else `revision:path` is git's, and `:path`
 * (also `:0:path`, gitrevisions(7)) what is staged.
 * @throws ReferenceError for what is not there, and for a folder without a document.
 */
export function parseReference(text: string, cwd: string): Reference {
  if (text === "") throw new ReferenceError("it is empty.");
  const path = resolve(cwd, text);
  if (existsSync(path)) {
    return { kind: "file", path: statSync(path).isDirectory() ? documentIn(path, text) : path };
  }
  if (/^https?:\/\//i.test(text)) return { kind: "url", url: text };
  const git = /^(?::0|([^:]*)):(.*)$/s.exec(text);
  const isDrive = /^[a-z]:[\\/]/i.test(text);
  if (git !== null && !isDrive && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return { kind: "git", revision: git[1] ?? "", path: git[2] ?? "" };
  const hint = git === null && !/\.(?:ya?ml|json)$/i.test(text);
  throw new ReferenceError(
    `there is no such file.${hint ? ` Of a git revision, name the path too: \`${text}:openapi/openapi.yaml\`.` : ""}`,
  );
}

function documentIn(folder: string, name: string): string {
  const found = rootNames.map((file) => join(folder, file)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new ReferenceError(
    `The folder ${name} has none of ${rootNames.join(", ")}. Name the document itself.`,
  );
}
