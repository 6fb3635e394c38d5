/** Semantic versions (https://semver.org): what a set of changes asks for, and whether `info.version` delivers it. */
import { largerBump, type Bump, type Change } from "./change.ts";

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly prerelease: string;
}

/** The largest bump that one of the changes asks for. */
export function bumpOf(changes: readonly Change[]): Bump {
  return changes.map(({ bump }) => bump).reduce(largerBump, "none");
}

/**
 * The next version after `version`. Before 1.0.0 the minor version stands for the major one, and the patch version
 * for the minor one (semver §4). `undefined` where the version is not a semantic one.
 */
export function nextVersion(version: string, bump: Bump): string | undefined {
  const parsed = parseVersion(version);
  if (parsed === undefined) return undefined;
  const { major, minor, patch } = parsed;
  if (bump === "none") return version;
  const step = major === 0 ? ({ major: "minor", minor: "patch", patch: "patch" } as const)[bump] : bump;
  if (step === "major") return `${major + 1}.0.0`;
  return step === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/** True if the step from `base` to `revision` announces a change of this size. Versions that are not semantic announce any change by being different. */
export function announces(base: string, revision: string, bump: Bump): boolean {
  if (bump === "none") return true;
  const wanted = nextVersion(base, bump);
  const [least, actual] = [wanted === undefined ? undefined : parseVersion(wanted), parseVersion(revision)];
  return least === undefined || actual === undefined ? base !== revision : order(actual, least) >= 0;
}

/** Negative where `a` comes before `b`; `undefined` where one of them is not a semantic version. */
export function compareVersions(a: string, b: string): number | undefined {
  const [one, other] = [parseVersion(a), parseVersion(b)];
  if (one === undefined || other === undefined) return undefined;
  return order(one, other) || comparePrereleases(one.prerelease, other.prerelease);
}

/** A pre-release comes before its release; identifiers compare one by one (semver §11). */
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === "" || b === "") return a === "" ? 1 : -1;
  const [left, right] = [a.split("."), b.split(".")];
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (one !== other) return compareIdentifiers(one, other);
  }
  return -1;
}

function compareIdentifiers(a: string, b: string): number {
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOther) return Number(a) - Number(b);
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return a < b ? -1 : 1;
}

function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(
    text,
  );
  if (match === null) return undefined;
  const [, major = "0", minor = "0", patch = "0", prerelease = ""] = match;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/** Pre-releases of a version count as that version: 2.0.0-rc.1 announces a major change. */
function order(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}
