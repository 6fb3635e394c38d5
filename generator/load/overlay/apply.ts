/** Applies overlays to a bundled document: the lines of the author, or of the overlay, stay known. */
import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, SourceLocation } from "../../diagnostics/diagnostic.ts";
import { isObject, type Json } from "../../json/json.ts";
import { JsonPathError } from "../../json/json-path.ts";
import { joinPointer, pointerTokens } from "../../json/pointer.ts";
import { selectNodes, type SelectedNode } from "../../json/select.ts";
import type { Bundled } from "../bundle.ts";
import { LoadFailure } from "../failure.ts";
import type { LoadedFile } from "../resolver.ts";
import { OverlaidDocument } from "./overlaid.ts";
import { readOverlay, type OverlayAction } from "./read.ts";

export interface Overlaid {
  readonly bundled: Bundled;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * One overlay after the other, each action on what the ones before have left.
 * @throws LoadFailure for an overlay that cannot be read or applied
 */
export function applyOverlays(bundled: Bundled, overlays: readonly LoadedFile[]): Overlaid {
  if (overlays.length === 0) return { bundled, diagnostics: [] };
  const document = new OverlaidDocument<LoadedFile>(bundled.root);
  const diagnostics = overlays.flatMap((file) =>
    readOverlay(file).flatMap((action) => applyAction(document, file, action)),
  );
  const locate: Bundled["locate"] = (pointer) => {
    const { file, tokens } = document.origin(pointerTokens(pointer));
    return file === undefined ? bundled.locate(joinPointer("", ...tokens)) : file.text.locate(tokens);
  };
  return { bundled: { ...bundled, root: document.root, locate }, diagnostics };
}

function applyAction(
  document: OverlaidDocument<LoadedFile>,
  file: LoadedFile,
  action: OverlayAction,
): readonly Diagnostic[] {
  const place = (...tokens: string[]): SourceLocation => file.text.locate([...action.tokens, ...tokens]);
  const nodes = targets(document.root, action, () => place("target"));
  if (nodes.length === 0) {
    const message = `\`${action.target}\` matches nothing in the document, so the action changes nothing.`;
    return [diagnose("lockstep/overlay-unmatched", message, { location: place("target") })];
  }
  for (const { tokens, value } of nodes) {
    const fail = (message: string, member: string): never => {
      throw new LoadFailure("lockstep/overlay-action", message, { location: place(member) });
    };
    const { update } = action;
    if (action.remove) {
      if (tokens.length === 0) fail("The whole document cannot be removed.", "target");
      document.remove(tokens);
    } else if (typeof value !== "object" || value === null) {
      fail(
        `\`${action.target}\` leads to a single value, which nothing can be merged into. Target its parent.`,
        "target",
      );
    } else if (isObject(value) && !isObject(update)) {
      fail("`update` is not an object, and its target is one.", "update");
    } else if (update !== undefined) {
      requireLocal(update, fail);
      document.update(tokens, update, { file, tokens: [...action.tokens, "update"] });
    }
  }
  return [];
}

/** What is behind in a list is removed first, so that the places of the others stay. */
function targets(root: Json, action: OverlayAction, place: () => SourceLocation): readonly SelectedNode[] {
  try {
    const nodes = selectNodes(root, action.path);
    return action.remove ? [...nodes].sort(lastFirst) : nodes;
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    const message = `\`${action.target}\` cannot be applied: ${error.message}.`;
    throw new LoadFailure("lockstep/overlay-action", message, { location: place() });
  }
}

function lastFirst({ tokens: a }: SelectedNode, { tokens: b }: SelectedNode): number {
  for (const [index, token] of a.entries()) {
    const other = b[index];
    if (other === undefined) return -1;
    if (token === other) continue;
    const isIndex = /^\d+$/.test(token) && /^\d+$/.test(other);
    return isIndex ? Number(other) - Number(token) : token < other ? 1 : -1;
  }
  return b.length - a.length;
}

/** The other files of the document have been read by now. */
function requireLocal(value: Json, fail: (message: string, member: string) => never): void {
  const waiting: Json[] = [value];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== "object" || node === null) continue;
    for (const [name, member] of Object.entries(node)) {
      if (name === "$ref" && typeof member === "string" && !member.startsWith("#")) {
        fail(
          `The overlay refers to \`${member}\`; references of an overlay lead into the document (\`#/…\`).`,
          "update",
        );
      }
      waiting.push(member);
    }
  }
}
