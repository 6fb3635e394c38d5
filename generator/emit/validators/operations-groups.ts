/** Which operations share a file: those of a tag, or of a part of the path where there are no tags. */
import { identifierWords, uniqueNames } from "../../json/identifier.ts";
import type { Operation } from "../../model/api-model.ts";

/** Operations by file name (kebab-case, without extension), both in document order. */
export function groupOperations(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const shared = sharedSegments(operations);
  const names = new Map<string, string>();
  const unique = uniqueNames();
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const key = operation.tags[0] ?? staticSegments(operation.path)[shared] ?? "";
    const name = names.get(key) ?? unique(fileName(key));
    names.set(key, name);
    groups.set(name, [...(groups.get(name) ?? []), operation]);
  }
  return groups;
}

/** Windows takes these for devices, with any extension. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Letters and digits of ASCII only: the name is safe on every file system and in every import. */
function fileName(key: string): string {
  const words = identifierWords(key)
    .map((word) => word.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .filter((word) => word !== "");
  const name = words.join("-").slice(0, 60) || "operations";
  return devices.test(name) ? `${name}-operations` : name;
}

function staticSegments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
}

/** How many segments all paths without a tag begin with: a version, a prefix. */
function sharedSegments(operations: readonly Operation[]): number {
  const [first = [], ...others] = operations
    .filter((operation) => operation.tags.length === 0)
    .map((operation) => staticSegments(operation.path));
  let count = 0;
  while (count < first.length && others.every((segments) => segments[count] === first[count])) count++;
  return others.length === 0 ? 0 : count;
}
