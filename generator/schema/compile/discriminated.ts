/** Alternatives that a discriminator tells apart, with warnings about what it cannot mean. */
import { joinPointer } from "../../json/pointer.ts";
import { jsonLiteral, stringLiteral } from "../../print/literal.ts";
import { variantsOf, type Discriminated, type Variant } from "../analyse/discriminator.ts";
import type { SchemaSite, Site } from "./site.ts";

/** The alternatives by the values of the discriminating member, or `undefined` without a usable discriminator. */
export function discriminated(
  site: Site,
  branches: readonly SchemaSite[],
): Discriminated<SchemaSite> | undefined {
  const found = variantsOf(site.compiler, site.node, branches);
  if (found === undefined) return undefined;
  for (const name of found.unmapped) noteUnmapped(site, name);
  noteUnreachable(site, found.member, found.variants);
  return found;
}

function noteUnmapped({ compiler, node }: Site, name: string): void {
  compiler.note({
    code: "lockstep/discriminator-mapping",
    pointer: joinPointer(node.pointer, "discriminator", "mapping", name),
    message: `The mapping of ${stringLiteral(name)} leads to none of the alternatives, so that value is rejected.`,
  });
}

/** Warns of values that are sent to an alternative which accepts others only. */
function noteUnreachable(
  { compiler, node }: Site,
  member: string,
  variants: readonly Variant<SchemaSite>[],
): void {
  for (const { branch, tags } of variants) {
    const accepted = compiler.facts.of(branch.node).tags.get(member);
    if (accepted === undefined) continue;
    const values = [...accepted].map(jsonLiteral).join(" or ");
    for (const tag of tags.filter((one) => !accepted.has(one))) {
      compiler.note({
        code: "lockstep/discriminator-value",
        pointer: joinPointer(node.pointer, "discriminator"),
        message: `The discriminator sends ${jsonLiteral(tag)} to a schema whose \`${member}\` can only be ${values}: nothing fits there.`,
      });
    }
  }
}
