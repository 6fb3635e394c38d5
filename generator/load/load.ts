/** Reads, checks and bundles an OpenAPI document: the only stage that reads files. */
import { resolve } from "node:path";
import { diagnose, hasErrors, placeFinding, severityOf } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Finding, SourceLocation } from "../diagnostics/diagnostic.ts";
import { withoutCascading } from "../diagnostics/cascading.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { impliedTypeFindings } from "../lint/missing-type.ts";
import { checkDocument } from "../lint/rules.ts";
import type { Subject } from "../lint/rule.ts";
import { subjectOf } from "../lint/subject.ts";
import { readingOf, type Reading, type ReadingChoices } from "../openapi/reading.ts";
import { displayPath, isUrl, type AccessOptions } from "./access.ts";
import { bundle } from "./bundle.ts";
import { unreadableHash, type LoadedDocument } from "./document.ts";
import { LoadFailure } from "./failure.ts";
import { declarePathParameters } from "./path-parameters.ts";
import { inexactNumbers, writtenNumbers } from "./numbers.ts";
import { GuardedResolver, type LoadedFile } from "./resolver.ts";
import { isOwned } from "./strictness.ts";
import { readStructure } from "./structure/read-structure.ts";
import { applyOverlays } from "./overlay/apply.ts";
import { openApiVersion } from "./version.ts";

export interface LoadOptions extends AccessOptions {
  /**
   * Hears the document that will be the result, as JSON text, and its reading, as soon as they are known and before they
   * are checked: for work that can begin on the chance. Not called where there is no document in the end, or called for
   * nothing.
   */
  readonly onDocument?: (json: string, reading: Reading) => void;
  /** Leaves warnings out: finding their places in a large text takes time. */
  readonly errorsOnly?: boolean;
  /**
   * `strict` makes every assumption about the document an error, `lenient` a warning; `auto`, where absent, is strict for
   * documents that use Lockstep's vocabulary. The document that is read is the same.
   */
  readonly strictness?: Strictness;
  readonly choices?: ReadingChoices;
}

export type Strictness = "auto" | "strict" | "lenient";

export interface LoadResult {
  /** Absent exactly where a diagnostic is an error. */
  readonly document?: LoadedDocument;
  /** Where a diagnostic is an error, the document as far as it could be read: to look for more mistakes, never for output. */
  readonly suspect?: LoadedDocument;
  /** In the order in which they were met; see `sortDiagnostics`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths and URLs of all that was read or looked for: the result changes only when one of these does. */
  readonly dependencies: readonly string[];
}

/**
 * Loads the document at `path` (relative to `options.cwd`, absolute, or a URL). Every mistake of the author becomes a
 * diagnostic; it never throws for what a document says.
 */
export async function load(path: string, options: LoadOptions): Promise<LoadResult> {
  const resolver = new GuardedResolver(options);
  const absolute = isUrl(path) ? path : resolve(options.cwd, path);
  try {
    const root = await resolver.loadRoot(absolute);
    const version = openApiVersion(root.value ?? null);
    if (typeof version !== "string") {
      const location = root.text.locate(version.member === undefined ? [] : [version.member]);
      const more = version.fix === undefined ? { location } : { location, fix: version.fix };
      throw new LoadFailure("lockstep/not-openapi", version.message, more);
    }
    const overlays: LoadedFile[] = [];
    for (const overlay of options.overlays ?? []) overlays.push(await resolver.loadNamed(overlay));
    return {
      ...(await check(root, version, resolver, overlays, options)),
      dependencies: resolver.dependencies,
    };
  } catch (error) {
    const diagnostics = [diagnosticOf(error, displayPath(absolute, options.cwd))];
    return { diagnostics, dependencies: resolver.dependencies };
  }
}

