/** Reads one side of a comparison: from wherever it is to a model, with a way back to the author's lines. */
import { isAbsolute, relative, sep } from "node:path";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, SourceLocation } from "../diagnostics/diagnostic.ts";
import type { JsonObject } from "../json/json.ts";
import { displayPath, type AccessOptions } from "../load/access.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { ReadingChoices } from "../openapi/reading.ts";
import { readModel } from "../pipeline/read-model.ts";
import { checkOut, pathInRepository } from "./checkout.ts";
import { folderInside, GitFailure, MissingDocument } from "./git.ts";
import { parseReference, ReferenceError, type Reference } from "./reference.ts";

export type SideName = "base" | "revision";

export interface Side {
  /** As a report names it: `origin/main:openapi/openapi.yaml`. */
  readonly label: string;
  readonly model: ApiModel;
  /** The bundled document as its author wrote it, before expansion. */
  readonly source: JsonObject;
  locate(pointer: string): SourceLocation | undefined;
}

export interface SideResult {
  /** Absent exactly where a diagnostic is an error. */
  readonly side?: Side;
  /** Every message begins with the side's name. */
  readonly diagnostics: readonly Diagnostic[];
  /** The path, from the root of the repository, of a document that the commit does not have. */
  readonly missing?: string;
}

export interface SideOptions extends AccessOptions {
  readonly choices?: ReadingChoices;
}

/** Reads `text` as the `name` side. Never throws for what the user or a document says. */
export async function readSide(name: SideName, text: string, options: SideOptions): Promise<SideResult> {
  try {
    const reference = parseReference(text, options.cwd);
    refuse(name, reference, options);
    return await readReference(name, reference, options);
  } catch (error) {
    if (!(error instanceof GitFailure) && !(error instanceof ReferenceError)) throw error;
    const shown = isAbsolute(text) ? displayPath(text, options.cwd) : text;
    const message = `${prefix(name)} \`${shown}\` cannot be read: ${error.message}`;
    const missing = error instanceof MissingDocument ? { missing: error.path } : {};
    return { diagnostics: [diagnose("lockstep/diff-side", message)], ...missing };
  }
}

/**
 * True if `revision` names the document that the base is missing, by the same path: the commit that adds it. Any other
 * path may be a slip of the pen, which must not open the gate.
 */
export async function addsDocument(missing: string, revision: string, cwd: string): Promise<boolean> {
  const reference = parseReference(revision, cwd);
  if (reference.kind === "url") return false;
  const prefix = await folderInside(cwd);
  if (reference.kind === "git") return pathInRepository(reference.path, prefix) === missing;
  return pathInRepository(`./${relative(cwd, reference.path).split(sep).join("/")}`, prefix) === missing;
}

/** @throws ReferenceError for what can be read, and must not be. */
function refuse(name: SideName, reference: Reference, { allowRemote }: SideOptions): void {
  if (reference.kind === "url" && !allowRemote) {
    throw new ReferenceError("addresses are only read with --allow-remote.");
  }
  // Where an empty variable stood before the colon, the gate would compare what is staged with the work tree, and open.
  if (reference.kind === "git" && reference.revision === "" && name === "base") {
    throw new ReferenceError(
      "it names no revision before the colon. What is staged can be the revision, not the base.",
    );
  }
}

async function readReference(
  name: SideName,
  reference: Reference,
  options: SideOptions,
): Promise<SideResult> {
  if (reference.kind === "file")
    return compileSide(name, reference.path, displayPath(reference.path, options.cwd), options);
  if (reference.kind === "url") return compileSide(name, reference.url, reference.url, options);
  const { revision, path } = reference;
  const checkout = await checkOut(revision, path, options.cwd, options.overlays);
  try {
    const { folder, overlays } = checkout;
    const { allowRemote, choices = {} } = options;
    const inside = { allowRemote, choices, cwd: folder, overlays };
    const rename = (file: string): string => (/^[a-z]+:\/\//i.test(file) ? file : `${revision}:${file}`);
    return await compileSide(name, checkout.path, `${revision}:${checkout.path}`, inside, rename);
  } finally {
    await checkout.remove();
  }
}

async function compileSide(
  name: SideName,
  path: string,
  label: string,
  options: SideOptions,
  rename = (file: string): string => file,
): Promise<SideResult> {
  const renamed = (location: SourceLocation | undefined): SourceLocation | undefined =>
    location === undefined ? undefined : { ...location, file: rename(location.file) };
  const sided = ({ message, location, ...rest }: Diagnostic): Diagnostic => {
    const place = renamed(location);
    return {
      ...rest,
      message: `${prefix(name)}: ${message}`,
      ...(place === undefined ? {} : { location: place }),
    };
  };
  // Warnings are `lint`'s to report; here they would drown what has changed.
  const { read, diagnostics: loaded } = await readModel(path, { ...options, errorsOnly: true });
  const diagnostics = loaded.filter(({ severity }) => severity === "error").map(sided);
  if (read === undefined) return { diagnostics };
  const { document, model } = read;
  const locate = (pointer: string): SourceLocation | undefined => renamed(document.locate(pointer));
  return { side: { label, model, source: document.root, locate }, diagnostics };
}

function prefix(name: SideName): string {
  return name === "base" ? "The base" : "The revision";
}
