/** Keeps sections in a changelog that people write in as well: only what stands between our markers is ours, while nobody has edited it. */
import { createHash } from "node:crypto";
import { compareVersions } from "../diff/version.ts";
import { sinceLine } from "./section.ts";

/** A section cannot be replaced without losing something; putting it right is for a person. */
export class SectionError extends Error {}

const title = "# Changelog\n\nWhat each release of the API changes for those who call it.\n";

export interface Section {
  readonly name: string;
  /** The release that it follows. */
  readonly previous: string;
  /** `""` removes the section. */
  readonly text: string;
}

/**
 * The text with the section in it, replaced where it stands or added before the first older one. Doing it twice changes
 * nothing. `text` undefined: there is no file yet.
 * @throws SectionError where the section in the file was edited, or follows another release
 */
export function withSection(text: string | undefined, section: Section): string {
  const before = text ?? title;
  const { name } = section;
  const found = find(before, name);
  const block = section.text === "" ? "" : blockOf(name, section.text.trim());
  if (found !== undefined) {
    if (`${before.slice(found.start, found.end)}\n` === block) return before;
    refuse(name, found.body, section.previous, found.sum);
    const rest = before.slice(found.end).replace(/^\n+/, "");
    const head = before.slice(0, found.start);
    return block === "" || rest === ""
      ? head.replace(/\n+$/, "\n") + spaced(block) + spaced(rest)
      : `${head}${block}\n${rest}`;
  }
  if (block === "") return before;
  const at = placeFor(before, name);
  const head = before.slice(0, at).replace(/\n*$/, "\n");
  return head + spaced(block) + spaced(before.slice(at));
}

/** The text without the unreleased section of changes since `previous`, which a release takes over; one since another release stays. */
export function withoutUnreleased(text: string, previous: string): string {
  const found = find(text, unreleased);
  if (found === undefined || !found.body.split("\n").includes(sinceLine(previous))) return text;
  return withSection(text, { name: unreleased, previous, text: "" });
}

function blockOf(name: string, body: string): string {
  return `<!-- lockstep:${name} -->\n\n${body}\n\n<!-- /lockstep:${name} ${sumOf(body)} -->\n`;
}

/** Tells whether a person has edited the section: no secret, no signature. */
function sumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex").slice(0, 8);
}

/** @throws SectionError */
function refuse(name: string, body: string, previous: string, sum: string | undefined): void {
  if (sum !== sumOf(body)) {
    throw new SectionError(
      `the section ${name} has been edited. Move what you wrote outside its markers and delete the section to have it written anew`,
    );
  }
  if (!body.split("\n").includes(sinceLine(previous))) {
    throw new SectionError(
      `the section ${name} follows another release than ${previous}. Compare with that one, or delete the section to have it written anew`,
    );
  }
}

function spaced(part: string): string {
  return part === "" ? "" : `\n${part}`;
}

const unreleased = "unreleased";

/** The name of a section: a version, without what would end a comment. */
export function sectionName(version: string | undefined): string {
  return version === undefined ? unreleased : version.replace(/[^0-9A-Za-z.+-]/g, "-").replace(/--+/g, "-");
}

interface FoundSection {
  readonly start: number;
  readonly end: number;
  readonly body: string;
  readonly sum: string | undefined;
}

function find(text: string, name: string): FoundSection | undefined {
  const opening = `<!-- lockstep:${name} -->`;
  const start = text.indexOf(opening);
  const escaped = name.replace(/[.+]/g, "\\$&");
  const close = new RegExp(`<!-- /lockstep:${escaped}(?: ([0-9a-f]{8}))? -->`).exec(text);
  if (start === -1 && close === null) return undefined;
  if (start === -1 || close === null || close.index < start)
    throw new SectionError(`the markers of section ${name} do not pair up`);
  const body = text.slice(start + opening.length, close.index).trim();
  return { start, end: close.index + close[0].length, body, sum: close[1] };
}

/** Before the first section of an older version, ours or somebody else's; what has no version yet stands first. */
function placeFor(text: string, name: string): number {
  const starts = [...text.matchAll(/^(?:<!-- lockstep:(\S+) -->|## \[?(\S+?)\]?(?: .*)?$)/gm)];
  // The heading inside of our own section is not a place.
  const places = starts.filter(({ index }) => !isInside(text, index));
  const older = places.find(([, ours, theirs]) => {
    const other = ours ?? theirs ?? "";
    if (name === unreleased) return true;
    return other.toLowerCase() !== unreleased && (compareVersions(other, name) ?? -1) < 0;
  });
  return older?.index ?? text.length;
}

function isInside(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.lastIndexOf("<!-- lockstep:") > before.lastIndexOf("<!-- /lockstep:");
}
