/** Keeps sections in a changelog that people write in as well: only what stands between our markers is ours. */

/** The markers of a section do not pair up; putting it right is for a person. */
export class MarkerError extends Error {}

const title = "# Changelog\n\nWhat each release of the API changes for those who call it.\n";

/**
 * The text with the section of `name` in it, replaced where it stands or added above the others. `""` removes it.
 * Doing it twice changes nothing. `text` undefined: there is no file yet.
 * @throws MarkerError
 */
export function withSection(text: string | undefined, name: string, section: string): string {
  const before = text ?? title;
  const found = find(before, name);
  const block = section === "" ? "" : `${open(name)}\n\n${section.trimEnd()}\n\n${close(name)}\n`;
  if (found !== undefined) {
    const rest = before.slice(found.end).replace(/^\n+/, "");
    const head = before.slice(0, found.start);
    return block === "" || rest === ""
      ? head.replace(/\n+$/, "\n") + spaced(block) + spaced(rest)
      : `${head}${block}\n${rest}`;
  }
  if (block === "") return before;
  const at = firstSection(before);
  const head = before.slice(0, at).replace(/\n*$/, "\n");
  return head + spaced(block) + spaced(before.slice(at));
}

function spaced(part: string): string {
  return part === "" ? "" : `\n${part}`;
}

/** The name of a section: a version, without what would end a comment. */
export function sectionName(version: string | undefined): string {
  return version === undefined ? "unreleased" : version.replace(/[^0-9A-Za-z.+-]/g, "-").replace(/--+/g, "-");
}

function open(name: string): string {
  return `<!-- lockstep:${name} -->`;
}

function close(name: string): string {
  return `<!-- /lockstep:${name} -->`;
}

function find(text: string, name: string): { start: number; end: number } | undefined {
  const [start, end] = [text.indexOf(open(name)), text.indexOf(close(name))];
  if (start === -1 && end === -1) return undefined;
  if (start === -1 || end < start) throw new MarkerError(`the markers of section ${name} do not pair up`);
  return { start, end: end + close(name).length };
}

/** Where the newest section begins, ours or somebody else's; the end where there is none. */
function firstSection(text: string): number {
  const match = /^(?:<!-- lockstep:|## )/m.exec(text);
  return match?.index ?? text.length;
}
