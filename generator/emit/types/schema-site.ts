/** One schema on its way to a type: what is known about the value that it applies to. */
import { asArray } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import type { Scope } from "../../schema/analyse/scope.ts";
import type { SchemaNode, SchemaStore } from "../../schema/analyse/store.ts";
import { isSchema } from "../../schema/analyse/subschemas.ts";
import { anyType, type TypeSet } from "../../schema/analyse/types.ts";

export interface SchemaSite {
  readonly compiler: { readonly store: SchemaStore };
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** JSON types that the value can still have here. */
  readonly known: TypeSet;
  /** Members that another part of an `allOf` around this schema keeps out of messages in this direction. */
  readonly hidden?: ReadonlySet<string> | undefined;
  /** How many schemas deep inside the declaration that is being read. */
  readonly nesting: number;
  /** The outermost schema that applies to the value. */
  readonly top: SchemaNode;
  /** The declaration that is being read: a type cannot be its own alternative or part. */
  readonly owner: SchemaNode;
  /** Schemas that references led to and that are written out here instead. */
  readonly within: ReadonlySet<SchemaNode>;
  /** How the schema applies to the value: as all of a list do, or as one alternative. */
  readonly edge: "all" | "union";
  /** True below an `anyOf` or `oneOf` of the same value. */
  readonly isAlternative: boolean;
  /** False below a member or an item: from there on, references to the owner are not loops. */
  readonly inPlace: boolean;
}

const nowhere: SchemaSite["within"] = new Set();

/** The subschema applied to a member or an item. */
export function below(
  site: SchemaSite,
  schema: JsonSchema,
  ...tokens: readonly (string | number)[]
): SchemaSite {
  const node = site.compiler.store.child(site.node, schema, ...tokens);
  // Written out, because copying sites is a good part of the time that large documents take.
  return {
    compiler: site.compiler,
    node,
    scope: site.scope,
    known: anyType,
    hidden: undefined,
    nesting: site.nesting + 1,
    top: node,
    owner: site.owner,
    within: nowhere,
    edge: "all",
    isAlternative: false,
    inPlace: false,
  };
}

/** The subschemas of a list of schemas, applied to the same value. */
export function beside(site: SchemaSite, keyword: "allOf" | "anyOf" | "oneOf"): SchemaSite[] {
  const { schema } = site.node;
  if (typeof schema === "boolean" || schema[keyword] === undefined) return [];
  const edge = keyword === "allOf" ? "all" : "union";
  const inner = {
    ...site,
    edge,
    nesting: site.nesting + 1,
    isAlternative: site.isAlternative || edge === "union",
  } as const;
  return asArray(schema[keyword]).flatMap((part, i) =>
    isSchema(part) ? [{ ...inner, node: site.compiler.store.child(site.node, part, keyword, i) }] : [],
  );
}
