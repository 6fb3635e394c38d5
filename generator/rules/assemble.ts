/**
 * A bundled view of a document for rules that run inside Redocly, which shows them one file after the other.
 * Names components as Redocly's bundler does, and knows for every object where the author wrote it.
 */
import type { Location, UserContext } from "@redocly/openapi-core";
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { escapeToken, pointerTokens } from "../json/pointer.ts";

export interface Assembled {
  readonly document: JsonObject;
  /** The author's place of a pointer into `document`; the nearest existing ancestor where the node was generated. */
  locate(pointer: string): Location;
}

/** The `$ref` objects that Redocly met where a Schema Object may stand. */
export type SchemaRefs = ReadonlySet<object>;

export function assemble(root: unknown, ctx: UserContext, schemaRefs: SchemaRefs): Assembled {
  return new Assembler(ctx, schemaRefs).run(root);
}

class Assembler {
  readonly #ctx: UserContext;
  readonly #schemaRefs: SchemaRefs;
  readonly #origins = new Map<object, Location>();
  /** Copies of schemas from other files, by name. */
  readonly #schemas: Record<string, Json> = {};
  /** Which place owns a component name, and the names given so far. */
  readonly #owners = new Map<string, string>();
  readonly #names = new Map<string, string>();
  /** Places being inlined, so that a cycle of path items or the like ends. */
  readonly #inlining = new Set<string>();

  constructor(ctx: UserContext, schemaRefs: SchemaRefs) {
    this.#ctx = ctx;
    this.#schemaRefs = schemaRefs;
  }

  run(root: unknown): Assembled {
    // What Redocly parsed is JSON or YAML; YAML's few other values are rejected or harmless to read.
    const source = asObject(root as Json);
    this.#reserveNames(asObject(asObject(source["components"])["schemas"]));
    const copy = asObject(this.#copy(source, this.#ctx.location));
    const components = asObject(copy["components"]);
    const schemas = { ...asObject(components["schemas"]), ...this.#schemas };
    const document = { ...copy, components: { ...components, schemas } };
    this.#origins.set(document, this.#ctx.location);
    return { document, locate: (pointer) => this.#locate(document, pointer) };
  }

  /** A root component that is a reference to another file owns the name together with its target. */
  #reserveNames(schemas: JsonObject): void {
    const at = this.#ctx.location.child(["components", "schemas"]);
    for (const [name, schema] of Object.entries(schemas)) {
      const target = this.#resolve(schema, this.#ctx.location)?.location ?? at.child([name]);
      this.#owners.set(name, target.absolutePointer);
    }
  }

  #copy(node: Json, location: Location): Json {
    if (typeof node !== "object" || node === null) return node;
    if (Array.isArray(node))
      return this.#remember(
        node.map((item: Json, index) => this.#copy(item, location.child([index]))),
        location,
      );
    if (isObject(node) && typeof node["$ref"] === "string") return this.#copyReference(node, location);
    return this.#remember(this.#copyMembers(asObject(node), location), location);
  }

  #copyMembers(node: JsonObject, location: Location): JsonObject {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, this.#copy(value, location.child([key]))]),
    );
  }

  #copyReference(node: JsonObject, location: Location): Json {
    const target = this.#resolve(node, location);
    if (target === undefined) return this.#remember({ ...node }, location);
    if (this.#schemaRefs.has(node)) {
      const $ref = this.#schemaReference(target.node, target.location);
      return this.#remember({ ...this.#copyMembers(node, location), $ref }, location);
    }
    if (target.location.source === this.#ctx.location.source) {
      return this.#remember({ ...node, $ref: `#${plainPointer(target.location)}` }, location);
    }
    const place = target.location.absolutePointer;
    if (this.#inlining.has(place)) return this.#remember({}, location);
    this.#inlining.add(place);
    const copy = this.#copy(target.node, target.location);
    this.#inlining.delete(place);
    return copy;
  }

  /** A local `$ref` to the schema, which moves to `components.schemas` if it stands in another file. */
  #schemaReference(node: Json, location: Location): string {
    if (location.source === this.#ctx.location.source) return `#${plainPointer(location)}`;
    const place = location.absolutePointer;
    let name = this.#names.get(place);
    if (name === undefined) {
      name = this.#freeName(location, place);
      this.#names.set(place, name);
      this.#owners.set(name, place);
      this.#schemas[name] = this.#copy(node, location);
    }
    return `#/components/schemas/${escapeToken(name)}`;
  }

  #freeName(location: Location, place: string): string {
    const file =
      location.source.absoluteRef
        .split(/[/\\]/)
        .at(-1)
        ?.replace(/\.[^.]+$/, "") ?? "";
    const base = pointerTokens(plainPointer(location)).at(-1) ?? file;
    let name = base;
    for (let serial = 2; (this.#owners.get(name) ?? place) !== place; serial++) name = `${base}-${serial}`;
    return name;
  }

  #resolve(node: Json, location: Location): { readonly node: Json; readonly location: Location } | undefined {
    if (!isObject(node) || typeof node["$ref"] !== "string") return undefined;
    const resolved = this.#ctx.resolve<NonNullable<Json>>(
      { $ref: node["$ref"] },
      location.source.absoluteRef,
    );
    // Redocly gives a place, whatever its types say, where a file exists and the pointer into it leads nowhere.
    const found: Json | undefined = resolved.node;
    return resolved.location === undefined || found === undefined
      ? undefined
      : { node: found, location: resolved.location };
  }

  #remember<Copy extends object>(copy: Copy, location: Location): Copy {
    this.#origins.set(copy, location);
    return copy;
  }

  #locate(document: JsonObject, pointer: string): Location {
    let node: Json | undefined = document;
    let location = this.#ctx.location;
    for (const token of pointerTokens(pointer)) {
      if (typeof node !== "object" || node === null || !Object.hasOwn(node, token)) break;
      // Own members only, proved by hasOwn; arrays are indexed the same way.
      node = (node as JsonObject)[token];
      location =
        (typeof node === "object" && node !== null ? this.#origins.get(node) : undefined) ??
        location.child([token]);
    }
    return location;
  }
}

/** Redocly's pointers begin with `#/`. */
function plainPointer(location: Location): string {
  const pointer = location.pointer.replace(/^#/, "");
  return pointer === "/" ? "" : pointer;
}
