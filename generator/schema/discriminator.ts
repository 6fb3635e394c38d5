/**
 * OpenAPI's `discriminator` (3.1.1 §4.8.25): a member names the alternative that applies. The alternative that it names
 * decides alone, as in the types: `oneOf` of open schemas would reject objects that fit two of them by accident.
 */
import { asObject, isObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import type { SchemaSite, Site } from "./site.ts";
import type { SchemaNode } from "./store.ts";

export interface Variant {
  readonly branch: SchemaSite;
  readonly tags: readonly string[];
}

/**
 * The alternatives by the values of the discriminating member, or `undefined` where there is no usable discriminator:
 * inline alternatives have no name that it could say.
 */
export function discriminated(
  site: Site,
  branches: readonly SchemaSite[],
): { readonly member: string; readonly variants: readonly Variant[] } | undefined {
  const discriminator = site.schema["discriminator"];
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return undefined;
  const targets = branches.map((branch) => referent(branch));
  if (targets.some((target) => target === undefined)) return undefined;
  const mapped = mapping(site, discriminator["mapping"] ?? {});
  for (const [name, target] of mapped) {
    if (target === undefined || !targets.includes(target)) site.compiler.unmapped(site.node, name);
  }
  const variants = branches.map((branch, i): Variant => {
    const target = targets[i];
    const named = mapped.filter(([, one]) => one === target).map(([name]) => name);
    const implied = pointerTokens(target?.pointer ?? "").at(-1);
    return { branch, tags: named.length > 0 || implied === undefined ? named : [implied] };
  });
  return { member: discriminator["propertyName"], variants };
}

/** The schema that an alternative names, where it is nothing but a reference. */
export function referent({ node, compiler }: SchemaSite): SchemaNode | undefined {
  const { $ref } = asObject(typeof node.schema === "boolean" ? undefined : node.schema);
  return typeof $ref === "string" ? compiler.store.resolve(node, $ref) : undefined;
}

/** Mapping values are schema names or URI references (§4.8.25.2). */
function mapping(site: Site, value: unknown): [string, SchemaNode | undefined][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([name, target]) => {
    if (typeof target !== "string") return [name, undefined];
    const { store } = site.compiler;
    const byName = /^[\w.-]+$/.test(target)
      ? store.resolve(site.node, `#/components/schemas/${target}`)
      : undefined;
    return [name, byName ?? store.resolve(site.node, target)];
  });
}
