/** `$ref` and `$dynamicRef` (core §8.2.3). Their siblings apply as well. */
import { asksForHidden, hiddenNames } from "../../analyse/direction.ts";
import { isolate } from "./in-place.ts";
import type { Site } from "../site.ts";
import type { Step } from "../../code/steps.ts";
import type { SchemaNode } from "../../analyse/store.ts";

export function applyReferences(site: Site): Step[] {
  return referenced(site).flatMap((target) => delegate(site, target));
}

/** The schemas that the site's schema refers to; reports references that lead nowhere. */
export function referenced(site: Site): SchemaNode[] {
  const { $ref, $dynamicRef } = site.schema;
  const found: SchemaNode[] = [];
  if (typeof $ref === "string") {
    const target = site.compiler.store.resolve(site.node, $ref);
    if (isOne(site, "$ref", $ref, target)) found.push(target);
  }
  if (typeof $dynamicRef === "string") {
    const target = dynamicTarget(site, $dynamicRef);
    if (isOne(site, "$dynamicRef", $dynamicRef, target)) found.push(target);
  }
  return found;
}

/** Reports it unless the reference leads to one schema. */
function isOne(
  { compiler, node }: Site,
  keyword: string,
  reference: string,
  target: SchemaNode | undefined,
): target is SchemaNode {
  if (target === undefined) compiler.dangling(node, keyword, reference, "no schema");
  else if (compiler.store.isAmbiguous(reference, target))
    compiler.dangling(node, keyword, reference, "several schemas of one resource");
  else return true;
  return false;
}

/**
 * Where the reference first leads to a `$dynamicAnchor`, the outermost schema of the dynamic scope with that anchor is
 * meant; else it is a plain reference (core §8.2.3.2). The scope is known at compile time: each function is compiled
 * for one.
 */
function dynamicTarget(site: Site, reference: string): SchemaNode | undefined {
  const first = site.compiler.store.resolve(site.node, reference);
  if (first === undefined || typeof first.schema === "boolean") return first;
  const anchor = reference.slice(reference.indexOf("#") + 1);
  return first.schema["$dynamicAnchor"] === anchor ? (site.scope.dynamic.get(anchor) ?? first) : first;
}

/** A shared function, or the schema itself where it is so small that a call would be longer, or means something else here. */
function delegate(site: Site, target: SchemaNode): Step[] {
  if (asksForHidden(site, target)) {
    const hidden = hiddenNames(site);
    return isolate(site, (inner) => site.compiler.build({ ...inner, node: target, hidden }));
  }
  if (site.compiler.isInlined(target))
    return isolate(site, (inner) => site.compiler.build({ ...inner, node: target }));
  const unit = site.compiler.shared(target, site.scope);
  return [{ kind: "delegate", unit, value: site.value, at: site.at }];
}
