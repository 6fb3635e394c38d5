/** Deep objects: keys in brackets. */
import { token, type Issues } from "../runtime/issues.ts";
import type { Parameter, Shape, Source } from "./contract.ts";
import {
  hasMembers,
  itemShape,
  itemsOf,
  memberShape,
  put,
  scalar,
  scalarsOf,
  typesOf,
  type Given,
} from "./scalars.ts";
import { isAbsent, isOneValue } from "./structures.ts";
import { member } from "./styles.ts";

/** A member of a deep object: the texts given for it, and its own members. */
export interface Branch {
  readonly texts: string[];
  readonly children: Map<string, Branch>;
}

/** Deeper keys than this are refused. */
export const maxKeys = 16;

/**
 * "color[R]=100&color[G]=200", brackets encoded or not. What OpenAPI leaves open is read as common libraries write it:
 * "a[b][c]=1" nests, "a[]=1", "a[0]=1" and a repeated "a=1" are lists.
 */
export function deepObject(source: Source, parameter: Parameter, issues: Issues): unknown {
  const { name } = parameter;
  const root: Branch = { texts: [...source.texts(name)], children: new Map() };
  for (const [key, texts] of source.pairs) {
    if (!key.startsWith(name + "[")) continue;
    const keys = bracketed(key.slice(name.length));
    if (keys === undefined) continue;
    source.take?.(key);
    if (keys.length > maxKeys) {
      issues.add("/" + token(name), "depth", maxKeys);
      return undefined;
    }
    let branch = root;
    for (const step of keys) {
      const known = branch.children.get(step);
      const next = known ?? { texts: [], children: new Map<string, Branch>() };
      if (known === undefined) branch.children.set(step, next);
      branch = next;
    }
    for (const text of texts) branch.texts.push(text);
  }
  if (root.children.size === 0 && isAbsent(root.texts[0], parameter)) return undefined;
  return grown(root, parameter.shape, "/" + token(name), { source, parameter, issues });
}

/** "[a][b]" as its keys; undefined where it is anything else. */
export function bracketed(text: string): string[] | undefined {
  const keys: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("]", start);
    if (text[start] !== "[" || end < 0) return undefined;
    keys.push(text.slice(start + 1, end));
    start = end + 1;
  }
  return keys;
}

/** The value of a branch. */
export function grown(branch: Branch, shape: Shape, at: string, given: Given): unknown {
  const { texts, children } = branch;
  const { issues } = given;
  if (!issues.open) return undefined;
  if (children.size === 0) {
    const isOne =
      texts.length === 1 && (itemsOf(shape) === undefined || isOneValue(texts[0] ?? "", shape, given));
    if (isOne && scalarsOf(shape).length > 0) return scalar(texts[0] ?? "", shape, at, given);
    return member(texts, shape, at, given);
  }
  const items = shape === "any" ? shape : itemsOf(shape);
  const ordered = items === undefined || texts.length > 0 ? undefined : inOrder(children);
  if (items !== undefined && ordered !== undefined) {
    return ordered.map((one, i) => grown(one, itemShape(shape, i) ?? items, `${at}/${i}`, given));
  }
  if ((shape !== "any" && !hasMembers(shape)) || texts.length > 0) {
    issues.add(at, "type", typesOf(shape));
    return undefined;
  }
  const value: Record<string, unknown> = {};
  for (const [name, child] of children)
    put(value, name, grown(child, memberShape(shape, name), at + "/" + token(name), given));
  return value;
}

/** The elements of "a[]=x&a[]=y" or "a[1]=y&a[0]=x"; undefined where the keys are not indexes without a gap. */
export function inOrder(children: ReadonlyMap<string, Branch>): Branch[] | undefined {
  const unnumbered = children.get("");
  if (unnumbered !== undefined) {
    if (children.size > 1 || unnumbered.children.size > 0) return undefined;
    return unnumbered.texts.map((text) => ({ texts: [text], children: new Map<string, Branch>() }));
  }
  const ordered: Branch[] = [];
  for (let i = 0; i < children.size; i++) {
    const child = children.get(String(i));
    if (child === undefined) return undefined;
    ordered.push(child);
  }
  return ordered;
}
