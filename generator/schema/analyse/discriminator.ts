/**
 * OpenAPI's `discriminator` (3.1.1 §4.8.25): a member names the alternative that applies. The alternative that it names
 * decides alone, as in the types: `oneOf` of open schemas would reject objects that fit two of them by accident.
 */
import { asObject, isObject, type JsonObject } from "../../json/json.ts";
import { mappingOf, valuesOf, type Mapping } from "../../openapi/discriminator.ts";
import { anyNumber, types } from "./types.ts";
import type { FactIndex, Tag } from "./facts.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";

export interface Variant<Branch> {
  readonly branch: Branch;
  /** The values of the member that name it; none for one that is only a default. */
  readonly tags: readonly Tag[];
  /** It applies where the member is absent or names no alternative (3.2 §4.25.1). */
  readonly isDefault: boolean;
}

export interface Discriminated<Branch> {
  readonly member: string;
  readonly variants: readonly Variant<Branch>[];
  /** Entries of the mapping that lead to none of the alternatives. */
  readonly unmapped: readonly string[];
}

export interface Index {
  readonly store: SchemaStore;
  readonly facts: FactIndex;
}

/**
 * The alternatives by the values of the discriminating member, or `undefined` where there is no usable discriminator:
 * inline alternatives have no name that it could say.
 *
 * @param node the schema with the discriminator
 */
export function variantsOf<Branch extends { readonly node: SchemaNode }>(
  { store, facts }: Index,
  node: SchemaNode,
  branches: readonly Branch[],
): Discriminated<Branch> | undefined {
  const { discriminator } = asObject(typeof node.schema === "boolean" ? undefined : node.schema);
  if (!isObject(discriminator) || typeof discriminator["propertyName"] !== "string") return undefined;
  const member = discriminator["propertyName"];
  const targets = branches.map((branch) => referent(store, branch.node));
  if (targets.some((target) => target === undefined)) return undefined;
  const find = (reference: string): SchemaNode | undefined => store.resolve(node, reference);
  const mapping = mappingOf(discriminator, find);
  const fallback = defaultOf(discriminator, find);
  const variants = branches.map((branch, i): Variant<Branch> => {
    const target = targets[i];
    const isDefault = fallback !== undefined && target === fallback;
    const accepted = facts.of(branch.node).tags.get(member);
    const type = memberTypes({ store, facts }, target, member);
    return { branch, tags: tagsOf(target, mapping, accepted, type, isDefault), isDefault };
  });
  const unmapped = mapping.filter(([, target]) => target === undefined || !targets.includes(target));
  return { member, variants, unmapped: unmapped.map(([name]) => name) };
}

/** `defaultMapping`: a name or a reference, as in the mapping. */
function defaultOf(
  discriminator: JsonObject,
  find: (reference: string) => SchemaNode | undefined,
): SchemaNode | undefined {
  const name = discriminator["defaultMapping"];
  return mappingOf({ mapping: { default: name ?? null } }, find)[0]?.[1];
}

/**
 * The mapping names an alternative by texts; what they stand for follows from the constants of the member there. Where
 * it does not name it, those constants do, and else the name of its schema.
 */
function tagsOf(
  target: SchemaNode | undefined,
  mapping: Mapping<SchemaNode>,
  accepted: ReadonlySet<Tag> | undefined,
  memberType: number,
  isDefault: boolean,
): Tag[] {
  const isMapped = mapping.some(([, one]) => one === target);
  if (!isMapped && accepted !== undefined) return [...accepted];
  if (!isMapped && isDefault) return [];
  const names = valuesOf(target, target?.pointer ?? "", mapping);
  return names.map((name) => {
    const constant = [...(accepted ?? [])].find((value) => String(value) === name);
    if (constant !== undefined) return constant;
    const isNumber = (memberType & types.string) === 0 && (memberType & anyNumber) !== 0;
    return isNumber && String(Number(name)) === name ? Number(name) : name;
  });
}

function memberTypes({ store, facts }: Index, target: SchemaNode | undefined, member: string): number {
  const schema = asObject(typeof target?.schema === "boolean" ? undefined : target?.schema);
  const properties = asObject(schema["properties"]);
  const declared = Object.hasOwn(properties, member) ? properties[member] : undefined;
  if (target === undefined || !isObject(declared)) return types.string;
  return facts.of(store.child(target, declared, "properties", member)).types;
}

/** The schema that an alternative names, where it is nothing but a reference. */
export function referent(store: SchemaStore, node: SchemaNode): SchemaNode | undefined {
  const { $ref } = asObject(typeof node.schema === "boolean" ? undefined : node.schema);
  return typeof $ref === "string" ? store.resolve(node, $ref) : undefined;
}
