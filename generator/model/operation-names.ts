/** Names of operations in the generated code: `client.<group>.<name>()`, `handlers.<group>`. */
import { reservedOperationNames } from "../contract/vocabulary.ts";
import { distinctNames } from "../json/distinct-names.ts";
import { groupBy } from "../json/group-by.ts";
import { camelCase, identifierWords } from "../json/identifier.ts";
import type { ApiModel, Operation } from "./api-model.ts";

export interface OperationName {
  readonly group: string;
  /** Unique within the group. */
  readonly name: string;
}

/** What the client has besides groups, and `then`, which would make it a promise. */
const takenGroups = ["use", "eject", "request", "then", "constructor", "prototype"];
type Named = Pick<ApiModel, "operations" | "schemas">;

/**
 * By operation. The group is the first tag, else the first fixed segment of the path. The name is `x-lockstep-name`, else
 * the operation's identifier without the words of the group (`Broadcasts`: `sendPreparedBroadcast` becomes
 * `sendPrepared`). The identifier stays whole where the rest would name something else (`Comments`: `deleteArticle`), or
 * where two operations of the group would have the same name.
 */
export function nameOperations(model: Named): ReadonlyMap<Operation, OperationName> {
  const groups = [...groupBy(model.operations, groupTitle)];
  const requests = groups.map(([title]) => ({ name: camelCase(title), origin: title }));
  const distinct = distinctNames(requests, takenGroups);
  const resources = resourceNames(model);
  const named = groups.flatMap(([title, members], index) => {
    const group = distinct[index] ?? title;
    return namesInGroup(members, title, resources).map(
      ([operation, name]) => [operation, { group, name }] as const,
    );
  });
  return new Map(named);
}

type Entry = readonly [operation: Operation, name: string];

function namesInGroup(
  members: readonly Operation[],
  title: string,
  resources: ReadonlySet<string>,
): readonly Entry[] {
  const short = members.map((operation): Entry => {
    return [operation, operation.chosenName ?? shortName(operation.identifier, title, resources)];
  });
  const uses = groupBy(short, ([, name]) => name.toLowerCase());
  const requests = short.map(([{ id, identifier, chosenName }, name]) => {
    const wanted = uses.get(name.toLowerCase())?.length === 1 ? name : identifier;
    return {
      name: wanted,
      origin: id,
      priority: chosenName === undefined ? Number(wanted === identifier) : 2,
    };
  });
  const distinct = distinctNames(requests, reservedOperationNames);
  return members.map((operation, index) => [operation, distinct[index] ?? operation.identifier]);
}

function groupTitle({ tags, path }: Operation): string {
  const segments = path.split("/").filter((segment) => segment !== "" && !segment.includes("{"));
  return tags[0] ?? segments.find((segment) => !/^(?:api|v\d+(?:\.\d+)*)$/i.test(segment)) ?? "root";
}

/** What the document names besides verbs: tags, schemas, and path segments that stand before a parameter. */
function resourceNames({ operations, schemas }: Named): ReadonlySet<string> {
  const collections = operations.flatMap(({ path }) =>
    [...path.matchAll(/\/([^/{}]+)(?=\/\{)/g)].map(([, segment = ""]) => segment),
  );
  const names = [
    ...collections,
    ...operations.flatMap(({ tags }) => tags),
    ...schemas.map(({ name }) => name),
  ];
  return new Set(names.map((name) => resourceName(identifierWords(name))));
}

function resourceName(words: readonly string[]): string {
  return words.map(singular).join(" ");
}

function shortName(identifier: string, group: string, resources: ReadonlySet<string>): string {
  const words = identifierWords(identifier);
  const dropped = identifierWords(group).map(singular);
  const at = words.findIndex((_word, start) =>
    dropped.every((word, offset) => singular(words[start + offset] ?? "") === word),
  );
  if (at < 0) return identifier;
  const before = words.slice(0, at);
  const after = words.slice(at + dropped.length);
  // `deleteArticleComment`: without the comment, the article would be what is deleted.
  if (after.length === 0 && resources.has(resourceName(before.slice(1)))) return identifier;
  const short = camelCase([...before, ...after].join(" "));
  return before.length + after.length === 0 || !/^[a-z]/.test(short) ? identifier : short;
}

/** Good enough to tell that `Journeys` and `journey` are one word: both sides go through it. */
function singular(word: string): string {
  return word
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/(?<=[^s])s$/, "");
}
