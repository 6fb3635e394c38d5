/** Text to plain data: JSON or YAML, bounded, a tree without shared nodes. */
import { YAMLException } from "js-yaml";
import type { Json } from "../json/json.ts";
import { resolveIdentifiers } from "./identifiers.ts";
import { countMembers } from "./json-text.ts";
import { LoadFailure } from "./failure.ts";
import { maxDepth } from "./limits.ts";
import { SourceText } from "./source-text.ts";
import { prescan } from "./prescan.ts";
import { readYaml } from "./yaml.ts";

export interface ParsedFile {
  readonly text: SourceText;
  /** `undefined` for a file without content. */
  readonly value: Json | undefined;
  /** Pointers of the schemas that have an anchor, by its name. */
  readonly anchors: ReadonlyMap<string, string>;
  /** See `Prescan`. */
  readonly selfContained: boolean;
}

/**
 * Parses the text of a file. `path` is how the file is called in diagnostics.
 * @throws LoadFailure with the place, for syntax errors, names that occur twice, and trees beyond the limits.
 */
export function parseText(path: string, body: string): ParsedFile {
  const json = parseJson(body);
  const text = new SourceText(path, body, json === undefined ? "yaml" : "json");
  const value = json === undefined ? parseYamlText(text) : json.value;
  const scan = prescan(value, text);
  if (json !== undefined && scan.members !== countMembers(body)) {
    // JSON.parse takes the last of two equal names in silence. The YAML parser names the place.
    parseYamlText(text);
  }
  // Aliases make one object appear in two places; every later stage may rely on a tree.
  const tree = scan.shared ? unshare(value) : value;
  const { selfContained } = scan;
  if (tree === undefined) return { text, value: undefined, anchors: new Map(), selfContained };
  const { root, anchors } = resolveIdentifiers(tree, body);
  return { text, value: root, anchors, selfContained: selfContained && root === tree };
}

function parseJson(body: string): { readonly value: Json } | undefined {
  if (!/^\s*[[{]/.test(body)) return undefined;
  try {
    // JSON.parse is declared to return `any`; what it returns is JSON.
    return { value: JSON.parse(body) as Json };
  } catch {
    return undefined;
  }
}

function parseYamlText(text: SourceText): Json | undefined {
  try {
    const { value, text: parsed } = readYaml(text.body);
    if (parsed !== text.body) text.parsed = parsed;
    // The YAML core schema yields JSON values, `.nan` and `.inf` and binary data aside: `prescan` rejects those.
    return value as Json | undefined;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = error.mark;
    const location = at === undefined ? text.at(1, 1) : text.at(at.line + 1, at.column + 1);
    throw new LoadFailure(...yamlDiagnostic(error.reason), { location });
  }
}

function yamlDiagnostic(
  reason: string,
): ["lockstep/duplicate-key" | "lockstep/too-deep" | "lockstep/syntax", string] {
  if (reason.startsWith("duplicated mapping key")) {
    return [
      "lockstep/duplicate-key",
      "This name stands twice in the same object; one of the two values would be lost.",
    ];
  }
  if (reason.includes("maxDepth")) {
    return ["lockstep/too-deep", `The document nests more than ${maxDepth} levels of objects and arrays.`];
  }
  return ["lockstep/syntax", `The file is not valid YAML: ${reason}.`];
}

function unshare(value: Json | undefined): Json | undefined {
  // JSON.parse is declared to return `any`; what it returns is JSON.
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as Json);
}
