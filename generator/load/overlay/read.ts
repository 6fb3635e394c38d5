/** Reads an OpenAPI Overlay (Overlay Specification 1.0): what it changes, and what is wrong with it. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { JsonPathError, parseJsonPath, type Segment } from "../../json/json-path.ts";
import { LoadFailure } from "../failure.ts";
import type { LoadedFile } from "../resolver.ts";

export interface OverlayAction {
  readonly target: string;
  readonly path: readonly Segment[];
  /** Takes precedence over `update` (Overlay 1.0 §4.4.3.1). */
  readonly remove: boolean;
  readonly update: Json | undefined;
  /** Where the action stands in its file. */
  readonly tokens: readonly string[];
}

const members = ["target", "description", "update", "remove"];

/** @throws LoadFailure if the document is not an overlay, or a target is not JSONPath */
export function readOverlay(file: LoadedFile): readonly OverlayAction[] {
  const { value, text } = file;
  const fail = (message: string, ...tokens: string[]): never => {
    throw new LoadFailure("lockstep/overlay-invalid", message, { location: text.locate(tokens) });
  };
  if (!isObject(value)) return fail(`${file.path} is not an overlay: it is not an object.`);
  const version = value["overlay"];
  if (typeof version !== "string" || !/^1\.0\.\d+$/.test(version)) {
    return fail(
      `${file.path} does not begin with \`overlay: 1.0.0\`, the version that is supported.`,
      "overlay",
    );
  }
  const { actions } = value;
  if (!isArray(actions)) return fail("`actions` of the overlay is not a list.", "actions");
  return actions.map((action, index) => {
    const tokens = ["actions", String(index)];
    if (!isObject(action)) return fail("An action of the overlay is not an object.", ...tokens);
    return readAction(action, tokens, fail);
  });
}

function readAction(
  action: JsonObject,
  tokens: readonly string[],
  fail: (message: string, ...tokens: string[]) => never,
): OverlayAction {
  const strange = Object.keys(action).find((name) => !members.includes(name) && !name.startsWith("x-"));
  if (strange !== undefined) {
    fail(
      `An action of an overlay has no member \`${strange}\`. Its members are ${members.join(", ")}.`,
      ...tokens,
      strange,
    );
  }
  const { target, update, remove = false } = action;
  if (typeof target !== "string")
    return fail("The `target` of the action is not a JSONPath.", ...tokens, "target");
  if (typeof remove !== "boolean") return fail("`remove` is neither true nor false.", ...tokens, "remove");
  if (update === undefined && !remove)
    return fail("The action has neither `update` nor `remove`.", ...tokens);
  try {
    return { target, path: parseJsonPath(target), remove, update, tokens };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    return fail(`\`${target}\` is not a JSONPath: ${error.message}.`, ...tokens, "target");
  }
}
