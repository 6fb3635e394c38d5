/** Retires an error code: plans the edits of every file of the document. Reads and writes nothing. */
import {
  envelopeKey,
  errorCodeSchemaName,
  operationErrorsKey,
  cataloguePointer,
  readCatalogue,
} from "../contract/vocabulary.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic, SourceLocation } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { asStrings } from "../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../json/pointer.ts";
import type { LoadedDocument } from "../load/document.ts";
import type { ApiModel } from "../model/api-model.ts";
import { EditableText, FormatError } from "./text-edit.ts";

export interface RetireRequest {
  readonly code: string;
  readonly replacedBy: string | undefined;
  /** The API version that retires it. */
  readonly version: string;
}

export interface RetirePlan {
  /** New text by file name, as diagnostics name files; nothing where there is an error. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Ids of the operations whose `x-errors` are edited. */
  readonly operations: readonly string[];
}

const enumPointer = joinPointer("/components/schemas", errorCodeSchemaName, "enum");

/** `read` gives the text of a file of the document, by the name that diagnostics give it. */
export function planRetirement(
  document: LoadedDocument,
  model: ApiModel,
  request: RetireRequest,
  read: (file: string) => string,
): RetirePlan {
  const problems = check(document, request);
  if (problems.length > 0) return { files: new Map(), diagnostics: problems, operations: [] };
  const editor = new Editor(document, read);
  try {
    const operations = edit(editor, document, model, request);
    return { files: editor.files(), diagnostics: orphanedStages(model, request), operations };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const message = `\`${request.code}\` cannot be retired in place: ${error.message}.`;
    return {
      files: new Map(),
      diagnostics: [diagnose("lockstep/retire-format", message, { location: editor.last })],
      operations: [],
    };
  }
}

function check({ root }: LoadedDocument, { code, replacedBy }: RetireRequest): Diagnostic[] {
  const catalogue = readCatalogue(root);
  if (catalogue === undefined) {
    const message = `The document has no catalogue (\`x-error-codes\`), so nothing can be retired (${envelopeKey} alone does not make one).`;
    return [diagnose("lockstep/retire-unknown", message)];
  }
  const live = [...catalogue.live.keys()];
  return [code, ...(replacedBy === undefined ? [] : [replacedBy])].flatMap((name) => {
    if (name === replacedBy && name === code) {
      return [diagnose("lockstep/retire-unknown", `\`${code}\` cannot replace itself.`)];
    }
    if (catalogue.live.has(name)) return [];
    const near = suggest(name, live);
    const tombstone = catalogue.retired.get(name);
    const why = tombstone === undefined ? "is not in the catalogue" : `was retired in ${tombstone.retired}`;
    return [
      diagnose(
        "lockstep/retire-unknown",
        `\`${name}\` ${why}.`,
        near === undefined ? {} : { fix: `Did you mean \`${near}\`?` },
      ),
    ];
  });
}

/** Returns the ids of the operations whose lists it edits. */
function edit(
  editor: Editor,
  { root }: LoadedDocument,
  model: ApiModel,
  { code, replacedBy, version }: RetireRequest,
): string[] {
  const listed = asStrings(resolvePointer(root, enumPointer));
  listed.forEach((item, index) => {
    if (item === code) editor.at(joinPointer(enumPointer, index)).removeItem({ mayEmpty: false });
  });
  const members: [string, string][] = [["retired", version]];
  if (replacedBy !== undefined) members.push(["replacedBy", replacedBy]);
  editor.at(joinPointer(cataloguePointer, code)).setMembers(members);
  const catalogue = readCatalogue(root);
  for (const entry of [...(catalogue?.live.values() ?? []), ...(catalogue?.retired.values() ?? [])]) {
    if (entry.replacedBy !== code || replacedBy === undefined) continue;
    editor.at(joinPointer(cataloguePointer, entry.code, "replacedBy")).setScalar(replacedBy);
  }
  return model.operations.flatMap(({ id, pointer }) => {
    const errors = asStrings(resolvePointer(root, joinPointer(pointer, operationErrorsKey)));
    const index = errors.indexOf(code);
    if (index === -1) return [];
    const at = editor.at(joinPointer(pointer, operationErrorsKey, index));
    if (replacedBy === undefined || errors.includes(replacedBy)) at.removeItem({ mayEmpty: true });
    else at.setScalar(replacedBy);
    return [id];
  });
}

/** Stages that raised the code and that the code in its place does not have. */
function orphanedStages(model: ApiModel, { code, replacedBy }: RetireRequest): Diagnostic[] {
  const stagesOf = (name: string | undefined): readonly string[] =>
    model.errors.codes.find((entry) => entry.code === name)?.raisedBy ?? [];
  const missing = stagesOf(code).filter(
    (stage) => stage !== "handler" && stage !== "requirement" && !stagesOf(replacedBy).includes(stage),
  );
  if (missing.length === 0) return [];
  const message = `\`${code}\` was raised by ${missing.map((stage) => `\`${stage}\``).join(", ")}, and nothing takes its place there.`;
  return [diagnose("lockstep/retire-derived", message)];
}

/** Finds the file and the place of a node, and keeps one editable text a file. */
class Editor {
  readonly #document: LoadedDocument;
  readonly #read: (file: string) => string;
  readonly #texts = new Map<string, EditableText>();
  last: SourceLocation | undefined;

  constructor(document: LoadedDocument, read: (file: string) => string) {
    this.#document = document;
    this.#read = read;
  }

  at(pointer: string): {
    removeItem(options: { mayEmpty: boolean }): void;
    setScalar(value: string): void;
    setMembers(members: readonly (readonly [string, string])[]): void;
  } {
    const location = this.#document.locate(pointer);
    this.last = location;
    const tokens = pointerTokens(location?.pointer ?? "");
    // The last token is the same in the bundle and in the file; else the node has no place of its own.
    if (location === undefined || tokens.at(-1) !== pointerTokens(pointer).at(-1))
      throw new FormatError("it is written elsewhere");
    const text = this.#texts.get(location.file) ?? new EditableText(this.#read(location.file));
    this.#texts.set(location.file, text);
    return {
      removeItem: (options) => {
        text.removeItem(tokens, options);
      },
      setScalar: (value) => {
        text.setScalar(tokens, value);
      },
      setMembers: (members) => {
        text.setMembers(tokens, members);
      },
    };
  }

  files(): ReadonlyMap<string, string> {
    return new Map([...this.#texts].map(([file, text]) => [file, text.toString()]));
  }
}
