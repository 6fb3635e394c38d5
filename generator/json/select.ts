/** Selects the nodes of a JSON value that a JSONPath names (RFC 9535 §2). */
import { isArray, type Json, type JsonObject } from "./json.ts";
import {
  JsonPathError,
  type Operand,
  type Query,
  type Segment,
  type Selector,
  type Test,
} from "./json-path.ts";
import { joinPointer } from "./pointer.ts";

/** A node by the names and indices on the way to it. */
export interface SelectedNode {
  readonly tokens: readonly string[];
  readonly value: Json;
}

/** More nodes than this at once are a mistake, or an attack. */
const mostNodes = 500_000;

/**
 * In document order, each node once.
 * @throws JsonPathError where the path selects more nodes than anybody wants
 */
export function selectNodes(root: Json, segments: readonly Segment[]): readonly SelectedNode[] {
  return follow([{ tokens: [], value: root }], segments, root);
}

function follow(
  start: readonly SelectedNode[],
  segments: readonly Segment[],
  root: Json,
): readonly SelectedNode[] {
  let nodes = start;
  for (const segment of segments) {
    const found = new Map<string, SelectedNode>();
    for (const node of segment.descendant ? withDescendants(nodes) : nodes) {
      for (const selector of segment.selectors) {
        for (const child of select(node, selector, root)) found.set(joinPointer("", ...child.tokens), child);
      }
      if (found.size > mostNodes) throw new JsonPathError("it selects too many nodes");
    }
    nodes = [...found.values()];
  }
  return nodes;
}

function withDescendants(nodes: readonly SelectedNode[]): readonly SelectedNode[] {
  const found = new Map<string, SelectedNode>();
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const key = joinPointer("", ...node.tokens);
    if (found.has(key)) continue;
    found.set(key, node);
    if (found.size > mostNodes) throw new JsonPathError("it selects too many nodes");
    for (const child of childrenOf(node).reverse()) waiting.push(child);
  }
  return [...found.values()];
}

function childrenOf({ tokens, value }: SelectedNode): SelectedNode[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([name, child]) => ({ tokens: [...tokens, name], value: child }));
}

function select(node: SelectedNode, selector: Selector, root: Json): readonly SelectedNode[] {
  const { value } = node;
  switch (selector.kind) {
    case "wildcard":
      return childrenOf(node);
    case "filter":
      return childrenOf(node).filter((child) => passes(child, selector.test, root));
    case "name":
      return isArray(value) ? [] : member(node, selector.name);
    case "index":
      return isArray(value)
        ? member(node, String(selector.index < 0 ? value.length + selector.index : selector.index))
        : [];
    case "slice":
      return isArray(value)
        ? sliceIndices(value.length, selector).flatMap((at) => member(node, String(at)))
        : [];
  }
}

function member({ tokens, value }: SelectedNode, name: string): readonly SelectedNode[] {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return [];
  // Own members only, proved by hasOwn; arrays are indexed the same way.
  const child = (value as JsonObject)[name];
  return child === undefined ? [] : [{ tokens: [...tokens, name], value: child }];
}

/** RFC 9535 §2.3.4.2.2. */
function sliceIndices(
  length: number,
  { start, end, step }: { start: number | undefined; end: number | undefined; step: number },
): number[] {
  if (step === 0) return [];
  const from = (index: number): number => (index < 0 ? length + index : index);
  const clamp = (index: number, low: number, high: number): number => Math.min(Math.max(index, low), high);
  const indices: number[] = [];
  if (step > 0) {
    const last = clamp(from(end ?? length), 0, length);
    for (let at = clamp(from(start ?? 0), 0, length); at < last; at += step) indices.push(at);
  } else {
    const last = end === undefined ? -1 : clamp(from(end), -1, length - 1);
    for (let at = clamp(from(start ?? length - 1), -1, length - 1); at > last; at += step) indices.push(at);
  }
  return indices;
}

function passes(node: SelectedNode, test: Test, root: Json): boolean {
  switch (test.kind) {
    case "any":
      return test.tests.some((one) => passes(node, one, root));
    case "all":
      return test.tests.every((one) => passes(node, one, root));
    case "not":
      return !passes(node, test.test, root);
    case "exists":
      return queried(node, test.query, root).length > 0;
    case "compare":
      return compares(valueOf(node, test.left, root), test.operator, valueOf(node, test.right, root));
  }
}

function queried(node: SelectedNode, { relative, segments }: Query, root: Json): readonly SelectedNode[] {
  return follow([relative ? node : { tokens: [], value: root }], segments, root);
}

/** Nothing, where a query selects no single node. */
function valueOf(node: SelectedNode, operand: Operand, root: Json): Json | undefined {
  if (operand.kind === "literal") return operand.value;
  const found = queried(node, operand, root);
  return found.length === 1 ? found[0]?.value : undefined;
}

/** RFC 9535 §2.3.5.2.2: only numbers and texts have an order. */
function compares(left: Json | undefined, operator: string, right: Json | undefined): boolean {
  if (operator === "==") return same(left, right);
  if (operator === "!=") return !same(left, right);
  const equal = operator.endsWith("=") && same(left, right);
  return equal || (operator.startsWith("<") ? isBelow(left, right) : isBelow(right, left));
}

function isBelow(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  return typeof left === "string" && typeof right === "string" && left < right;
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left !== "object" || left === null || typeof right !== "object" || right === null) {
    return left === right;
  }
  if (isArray(left) !== isArray(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      // Own members only, proved by hasOwn; arrays are indexed the same way.
      (name) => Object.hasOwn(right, name) && same((left as JsonObject)[name], (right as JsonObject)[name]),
    )
  );
}
