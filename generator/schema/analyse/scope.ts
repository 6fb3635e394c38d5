/** What a schema's meaning depends on besides itself: the direction of travel and the dynamic scope. */
import type { Resource, SchemaNode, SchemaStore } from "./store.ts";

/**
 * `request`: members that are `readOnly` may not be sent and are not required (OpenAPI 3.0.4 §4.7.24.2); `response`: the
 * same for `writeOnly`; `both`: neither, as in the types.
 */
export type Direction = "request" | "response" | "both";

export interface Scope {
  readonly direction: Direction;
  /** For each `$dynamicAnchor` name the outermost schema of the dynamic scope (core §8.2.3.2). */
  readonly dynamic: ReadonlyMap<string, SchemaNode>;
}

export const noAnchors: ReadonlyMap<string, SchemaNode> = new Map();

/** The scope inside a resource: its dynamic anchors count unless an outer resource has the same ones. */
export function enterResource(scope: Scope, resource: Resource, store: SchemaStore): Scope {
  const anchors = store.dynamicAnchors(resource);
  if (anchors.size === 0) return scope;
  const fresh = [...anchors].filter(([name]) => !scope.dynamic.has(name));
  return fresh.length === 0 ? scope : { ...scope, dynamic: new Map([...scope.dynamic, ...fresh]) };
}

/** What of a scope matters to a schema: everything else would only make copies of the same function. */
export interface Reach {
  readonly cyclic: boolean;
  readonly readOnly: boolean;
  readonly writeOnly: boolean;
  readonly dynamic: boolean;
  /** Asked for the same value again and again, unless its results are remembered. */
  readonly repeats: boolean;
  /** So often one value below can be looked at for each look at this one, remembered results left out. */
  readonly fanOut: number;
}

export function narrow(scope: Scope, reach: Reach): Scope {
  const matters =
    (scope.direction === "request" && reach.readOnly) || (scope.direction === "response" && reach.writeOnly);
  return {
    direction: matters ? scope.direction : "both",
    dynamic: reach.dynamic ? scope.dynamic : noAnchors,
  };
}

/** Equal scopes have equal keys. */
export function scopeKey(scope: Scope): string {
  const anchors = [...scope.dynamic].map(([name, node]) => `${name}=${node.resource.uri}#${node.pointer}`);
  return [scope.direction, ...anchors.sort()].join(" ");
}
