/** Compares annotations of schemas: deprecation, stability, extensible enums. */
import type { Json } from "../../json/json.ts";
import type { Lifecycle } from "./difference.ts";
import type { SchemaNode } from "./node.ts";

/** The value of an annotation keyword in any schema of the node. */
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
