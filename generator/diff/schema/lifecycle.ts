/** What schemas say that is no question of values. */
import type { Json } from "../../json/json.ts";
import type { Lifecycle } from "./difference.ts";
import type { SchemaNode } from "./node.ts";

/** What some schema of the node says with a keyword that is no assertion. */
export function valueOf(node: SchemaNode, keyword: string): Json | undefined {
  for (const schema of node.places.keys()) {
    if (schema[keyword] !== undefined) return schema[keyword];
  }
  return undefined;
}

/** What a node says about its own future. */
export function lifecycleOf(node: SchemaNode): Lifecycle {
  const sunset = valueOf(node, "x-sunset");
  const stability = valueOf(node, "x-stability") ?? valueOf(node, "x-stability-level");
  return {
    deprecated: valueOf(node, "deprecated") === true,
    ...(typeof sunset === "string" ? { sunset } : {}),
    ...(typeof stability === "string" ? { stability } : {}),
  };
}
