/**
 * OpenAPI's `discriminator` (3.1.1 §4.8.25): a member names the alternative that applies. The alternative that it names
 * decides alone, as in the types: `oneOf` of open schemas would reject objects that fit two of them by accident.
 */
import { asObject, isObject } from "../../json/json.ts";
import { joinPointer } from "../../json/pointer.ts";
import { mappingOf, valuesOf } from "../../openapi/discriminator.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { SchemaSite, Site } from "../compile/site.ts";
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
  const { compiler, node } = site;
  const discriminator = site.schema["discriminator"];
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return undefined;
  const targets = branches.map((branch) => referent(branch));
  if (targets.some((target) => target === undefined)) return undefined;
  const mapped = mappingOf(discriminator, (reference) => compiler.store.resolve(node, reference));
  for (const [name, target] of mapped) {
    if (target === undefined || !targets.includes(target)) noteUnmapped(site, name);
  }
  const variants = branches.map((branch, i): Variant => {
    const target = targets[i];
    return { branch, tags: valuesOf(target, target?.pointer ?? "", mapped) };
  });
  const member = discriminator["propertyName"];
  noteUnreachable(site, member, variants);
  return { member, variants };
}

function noteUnmapped({ compiler, node }: Site, name: string): void {
  compiler.note({
    code: "lockstep/discriminator-mapping",
    pointer: joinPointer(node.pointer, "discriminator", "mapping", name),
    message: `The mapping of ${stringLiteral(name)} leads to none of the alternatives, so that value is rejected.`,
  });
}

/** Warns of values that are sent to an alternative which accepts others only. */
function noteUnreachable({ compiler, node }: Site, member: string, variants: readonly Variant[]): void {
  for (const { branch, tags } of variants) {
    const accepted = compiler.facts.of(branch.node).tags.get(member);
    if (accepted === undefined) continue;
    const values = [...accepted].map(stringLiteral).join(" or ");
    for (const tag of tags.filter((one) => !accepted.has(one))) {
      compiler.note({
        code: "lockstep/discriminator-value",
        pointer: joinPointer(node.pointer, "discriminator"),
        message: `The discriminator sends ${stringLiteral(tag)} to a schema whose \`${member}\` can only be ${values}: nothing fits there.`,
      });
    }
  }
}

/** The schema that an alternative names, where it is nothing but a reference. */
export function referent({ node, compiler }: SchemaSite): SchemaNode | undefined {
  const { $ref } = asObject(typeof node.schema === "boolean" ? undefined : node.schema);
  return typeof $ref === "string" ? compiler.store.resolve(node, $ref) : undefined;
}
