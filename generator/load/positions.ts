/** Finds the offsets of nodes in the text of a file; computed on demand, kept per file. */
import { jsonMembers, type JsonMembers } from "./json-text.ts";
import { yamlTree, type YamlNode } from "./yaml-tree.ts";

/** Offsets into the text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface FoundNode {
  /** How many of the tokens exist in the file. */
  readonly depth: number;
  readonly value: Span;
  /** The member name, where the node is a member of an object. */
  readonly key?: Span;
  readonly collection: boolean;
}

/** Finds the node at the reference tokens of a JSON Pointer, or its nearest existing ancestor. */
export type FindNode = (tokens: readonly string[]) => FoundNode;

/** For text that `JSON.parse` accepts: reads only the objects and arrays on the way. */
export function jsonPositions(body: string): FindNode {
  const known = new Map<number, JsonMembers>();
  const members = (offset: number): JsonMembers => {
    let found = known.get(offset);
    if (found === undefined) known.set(offset, (found = jsonMembers(body, offset)));
    return found;
  };
  return (tokens) => {
    const start = body.search(/\S/);
    let node: FoundNode = {
      depth: 0,
      value: { start, end: start + 1 },
      collection: body[start] === "{" || body[start] === "[",
    };
    for (const token of tokens) {
      if (!node.collection) break;
      const member = members(node.value.start).get(token);
      if (member === undefined) break;
      const first = body[member.value.start];
      node = { depth: node.depth + 1, ...member, collection: first === "{" || first === "[" };
    }
    return node;
  };
}

/** For any other text that was parsed as YAML. */
export function yamlPositions(body: () => string): FindNode {
  let root: YamlNode | undefined;
  return (tokens) => {
    root ??= yamlTree(body());
    let node = root;
    let key: Span | undefined;
    let depth = 0;
    for (const token of tokens) {
      const member = node.member(token);
      if (member === undefined) break;
      node = member.node;
      key = member.key;
      depth++;
    }
    const found = { depth, value: { start: node.start, end: node.end }, collection: node.collection };
    return key === undefined ? found : { ...found, key };
  };
}
