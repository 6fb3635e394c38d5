/** Names of operations on the client: `client.<group>.<name>()`. */
import { camelCase, identifierWords, uniqueNames } from "../../json/identifier.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";

export interface NamedOperation {
  readonly operation: Operation;
  readonly group: string;
  readonly name: string;
  /** Of the exported constant. */
  readonly constant: string;
}

/** Methods whose operations `types.ts` can express. */
const sendable = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace"]);

/** What the client has besides groups, and `then`, which would make it a promise. */
const takenGroups = ["use", "eject", "request", "then", "constructor", "prototype"];
const takenNames = ["then", "constructor", "prototype"];

/**
 * Every operation that can be called, in document order. The group is the first tag, else the first fixed segment of the
 * path. The name is the operation's identifier without the words of the group (`Broadcasts`: `sendPreparedBroadcast`
 * becomes `sendPrepared`), or the whole of it where two operations of a group would share the short one.
 */
export function nameOperations(model: ApiModel): readonly NamedOperation[] {
  const operations = model.operations.filter(({ method }) => sendable.has(method));
  const groups = groupNames(operations.map(groupOf));
  const constants = uniqueNames([...reservedWords, ...runtimeNames]);
  const entries = operations.map((operation) => {
    const title = groupOf(operation);
    const group = groups.get(title) ?? title;
    return { operation, group, short: shortName(operation.identifier, title) };
  });
  const uses = new Map<string, number>();
  for (const { group, short } of entries) {
    const key = `${group} ${short.toLowerCase()}`;
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const unique = new Map<string, (name: string) => string>();
  return entries.map(({ operation, group, short }) => {
    const alone = uses.get(`${group} ${short.toLowerCase()}`) === 1;
    const nameInGroup = unique.get(group) ?? uniqueNames(takenNames);
    unique.set(group, nameInGroup);
    const name = nameInGroup(alone ? short : operation.identifier);
    return { operation, group, name, constant: constants(operation.identifier) };
  });
}

function groupOf({ tags, path }: Operation): string {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
  return tags[0] ?? segments.find((segment) => !/^(?:api|v\d+(?:\.\d+)*)$/i.test(segment)) ?? "root";
}

/** The same tag is the same group; two tags that differ in spelling only are two. */
function groupNames(titles: readonly string[]): ReadonlyMap<string, string> {
  const unique = uniqueNames(takenGroups);
  return new Map([...new Set(titles)].map((title) => [title, unique(camelCase(title))]));
}

function shortName(identifier: string, group: string): string {
  const words = identifierWords(identifier);
  const dropped = identifierWords(group).map(singular);
  const at = words.findIndex((_word, start) =>
    dropped.every((word, offset) => singular(words[start + offset] ?? "") === word),
  );
  const rest = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + dropped.length)];
  const short = camelCase(rest.join(" "));
  return rest.length === 0 || !/^[a-z]/.test(short) ? identifier : short;
}

/** Good enough to tell that `Journeys` and `journey` are one word: both sides go through it. */
function singular(word: string): string {
  return word
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<=[^s])s$/, "");
}

/** Names that `client/operations.ts` has already: its own, and those that it may import. */
export const runtimeNames = (
  "api allOperations basic bearer cookieHeader cookieKey headerKey linkHeader listOperations multipart pageParameters " +
  "queryKey styledQuery styledValue urlEncoded"
).split(" ");

/** Words that cannot name a constant in a module (ECMA-262 §12.7.2, in strict code). */
const reservedWords = (
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
  "finally for function if implements import in instanceof interface let new null package private protected public " +
  "return static super switch this throw true try typeof undefined var void while with yield"
).split(" ");
