/** Issues of requests and responses, in the shape that goes over the wire. */
import { worded, type Issue, type Issues } from "../runtime/issues.ts";
import { begin } from "../runtime/values.ts";

export const ownMessages: Readonly<Record<string, string>> = {
  encoding: "is not percent-encoded UTF-8",
  repeated: "must not be given more than once",
  style: "is not written in the style",
  json: "is not JSON",
  mediaType: "is not of a declared media type:",
  status: "is not a declared status",
  surplus: "must not be there",
  pairs: "must not have more parameters than",
};

/** Longer pointers end early, at a value around the issue: names in a body are chosen by its sender. */
export const maxPointer = 1000;

export function plainIssue<Place extends string>(
  place: Place,
  issue: Issue,
): { in: Place; pointer: string; rule: string; message: string } {
  const { rule, expected } = issue;
  const own = Object.hasOwn(ownMessages, rule) ? ownMessages[rule] : undefined;
  const message =
    own === undefined ? issue.message : expected === undefined ? own : `${own} ${worded(expected)}`;
  let { pointer } = issue;
  while (pointer.length > maxPointer) pointer = pointer.slice(0, pointer.lastIndexOf("/", maxPointer));
  return { in: place, pointer, rule, message };
}

/** Runs what may fill a list of issues; getters, proxies and full stacks end in an issue. */
export function noting<Place extends string>(
  place: Place,
  issues: Issues,
  run: () => void,
): { in: Place; pointer: string; rule: string; message: string }[] {
  try {
    begin();
    run();
  } catch (error) {
    issues.open = issues.list.length < issues.limit;
    issues.add("", error instanceof RangeError ? "depth" : "unreadable");
  }
  return issues.list.length === 0 ? [] : issues.list.map((issue) => plainIssue(place, issue));
}
