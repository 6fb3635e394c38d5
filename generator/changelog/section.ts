/** What one release changes for callers, as a section of a changelog (https://keepachangelog.com). */
import type { Change, Impact } from "../diff/change.ts";
import { escapeMarkdown } from "../diff/report/escape.ts";
import { listed } from "../diff/wording.ts";
import { adviceOf, headingOf, headings } from "./caller.ts";

export interface Release {
  /** `info.version` of the release, or `undefined` while it is the same as before. */
  readonly version: string | undefined;
  /** The version it follows. */
  readonly previous: string;
  /** Worst first. */
  readonly changes: readonly Change[];
}

const marks: Readonly<Record<Impact, string>> = {
  breaking: "**Breaking:** ",
  risky: "**May break:** ",
  safe: "",
};

/** Changes of wording and the like that no reader of a changelog needs. */
const silent: ReadonlySet<string> = new Set(["remediation-rewritten", "version-not-raised"]);

/** CommonMark without a date, so that the same release gives the same text; ends with a line feed. `""` for nothing to say. */
export function renderSection({ version, previous, changes }: Release): string {
  const told = changes.filter(({ rule }) => !silent.has(rule));
  if (told.length === 0) return "";
  const groups = headings.flatMap((heading) => {
    const group = told.filter((change) => headingOf(change) === heading);
    return group.length === 0 ? [] : ["", `### ${heading}`, "", ...group.map(item)];
  });
  const title = version === undefined ? "Unreleased" : escapeMarkdown(version);
  return [`## ${title}`, "", sinceLine(previous), ...groups, ""].join("\n");
}

/** The line of a section that names the release before. */
export function sinceLine(previous: string): string {
  return `Since ${escapeMarkdown(previous)}:`;
}

function item(change: Change): string {
  const { message, operations, impact } = change;
  // Messages name up to two operations themselves.
  const where = operations.length > 2 ? ` (${listed(operations)})` : "";
  const text = `${message.replace(/\.$/, "")}${where}`;
  const todo = adviceOf(change);
  return `- ${marks[impact]}${escapeMarkdown(text)}.${todo === "" ? "" : ` ${todo}`}`;
}
