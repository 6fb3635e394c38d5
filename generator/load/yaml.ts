/** Reads YAML 1.2 as other parsers do, where js-yaml is stricter about white space than they are. */
import { binaryTag, CORE_SCHEMA, loadAll, mergeTag, omapTag, pairsTag, setTag, YAMLException } from "js-yaml";
import { maxDepth } from "./limits.ts";

/** YAML's core schema, which has no timestamps, with the tags of YAML 1.1 that real documents use. */
const schema = CORE_SCHEMA.withTags(mergeTag, binaryTag, omapTag, pairsTag, setTag);

/** How many places of one file are read in spite of their indentation; each costs another pass. */
const maxRepairs = 200;

export interface YamlText {
  /** JSON values, and those that YAML has beyond; `undefined` for a file without content. */
  readonly value: unknown;
  /** What was parsed: as long as the file, with spaces in place of line ends that the parser does not take. */
  readonly text: string;
}

/** @throws YAMLException where the file is not YAML, or more than one document. */
export function readYaml(body: string): YamlText {
  let text = body;
  for (let repairs = 0; ; repairs++) {
    try {
      return { value: single(text), text };
    } catch (error) {
      const repaired =
        error instanceof YAMLException && repairs < maxRepairs ? repair(text, error) : undefined;
      if (repaired === undefined) throw error;
      text = repaired;
    }
  }
}

function single(text: string): unknown {
  const documents = loadAll(text, { schema, maxDepth });
  if (documents.length === 0) return text.trim() === "" ? undefined : null;
  if (documents.length > 1)
    throw new YAMLException("expected a single document in the stream, but found more");
  return documents[0];
}

/**
 * Inside brackets indentation has no meaning to anyone but the letter of YAML 1.2 §7.4: a line that begins too far to the
 * left, and a tab before a value, become spaces. The length stays, so that every offset does.
 */
function repair(text: string, { reason, mark }: YAMLException): string | undefined {
  if (reason !== "deficient indentation" || mark === undefined) return undefined;
  const end = mark.position;
  const before = text.slice(0, end).replace(/[ \t\n]+$/, "");
  const gap = text.slice(before.length, end);
  if (!/[\t\n]/.test(gap)) return undefined;
  const lineStart = before.lastIndexOf("\n") + 1;
  // A comment would take the joined line with it.
  const line = before.slice(lineStart).replace(/(^|\s)#[^"']*$/, (comment) => " ".repeat(comment.length));
  return before.slice(0, lineStart) + line + " ".repeat(gap.length) + text.slice(end);
}