async function check(
  root: LoadedFile,
  version: LoadedDocument["version"],
  resolver: GuardedResolver,
  overlays: readonly LoadedFile[],
  { cwd, onDocument, errorsOnly = false, strictness = "auto", choices = {} }: LoadOptions,
): Promise<Omit<LoadResult, "dependencies">> {
  const authored = await bundle(root, resolver);
  const { bundled, diagnostics: unmatched } = applyOverlays(authored, overlays);
  const sound = readStructure(bundled.root, version, bundled.broken);
  const { subject, document: completed } = complete(sound.document);
  const locate = (pointer: string): SourceLocation | undefined => bundled.locate(sound.origin(pointer));
  // What an overlay adds is not a sign that its author can change the document.
  const owned = isOwned(overlays.length === 0 ? subject : subjectOf(authored.root));
  const strict = strictness === "auto" ? owned : strictness === "strict";
  const texts = [...resolver.files.values()].map(({ text }) => text);
  const reading = readingOf(choices, owned, writtenNumbers(completed, texts, locate));
  onDocument?.(jsonText(completed, root), reading);
  const isWanted = (finding: Finding): boolean => !errorsOnly || severityOf(finding, strict) === "error";
  const structure = sound.findings
    .filter(isWanted)
    .map((finding) => withLocation(placeFinding(finding, bundled.locate, strict), finding.location));
  const findings = findingsOf({ ...subject, reading }, choices)
    .filter(isWanted)
    .map((finding) => placeFinding(finding, locate, strict));
  const diagnostics = [
    ...unmatched.filter(({ severity }) => !errorsOnly || severity === "error"),
    ...structure,
    ...withoutCascading(findings, structure),
  ];
  const document: LoadedDocument = {
    root: completed,
    version,
    strict,
    reading,
    files: filesRead(root, resolver, cwd),
    locate,
  };
  return hasErrors(diagnostics) ? { diagnostics, suspect: document } : { diagnostics, document };
}

function findingsOf(subject: Subject, { impliedTypes }: ReadingChoices): Finding[] {
  return [
    ...checkDocument(subject),
    ...impliedTypeFindings(subject, impliedTypes !== undefined),
    ...inexactNumbers(subject.document, subject.reading.numbers),
  ];
}

function withLocation(diagnostic: Diagnostic, location: SourceLocation | undefined): Diagnostic {
  return location === undefined ? diagnostic : { ...diagnostic, location };
}

/** The root first, then the others by path; those that could not be read are among them, so that their coming is noticed. */
function filesRead(root: LoadedFile, resolver: GuardedResolver, cwd: string): LoadedDocument["files"] {
  const missing = [...resolver.failures.keys()]
    .filter((path) => !isUrl(path))
    .map((path) => ({ path: displayPath(path, cwd), sha256: unreadableHash }));
  const others = [...resolver.files.values()].filter((file) => file !== root);
  const files = [root, ...[...others, ...missing].sort((a, b) => (a.path < b.path ? -1 : 1))];
  return files.map(({ path, sha256 }) => ({ path, sha256 }));
}

/** A bundled document with what its author forgot, and what the rules see of the one without. */
function complete(bundled: JsonObject): { readonly subject: Subject; readonly document: JsonObject } {
  const subject = subjectOf(bundled);
  return { subject, document: declarePathParameters(subject) };
}

function jsonText(document: JsonObject, root: LoadedFile): string {
  const untouched: Json | undefined = root.selfContained ? root.value : undefined;
  return document === untouched && root.text.format === "json" ? root.text.body : JSON.stringify(document);
}

/** What went wrong while loading, as a diagnostic; rethrows what is no fault of the document. */
function diagnosticOf(error: unknown, file: string): Diagnostic {
  if (error instanceof LoadFailure) return failureDiagnostic(error, file);
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    const message =
      "The document nests too deeply: its references and schemas form a chain that cannot be followed.";
    return failureDiagnostic(new LoadFailure("lockstep/too-deep", message), file);
  }
  throw error;
}

function failureDiagnostic({ code, message, fix, location }: LoadFailure, file: string): Diagnostic {
  const start = { file, line: 1, column: 1, endLine: 1, endColumn: 1, pointer: "" };
  return diagnose(code, message, { location: location ?? start, ...(fix === undefined ? {} : { fix }) });
}
