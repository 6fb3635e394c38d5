/**
 * Subtypes of a schema that has a `discriminator` and lists no alternatives: the schemas whose `allOf` refers to it
 * (OpenAPI 3.1.1 §4.8.25.4). A message that declares the parent carries any of them.
 */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, refPointer, resolvePointer } from "../../json/pointer.ts";
import { mappingOf, valuesOf } from "../../openapi/discriminator.ts";

/** The pointer of each subtype by the value of the discriminating property. */
export interface Subtypes {
  readonly property: string;
  readonly byValue: ReadonlyMap<string, string>;
}

const none: Subtypes = { property: "", byValue: new Map() };

interface Index {
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly found: Map<string, Subtypes>;
}

const indexes = new WeakMap<JsonObject, Index>();

/** The subtypes of the component at `pointer`, empty where no discriminator applies to it. */
export function subtypesOf(document: JsonObject, pointer: string): Subtypes {
  const index = indexOf(document);
  const known = index.found.get(pointer);
  if (known !== undefined) return known;
  const result = find(document, index, pointer);
  index.found.set(pointer, result);
  return result;
}

function indexOf(document: JsonObject): Index {
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const children = new Map<string, string[]>();
  for (const [name, schema] of Object.entries(asObject(asObject(document["components"])["schemas"]))) {
    for (const parent of parentsOf(schema)) {
      const siblings = children.get(parent) ?? [];
      siblings.push(joinPointer("", "components", "schemas", name));
      children.set(parent, siblings);
    }
  }
  const result = { children, found: new Map<string, Subtypes>() };
  indexes.set(document, result);
  return result;
}

function parentsOf(schema: Json | undefined): readonly string[] {
  return asArray(asObject(schema)["allOf"]).flatMap((part) => {
    const { $ref: ref } = asObject(part);
    return (typeof ref === "string" ? refPointer(ref) : undefined) ?? [];
  });
}

function find(document: JsonObject, { children }: Index, pointer: string): Subtypes {
  const ancestors = new Set([pointer]);
  for (const ancestor of ancestors) {
    const schema = asObject(resolvePointer(document, ancestor));
    const { discriminator } = schema;
    const property = asObject(discriminator)["propertyName"];
    if (!isObject(discriminator) || typeof property !== "string") {
      for (const parent of parentsOf(schema)) ancestors.add(parent);
      continue;
    }
    if (schema["oneOf"] !== undefined || schema["anyOf"] !== undefined) return none;
    return {
      property,
      byValue: valuesBelow(document, children, pointer, discriminator, ancestor === pointer),
    };
  }
  return none;
}

function valuesBelow(
  document: JsonObject,
  children: Index["children"],
  pointer: string,
  discriminator: JsonObject,
  isOwn: boolean,
): ReadonlyMap<string, string> {
  const mapping = mappingOf(discriminator, (reference) => {
    const target = refPointer(reference);
    return target !== undefined && resolvePointer(document, target) !== undefined ? target : undefined;
  });
  const below = new Set(children.get(pointer) ?? []);
  for (const one of below) for (const child of children.get(one) ?? []) below.add(child);
  if (isOwn) for (const [, target] of mapping) if (target !== undefined) below.add(target);
  below.delete(pointer);
  return new Map([...below].flatMap((one) => valuesOf(one, one, mapping).map((value) => [value, one])));
}

/** True if both name the same subtypes by the same values. */
export function equalSubtypes(base: Subtypes, revision: Subtypes): boolean {
  return (
    base.property === revision.property &&
    base.byValue.size === revision.byValue.size &&
    [...base.byValue].every(([value, pointer]) => revision.byValue.get(value) === pointer)
  );
}
