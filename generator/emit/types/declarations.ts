/** The types that have names: one for each named schema and view, and one for whatever else references lead to. */
import { uniqueNames } from "../../json/identifier.ts";
import type { ApiModel, JsonSchema, NamedSchema, Pointer } from "../../model/api-model.ts";
import { FactIndex } from "../../schema/analyse/facts.ts";
import { ReachIndex } from "../../schema/analyse/reach.ts";
import {
  enterResource,
  narrow,
  noAnchors,
  scopeKey,
  type Direction,
  type Scope,
} from "../../schema/analyse/scope.ts";
import { SchemaStore, type SchemaNode } from "../../schema/analyse/store.ts";
import { inputNames } from "../../schema/analyse/views.ts";
import { nameOfPlace } from "../../schema/code/function-names.ts";
import { anyType } from "../../schema/analyse/types.ts";
import { LoopCutter } from "./loop-cutter.ts";
import { SchemaReader } from "./read-schema.ts";
import type { TypeSettings } from "../type-settings.ts";
import type { Type } from "./type.ts";

/** Directions in which messages travel. */
export type View = Exclude<Direction, "both">;

export interface Declaration {
  readonly name: string;
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** The named schema that this is a view of. */
  readonly named?: NamedSchema | undefined;
}

export class Declarations {
  readonly #store: SchemaStore;
  readonly #reach: ReachIndex;
  readonly #reader: SchemaReader;
  readonly #named: ReadonlyMap<Pointer, NamedSchema>;
  readonly #inputs: ReadonlyMap<NamedSchema, string>;
  readonly #unique: (name: string) => string;
  /** By place and scope. */
  readonly #names = new Map<Pointer, Map<string, string>>();
  readonly #all: Declaration[] = [];

  constructor(model: Pick<ApiModel, "document" | "schemas">, settings: TypeSettings) {
    this.#store = new SchemaStore(model.document, model.schemas, new Map());
    this.#reach = new ReachIndex(this.#store);
    const loops = new LoopCutter(this.#store);
    this.#reader = new SchemaReader(new FactIndex(this.#store), settings, loops, (node, { scope }) =>
      this.#nameOf(node, node.pointer, scope),
    );
    this.#named = new Map(model.schemas.map((named) => [named.pointer, named]));
    this.#inputs = inputNames(model.schemas, this.#store, this.#reach);
    const taken = [...model.schemas.map(({ identifier }) => identifier), ...this.#inputs.values()];
    this.#unique = uniqueNames(taken);
    for (const named of model.schemas) {
      this.nameOfNamed(named, "response");
      this.nameOfNamed(named, "request");
    }
  }

  /** The type of a schema that stands at `pointer`. */
  typeOf(schema: JsonSchema, pointer: Pointer, view: View): Type {
    const node = this.#store.root(schema, pointer);
    return this.#read(node, { direction: view, dynamic: noAnchors });
  }

  /** The name of a named schema's type; that of requests is another where the views differ. */
  nameOfNamed({ schema, pointer }: NamedSchema, view: View): string {
    return this.#nameOf(this.#store.root(schema, pointer), pointer, { direction: view, dynamic: noAnchors });
  }

  /** Each declaration with its type, and those that they ask for in turn. Call when all that names them has been read. */
  *each(): Generator<Declaration & { readonly type: Type }> {
    // Reading adds to the list.
    for (const declaration of this.#all)
      yield { ...declaration, type: this.#read(declaration.node, declaration.scope) };
  }

  #read(node: SchemaNode, scope: Scope): Type {
    return this.#reader.read({
      compiler: { store: this.#store },
      node,
      scope,
      known: anyType,
      nesting: 0,
      top: node,
      owner: node,
      within: new Set(),
      edge: "all",
      isAlternative: false,
      inPlace: true,
    });
  }

  #nameOf(node: SchemaNode, pointer: Pointer, wanted: Scope): string {
    const reach = this.#reach.of(node);
    const scope = narrow(enterResource(wanted, node.resource, this.#store), reach);
    const known = this.#names.get(pointer) ?? new Map<string, string>();
    this.#names.set(pointer, known);
    const key = scopeKey(scope);
    const found = known.get(key);
    if (found !== undefined) return found;
    const named = this.#named.get(pointer);
    // Where requests have a view of their own, the plain name is what responses have.
    const isInput = scope.direction === "request" || (scope.direction === "both" && reach.writeOnly);
    const own = named !== undefined && isInput ? this.#inputs.get(named) : named?.identifier;
    const place = nameOfPlace(pointer).replace(/_\d+$/, "");
    const name =
      own !== undefined && scope.dynamic.size === 0
        ? own
        : this.#unique(own ?? `${place}${isInput ? "Input" : ""}`);
    known.set(key, name);
    this.#all.push({ name, node, scope, named });
    return name;
  }
}
