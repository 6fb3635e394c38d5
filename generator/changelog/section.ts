/** What one release changes, as a section of a changelog. */
import type { Change, Impact } from "../diff/change.ts";
import { escapeMarkdown } from "../diff/report/escape.ts";
import { listed } from "../diff/wording.ts";

export interface Release {
  /** `info.version` of the release, or `undefined` while it is the same as before. */
  readonly version: string | undefined;
  /** The version it follows. */
  readonly previous: string;
  /** Worst first. */
  readonly changes: readonly Change[];
}

const headings: readonly (readonly [Impact, string])[] = [
  ["breaking", "Breaking"],
  ["risky", "Look twice"],
  ["safe", "Changed"],
];

/** Changes of wording and the like that no reader of a changelog needs. */
const silent: ReadonlySet<string> = new Set(["remediation-rewritten", "version-not-raised"]);

/** CommonMark without a date, so that the same release gives the same text; ends with a line feed. `""` for nothing to say. */
export function renderSection({ version, previous, changes }: Release): string {
  const told = changes.filter(({ rule }) => !silent.has(rule));
  if (told.length === 0) return "";
  const groups = headings.flatMap(([impact, heading]) => {
    const group = told.filter((change) => change.impact === impact);
    return group.length === 0 ? [] : ["", `### ${heading}`, "", ...group.map(item)];
  });
  const title = version === undefined ? "Unreleased" : escapeMarkdown(version);
  return [`## ${title}`, "", `Since ${escapeMarkdown(previous)}:`, ...groups, ""].join("\n");
}

function item({ message, operations, impact, advice }: Change): string {
  // Messages name up to two operations themselves.
  const where = operations.length > 2 ? ` (${listed(operations)})` : "";
  const what = impact === "safe" ? "" : ` ${escapeMarkdown(advice)}`;
  return `- ${escapeMarkdown(message.replace(/\.$/, ""))}${escapeMarkdown(where)}.${what}`;
}
