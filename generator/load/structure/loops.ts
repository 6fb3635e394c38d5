/** Opens schemas that contain themselves for the very same value, as their authors mean them (JSON Schema core §9.4.1). */
import { append } from "../../json/append.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";

/** A reference that applies to the same value as the schema it is found in. */
interface Edge {
  readonly from: string;
  readonly to: string;
  /** From the schema at `from` to the schema that holds the `$ref`. */
  readonly tokens: readonly string[];
}

const lists = ["allOf", "anyOf", "oneOf"] as const;
const single = ["not", "if", "then", "else"] as const;

/** The document without such loops; `targets` are the pointers of all schemas that something refers to. */
export function openLoops(
  document: JsonObject,
  targets: Iterable<string>,
): { readonly document: JsonObject; readonly findings: readonly Finding[] } {
  const search = new LoopSearch(document);
  for (const target of targets) search.from(target);
  const findings = search.cuts.map(({ pointer, message }) => ({
    code: pointer.endsWith("/$ref") ? ("lockstep/ref-cycle" as const) : ("lockstep/schema-loop" as const),
    message,
    pointer,
  }));
  // The last item of a list first, so that the others keep their places.
  const order = [...search.cuts].sort((a, b) => compareTokens(b.pointer, a.pointer));
  const opened = order.reduce((node, { pointer }) => cutAt(node, pointer), document);
  return { document: opened, findings };
}

interface Cut {
  /** The keyword, the item of a list or the `$ref` that goes. */
  readonly pointer: string;
  readonly message: string;
}

class LoopSearch {
  readonly cuts: Cut[] = [];
  readonly #document: JsonObject;
  readonly #done = new Set<string>();
  readonly #edges = new Map<string, readonly Edge[]>();
  readonly #removed = new Set<string>();

  constructor(document: JsonObject) {
    this.#document = document;
  }

  /** Cuts every loop that can be reached from here, one after the other. */
  from(start: string): void {
    for (let loop = this.#find(start); loop !== undefined; loop = this.#find(start)) this.#cut(loop);
  }

  /** By no recursion: references may form chains of any length. */
  #find(start: string): readonly Edge[] | undefined {
    const path: Edge[] = [];
    const open = [start];
    const stack = [[...this.#edgesOf(start)]];
    for (let next = stack.at(-1); next !== undefined; next = stack.at(-1)) {
      const edge = next.pop();
      if (edge === undefined) {
        stack.pop();
        path.pop();
        this.#done.add(open.pop() ?? "");
        continue;
      }
      if (this.#done.has(edge.to)) continue;
      const at = open.indexOf(edge.to);
      if (at >= 0) return [...path.slice(at), edge];
      path.push(edge);
      open.push(edge.to);
      stack.push([...this.#edgesOf(edge.to)]);
    }
    return undefined;
  }

  #edgesOf(pointer: string): readonly Edge[] {
    if (this.#done.has(pointer)) return [];
    let edges = this.#edges.get(pointer);
    if (edges === undefined) {
      edges = edgesIn(resolvePointer(this.#document, pointer), pointer, []);
      this.#edges.set(pointer, edges);
    }
    return edges.filter((edge) => !this.#isRemoved(edge));
  }

  #isRemoved({ from, tokens }: Edge): boolean {
    const steps = [...tokens, "$ref"];
    return steps.some((_step, index) => this.#removed.has(joinPointer(from, ...steps.slice(0, index + 1))));
  }

  #cut(loop: readonly Edge[]): void {
    const union = loop.find(({ tokens }) => isUnion(tokens[0]));
    const inherits = loop.some(({ tokens }) => !tokens.some(isUnion));
    const { pointer, message } =
      union !== undefined && inherits
        ? unionCut(union)
        : closingCut(loop.at(-1) ?? { from: "", to: "", tokens: [] });
    this.#removed.add(pointer);
    this.cuts.push({ pointer, message });
  }
}

/** A parent lists its children, and each of them is a parent with more: the parent alone is meant by it. */
function unionCut({ from, to, tokens }: Edge): Cut {
  const keyword = tokens[0] ?? "";
  const message = `${nameOf(from)} has ${nameOf(to)} in its \`${keyword}\`, which contains ${nameOf(from)} again; the \`${keyword}\` is left out.`;
  return { pointer: joinPointer(from, keyword), message };
}

function closingCut({ from, to, tokens }: Edge): Cut {
  const [keyword] = tokens.slice(-2);
  const isItem = lists.some((list) => list === keyword);
  const at = isItem || tokens.length > 0 ? tokens : ["$ref"];
  const said =
    tokens.length === 0
      ? `${nameOf(from)} is unknown and accepts every value`
      : "this part of it is left out";
  return {
    pointer: joinPointer(from, ...at),
    message: `${nameOf(from)} contains ${nameOf(to)}, and that contains it again for the same value; ${said}.`,
  };
}

function isUnion(keyword: string | undefined): boolean {
  return keyword === "oneOf" || keyword === "anyOf";
}

function nameOf(pointer: string): string {
  const tokens = pointerTokens(pointer);
  return `\`${tokens.length === 3 ? (tokens[2] ?? "") : `#${pointer}`}\``;
}

function edgesIn(schema: Json | undefined, from: string, tokens: readonly string[]): Edge[] {
  if (!isObject(schema)) return [];
  const edges: Edge[] = [];
  const to = typeof schema["$ref"] === "string" ? refPointer(schema["$ref"]) : undefined;
  if (to !== undefined) edges.push({ from, to, tokens });
  for (const keyword of lists) {
    const branches = schema[keyword];
    if (!isArray(branches)) continue;
    for (const [index, branch] of branches.entries())
      append(edges, edgesIn(branch, from, [...tokens, keyword, String(index)]));
  }
  for (const keyword of single) append(edges, edgesIn(schema[keyword], from, [...tokens, keyword]));
  const dependent = schema["dependentSchemas"];
  for (const [name, branch] of Object.entries(isObject(dependent) ? dependent : {}))
    append(edges, edgesIn(branch, from, [...tokens, "dependentSchemas", name]));
  return edges;
}

/** Later items come after earlier ones, inner places after outer ones. */
function compareTokens(a: string, b: string): number {
  const [one, other] = [pointerTokens(a), pointerTokens(b)];
  for (const [index, token] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    if (token === against) continue;
    return /^\d+$/.test(token) && /^\d+$/.test(against)
      ? Number(token) - Number(against)
      : token < against
        ? -1
        : 1;
  }
  return one.length - other.length;
}

/** Takes out what is at the pointer; of a union its discriminator too, and a keyword whose list is empty then. */
function cutAt(document: JsonObject, pointer: string): JsonObject {
  const cut = (node: Json, tokens: readonly string[]): Json => {
    const [token = "", ...rest] = tokens;
    if (isArray(node))
      return rest.length === 0
        ? node.filter((_item, index) => String(index) !== token)
        : node.map((item, index) => (String(index) === token ? cut(item, rest) : item));
    if (!isObject(node) || !Object.hasOwn(node, token)) return node;
    const inner = rest.length === 0 ? undefined : cut(node[token] ?? null, rest);
    const kept = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
      if (key === "discriminator" && isUnion(token) && inner === undefined) return [];
      if (key !== token) return [[key, value]];
      return inner === undefined || (isArray(inner) && inner.length === 0) ? [] : [[key, inner]];
    });
    return Object.fromEntries(kept);
  };
  const result = cut(document, pointerTokens(pointer));
  return isObject(result) ? result : document;
}
