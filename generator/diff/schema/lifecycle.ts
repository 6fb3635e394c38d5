/** Compares annotations of schemas: deprecation, stability, extensible enums. */
import { asArray, isArray, type Json } from "../../json/json.ts";
import type { Direction, FieldDifference, Lifecycle } from "./difference.ts";
import { pointerOf, type SchemaNode } from "./node.ts";
import { canonicalText } from "./side.ts";

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

/** Changes of annotations that callers notice. */
export function annotationChanges(
  direction: Direction,
  base: SchemaNode,
  revision: SchemaNode,
): readonly FieldDifference[] {
  const at = { path: "", steps: [], base: pointerOf(base), revision: pointerOf(revision) };
  const found: FieldDifference[] = [];
  if (direction === "request") {
    const [before, after] = [valueOf(base, "default"), valueOf(revision, "default")];
    if (text(before) !== text(after)) found.push({ ...at, kind: "default-changed" });
    if (forgetsValues(base, revision)) found.push({ ...at, kind: "narrowed" });
  }
  if (valueOf(base, "deprecated") !== true && valueOf(revision, "deprecated") === true)
    found.push({ ...at, kind: "deprecated" });
  return found;
}

/** True if a list of known values (`x-extensible-enum: [a, b]`) has lost one. */
function forgetsValues(base: SchemaNode, revision: SchemaNode): boolean {
  const [before, after] = [valueOf(base, "x-extensible-enum"), valueOf(revision, "x-extensible-enum")];
  if (!isArray(before) || !isArray(after)) return false;
  const known = new Set(asArray(after).map(canonicalText));
  return asArray(before).some((value) => !known.has(canonicalText(value)));
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalText(value);
}
