/** Reads, checks and bundles an OpenAPI document: the only stage that reads files. */
import { resolve } from "node:path";
import { diagnose, hasErrors, placeFinding, severityOf } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { withoutEchoes } from "../diagnostics/cascading.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { checkDocument } from "../lint/rules.ts";
import type { Subject } from "../lint/rule.ts";
import { subjectOf } from "../lint/subject.ts";
import { displayPath, isUrl, type AccessOptions } from "./access.ts";
import { bundle, type Bundled } from "./bundle.ts";
import type { LoadedDocument } from "./document.ts";
import { checkEssentials, type Essentials } from "./structure-check.ts";
import { LoadFailure } from "./failure.ts";
import { declarePathParameters } from "./path-parameters.ts";
import {
  isExplainedByRule,
  problemDiagnostic,
  problemLocation,
  problemPointer,
  redoclyTokens,
} from "./problems.ts";
import { GuardedResolver, type LoadedFile } from "./resolver.ts";
import type { Reference } from "./targets.ts";
import { openApiVersion } from "./version.ts";

export interface LoadOptions extends AccessOptions {
  /**
   * Hears the document that will be the result, as JSON text, as soon as it is known and before it is checked: for work
   * that can begin on the chance. Not called where there is no document in the end, or called for nothing.
   */
  readonly onDocument?: (json: string) => void;
  /** Leaves warnings out: finding their places in a large text takes time. */
  readonly errorsOnly?: boolean;
}

export interface LoadResult {
  /** Absent exactly where a diagnostic is an error. */
  readonly document?: LoadedDocument;
  /** Where a diagnostic is an error, the document as far as it could be read: to look for more mistakes, never for output. */
  readonly suspect?: LoadedDocument;
  /** In the order in which they were met; see `sortDiagnostics`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths and URLs of all that was read or looked for: the result changes only when one of these does. */
  readonly asked: readonly string[];
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
    return { ...(await check(root, version, resolver, options)), asked: resolver.asked };
  } catch (error) {
    const diagnostics = [diagnosticOf(error, displayPath(absolute, options.cwd))];
    return { diagnostics, asked: resolver.asked };
  }
}

async function check(
  root: LoadedFile,
  version: LoadedDocument["version"],
  resolver: GuardedResolver,
  { onDocument, errorsOnly = false }: LoadOptions,
): Promise<Omit<LoadResult, "asked">> {
  const early = root.selfContained && isObject(root.value) ? complete(root.value) : undefined;
  if (early !== undefined) onDocument?.(jsonText(early.document, root));
  const essentials = await checkEssentials(root, resolver);
  const written = structureDiagnostics(essentials, resolver);
  const bundled = bundleSound(written, () => bundle(root, resolver, essentials.references));
  if (bundled === undefined) return { diagnostics: written };
  const structure = [...written, ...withoutEchoes(filledIn(essentials, bundled), written)];
  const { subject, document: completed } = early ?? complete(bundled.root);
  const findings = checkDocument(subject).filter((finding) => !errorsOnly || severityOf(finding) === "error");
  const placed = findings.map((finding) => placeFinding(finding, bundled.locate));
  const diagnostics = [...structure, ...withoutEchoes(placed, structure)];
  const document: LoadedDocument = {
    root: completed,
    version,
    files: filesRead(root, resolver),
    locate: bundled.locate,
  };
  if (hasErrors(diagnostics)) return { diagnostics, suspect: document };
  if (early === undefined) onDocument?.(jsonText(completed, root));
  return { diagnostics, document };
}

function structureDiagnostics({ problems, cycles }: Essentials, resolver: GuardedResolver): Diagnostic[] {
  const { files } = resolver;
  return problems
    .filter((problem) => {
      const file = files.get(problem.location[0]?.source.absoluteRef ?? "");
      return !isExplainedByRule(problem, file?.value);
    })
    .map((problem) => problemDiagnostic(problem, problemLocation(problem, files)))
    .concat(cycles.map((reference) => cycleDiagnostic(reference, resolver)));
}

/** What is wrong with values that came from other files. */
function filledIn({ checkBundle }: Essentials, { root, locate }: Bundled): Diagnostic[] {
  return checkBundle(root)
    .filter((problem) => !isExplainedByRule(problem, root))
    .map((problem) => problemDiagnostic(problem, locate(problemPointer(problem))))
    .filter(({ severity }) => severity === "error");
}

/** The bundle; nothing where `structure` has errors and they keep it from being made. */
function bundleSound(structure: readonly Diagnostic[], make: () => Bundled): Bundled | undefined {
  if (!hasErrors(structure)) return make();
  try {
    return make();
  } catch (error) {
    // What is wrong has been said.
    if (error instanceof LoadFailure || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The root first, then the others by path. */
function filesRead(root: LoadedFile, resolver: GuardedResolver): LoadedDocument["files"] {
  const others = [...resolver.files.values()].filter((file) => file !== root);
  const files = [root, ...others.sort((a, b) => (a.path < b.path ? -1 : 1))];
  return files.map((file) => ({ path: file.path, sha256: file.sha256 }));
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

function cycleDiagnostic({ ref, place }: Reference, { files }: GuardedResolver): Diagnostic {
  const message = `The reference \`${ref}\` leads back to itself and never to a value.`;
  const { text } = files.get(place.source.absoluteRef) ?? {};
  const location = text?.locate([...redoclyTokens(place.pointer), "$ref"]);
  return diagnose("lockstep/ref-cycle", message, location === undefined ? {} : { location });
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
