/** Which alternative of one schema is which of another. */
import type { SchemaNode } from "./node.ts";
import { typesOf } from "./side.ts";

/** True if two alternatives allow values of one type. */
export function overlap(branches: readonly SchemaNode[]): boolean {
  const types = branches.flatMap(({ all }) => [
    ...new Set([...typesOf(all)].map((type) => (type === "integer" ? "number" : type))),
  ]);
  return new Set(types).size < types.length;
}

/** By component, then by place. */
export function pairBranches(
  left: readonly SchemaNode[],
  right: readonly SchemaNode[],
): readonly (readonly [SchemaNode, SchemaNode])[] {
  const byName = left.flatMap((one) => {
    const other = one.name === undefined ? undefined : right.find(({ name }) => name === one.name);
    return other === undefined ? [] : [[one, other] as const];
  });
  const taken = new Set(byName.flat());
  const [rest, others] = [left, right].map((nodes) => nodes.filter((node) => !taken.has(node)));
  if (rest === undefined || others === undefined || rest.length !== others.length) return byName;
  const byPlace = rest.flatMap((one, index) => {
    const other = others[index];
    return other === undefined ? [] : [[one, other] as const];
  });
  return [...byName, ...byPlace];
}
