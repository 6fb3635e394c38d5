/** Where openapi-typescript 7.13 reads a schema otherwise than JSON Schema means it, and why the types differ there. */
import { asArray, asObject, isObject, type JsonObject } from "../../json/json.ts";
import type { JsonSchema, NamedSchema, Operation, Pointer } from "../../model/api-model.ts";
import { variantsOf, type Index } from "../../schema/analyse/discriminator.ts";
import { FactIndex } from "../../schema/analyse/facts.ts";
import type { SchemaNode, SchemaStore } from "../../schema/analyse/store.ts";
import { isSchema, subschemas } from "../../schema/analyse/subschemas.ts";

interface Difference {
  readonly reason: string;
  readonly applies: (schema: JsonObject, node: SchemaNode, index: Index) => boolean;
}

const known: readonly Difference[] = [
  {
    reason: "A required member that `properties` does not list is dropped by openapi-typescript.",
    applies: ({ properties, required }) =>
      asArray(required).some(
        (name) => typeof name !== "string" || !Object.hasOwn(asObject(properties), name),
      ),
  },
  {
    reason: "openapi-typescript closes tuples and requires all of their items.",
    applies: ({ prefixItems }) => prefixItems !== undefined,
  },
  {
    reason:
      "openapi-typescript says listed and other members as an intersection, to which no object can be assigned.",
    applies: ({ properties, patternProperties, additionalProperties }) =>
      patternProperties !== undefined ||
      (properties !== undefined &&
        isObject(additionalProperties) &&
        Object.keys(additionalProperties).length > 0),
  },
  {
    reason: "openapi-typescript says `$defs` as a member.",
    applies: ({ $defs }) => $defs !== undefined,
  },
  {
    reason: "openapi-typescript drops what stands beside a reference.",
    applies: ({ $ref, properties, required, allOf }) =>
      $ref !== undefined && [properties, required, allOf].some((one) => one !== undefined),
  },
  {
    reason: "openapi-typescript writes the names of a discriminator into the alternatives themselves.",
    applies: ({ discriminator }, node, index) => discriminator !== undefined && !isPinned(node, index),
  },
  {
    reason: "openapi-typescript takes the values of an enumeration of objects for schemas.",
    applies: ({ type, enum: values }) => type === "object" && values !== undefined,
  },
];

/** True if the alternatives of a discriminated union have no other values of the member anyway. */
function isPinned(node: SchemaNode, index: Index): boolean {
  const { anyOf, oneOf } = asObject(typeof node.schema === "boolean" ? undefined : node.schema);
  const keyword = oneOf === undefined ? "anyOf" : "oneOf";
  const branches = asArray(oneOf ?? anyOf).flatMap((part, i) =>
    isSchema(part) ? [{ node: index.store.child(node, part, keyword, i) }] : [],
  );
  const found = branches.length === 0 ? undefined : variantsOf(index, node, branches);
  return (
    found?.variants.every(({ branch, tags }) => {
      const accepted = index.facts.of(branch.node).tags.get(found.member);
      return accepted !== undefined && [...accepted].every((value) => tags.includes(value));
    }) === true
  );
}

/** Reasons by place, each found once; those of what is referred to count as well. */
export class DifferenceIndex {
  readonly #index: Index;
  readonly #known = new Map<SchemaNode, string | undefined>();

  constructor(store: SchemaStore) {
    this.#index = { store, facts: new FactIndex(store) };
  }

  ofSchema({ schema, pointer }: NamedSchema): string | undefined {
    return this.#of(schema, pointer);
  }

  ofOperation({ parameters, requestBody, responses }: Operation): string | undefined {
    const media = [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)];
    const headers = responses.flatMap((response) => response.headers);
    const places = [...media, ...parameters, ...headers];
    for (const { schema, schemaPointer } of places) {
      if (schema === undefined || schemaPointer === undefined) continue;
      const reason = this.#of(schema, schemaPointer);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  #of(schema: JsonSchema, pointer: Pointer): string | undefined {
    const start = this.#index.store.root(schema, pointer);
    const seen = new Set<SchemaNode>();
    const queue = [start];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      if (typeof node.schema === "boolean" || seen.has(node)) continue;
      seen.add(node);
      const reason = this.#own(node, node.schema);
      if (reason !== undefined) return reason;
      const { $ref } = node.schema;
      const target = typeof $ref === "string" ? this.#index.store.resolve(node, $ref) : undefined;
      if (target !== undefined) queue.push(target);
      for (const inner of subschemas(node.schema))
        queue.push(this.#index.store.child(node, inner.schema, ...inner.tokens));
    }
    return undefined;
  }

  #own(node: SchemaNode, schema: JsonObject): string | undefined {
    if (!this.#known.has(node))
      this.#known.set(node, known.find(({ applies }) => applies(schema, node, this.#index))?.reason);
    return this.#known.get(node);
  }
}
