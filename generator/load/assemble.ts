/**
 * Bundles a document of several files into one tree whose every `$ref` is local. Follows no `$ref` by recursion, so that
 * schemas may form chains of any length, and remembers for every object where the author wrote it.
 */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { escapeToken, pointerTokens } from "../json/pointer.ts";

/** A place in some file. Redocly's `Location` is one. */
export interface Place<Self> {
  readonly source: { readonly absoluteRef: string };
  /** A JSON Pointer behind `#`. */
  readonly pointer: string;
  readonly absolutePointer: string;
  child(tokens: string[]): Self;
}

/** What the bundler has to know of the files. */
export interface AssemblySource<P extends Place<P>> {
  /** What a reference written in the file of `from` leads to; `undefined` where it leads nowhere. */
  resolve(ref: string, from: P): { readonly node: Json; readonly place: P } | undefined;
  /** The type, as Redocly names it, of what this `$ref` object (or discriminator mapping) stands for. */
  typeOf(node: object): string | undefined;
}

export interface Assembled<P> {
  readonly document: JsonObject;
  /** The author's place of a pointer into `document`; that of the nearest ancestor with one where the node is new. */
  readonly locate: (pointer: string) => P;
}

/** Where what `$ref`s of a type lead to lives in `components`; other types are written in place if from other files. */
export const sections: Readonly<Record<string, string>> = {
  Schema: "schemas",
  DiscriminatorMapping: "schemas",
  Parameter: "parameters",
  Response: "responses",
  Example: "examples",
  RequestBody: "requestBodies",
  Header: "headers",
  Link: "links",
  Callback: "callbacks",
};

/** OpenAPI 3.2 §4.14.1 lets references stand for Media Type Objects; no emitter follows them, so they are written in place. */
export const inPlace = "MediaType";

export function assemble<P extends Place<P>>(
  root: JsonObject,
  place: P,
  source: AssemblySource<P>,
): Assembled<P> {
  return new Assembler(root, place, source).run();
}

interface Section {
  /** Component name to the place that owns it. */
  readonly owners: Map<string, string>;
  /** Place to the name of the first component that is nothing but a `$ref` to it: the author's own name for it. */
  readonly aliases: Map<string, string>;
  /** Components that came from other files, in the order in which they were met. */
  readonly added: Map<string, Json>;
}

class Assembler<P extends Place<P>> {
  readonly #root: JsonObject;
  readonly #rootPlace: P;
  readonly #source: AssemblySource<P>;
  readonly #origins = new Map<object, P>();
  readonly #sections = new Map<string, Section>();
  /** Section and place to the name given. */
  readonly #names = new Map<string, string>();
  /** Components whose name is given and whose content is still to be copied. */
  readonly #pending: (() => void)[] = [];
  /** Places being written in place, so that a cycle of path items ends. */
  readonly #inlining = new Set<string>();

  constructor(root: JsonObject, place: P, source: AssemblySource<P>) {
    this.#root = root;
    this.#rootPlace = place;
    this.#source = source;
  }

  run(): Assembled<P> {
    const copy = this.#copyMembers(this.#root, this.#rootPlace);
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) next();
    const components: Record<string, Json> = { ...asObject(copy["components"]) };
    for (const [name, { added }] of this.#sections) {
      if (added.size === 0) continue;
      const section = new Map(Object.entries(asObject(components[name])));
      for (const [key, value] of added) section.set(key, value);
      components[name] = Object.fromEntries(section);
    }
    const document = Object.keys(components).length === 0 ? copy : { ...copy, components };
    return { document, locate: (pointer) => this.#locate(document, pointer) };
  }

  #copy(node: Json, place: P): Json {
    if (typeof node !== "object" || node === null) return node;
    if (isArray(node)) {
      return this.#remember(
        node.map((item, index) => this.#copy(item, place.child([String(index)]))),
        place,
      );
    }
    if (!isObject(node)) return node;
    if (typeof node["$ref"] === "string") return this.#copyReference(node, node["$ref"], place);
    const section = sections[this.#source.typeOf(node) ?? ""];
    return section === undefined ? this.#copyMembers(node, place) : this.#copyMapping(node, section, place);
  }

  #copyMembers(node: JsonObject, place: P): JsonObject {
    const members = Object.entries(node).map(([key, value]) => [key, this.#copy(value, place.child([key]))]);
    return this.#remember(Object.fromEntries(members) as JsonObject, place); // Entries of JSON values.
  }

  /** A discriminator's mapping: values may be references (OpenAPI 3.1.1 §4.8.25.3). */
  #copyMapping(node: JsonObject, section: string, place: P): JsonObject {
    const members = Object.entries(node).map(([key, value]) => {
      const target =
        typeof value === "string" && value.includes("/") ? this.#source.resolve(value, place) : undefined;
      return [key, target === undefined ? value : this.#reference(target.node, target.place, section)];
    });
    return this.#remember(Object.fromEntries(members) as JsonObject, place); // Entries of JSON values.
  }

  #copyReference(node: JsonObject, ref: string, place: P): Json {
    const type = this.#source.typeOf(node) ?? "";
    const section = sections[type];
    const target = this.#source.resolve(ref, place);
    if (target === undefined) return this.#copySiblings(node, ref, place);
    const local = target.place.source === this.#rootPlace.source && type !== inPlace;
    if (local || section !== undefined) {
      const $ref = local ? localRef(target.place) : this.#reference(target.node, target.place, section ?? "");
      return this.#copySiblings(node, $ref, place);
    }
    const key = target.place.absolutePointer;
    if (this.#inlining.has(key)) return this.#remember({}, place);
    this.#inlining.add(key);
    const copy = this.#copy(target.node, target.place);
    this.#inlining.delete(key);
    const siblings = siblingsOf(node);
    // What stands beside the `$ref` of a path item goes before what it leads to.
    if (!isObject(copy) || Object.keys(siblings).length === 0) return copy;
    return this.#remember({ ...copy, ...this.#copyMembers(siblings, place) }, place);
  }

  #copySiblings(node: JsonObject, $ref: string, place: P): JsonObject {
    return this.#remember({ $ref, ...this.#copyMembers(siblingsOf(node), place) }, place);
  }

  /** A local reference to the component, which gets a name when it is first met. */
  #reference(node: Json, place: P, sectionName: string): string {
    if (place.source === this.#rootPlace.source) return localRef(place);
    const id = `${sectionName} ${place.absolutePointer}`;
    let name = this.#names.get(id);
    if (name === undefined) {
      const section = this.#section(sectionName);
      name = section.aliases.get(place.absolutePointer) ?? freeName(place, section.owners);
      const given = name;
      this.#names.set(id, given);
      section.owners.set(given, place.absolutePointer);
      section.added.set(given, null);
      this.#pending.push(() => section.added.set(given, this.#copy(node, place)));
    }
    return `#/components/${sectionName}/${escapeToken(name)}`;
  }

  /** The section with the names that the root document has given. */
  #section(name: string): Section {
    const known = this.#sections.get(name);
    if (known !== undefined) return known;
    const section: Section = { owners: new Map(), aliases: new Map(), added: new Map() };
    const at = this.#rootPlace.child(["components", name]);
    for (const [key, node] of Object.entries(asObject(asObject(this.#root["components"])[name]))) {
      const alias = this.#aliased(asObject(node));
      section.owners.set(key, alias ?? at.child([key]).absolutePointer);
      if (alias !== undefined && !section.aliases.has(alias)) section.aliases.set(alias, key);
    }
    this.#sections.set(name, section);
    return section;
  }

  /** The place that a component of the root document is but another name for. */
  #aliased({ $ref, ...siblings }: JsonObject): string | undefined {
    if (typeof $ref !== "string" || Object.keys(siblings).length > 0) return undefined;
    return this.#source.resolve($ref, this.#rootPlace)?.place.absolutePointer;
  }

  #remember<Copy extends object>(copy: Copy, place: P): Copy {
    this.#origins.set(copy, place);
    return copy;
  }

  #locate(document: JsonObject, pointer: string): P {
    let node: Json | undefined = document;
    let place = this.#rootPlace;
    for (const token of pointerTokens(pointer)) {
      if (typeof node !== "object" || node === null || !Object.hasOwn(node, token))
        return place.child([token]);
      // Own members only, proved by hasOwn; arrays are indexed the same way.
      node = (node as JsonObject)[token];
      const origin = typeof node === "object" && node !== null ? this.#origins.get(node) : undefined;
      place = origin ?? place.child([token]);
    }
    return place;
  }
}

function siblingsOf(node: JsonObject): JsonObject {
  const siblings = Object.entries(node).filter(([key]) => key !== "$ref");
  return Object.fromEntries(siblings);
}

/** The last token of the pointer, or the file's name, as a component name (OpenAPI 3.1.1 §4.8.7) that is not taken. */
function freeName<P extends Place<P>>(place: P, owners: ReadonlyMap<string, string>): string {
  const file = place.source.absoluteRef.split(/[/\\]/).at(-1) ?? "";
  const last = pointerTokens(plainPointer(place)).at(-1) ?? file.replace(/\.[^.]+$/, "");
  const plain = last.replaceAll(/[^\w.-]/g, "_");
  const base = plain === "" || plain === "__proto__" ? "component" : plain;
  let name = base;
  for (let serial = 2; (owners.get(name) ?? place.absolutePointer) !== place.absolutePointer; serial++) {
    name = `${base}-${serial}`;
  }
  return name;
}

/** A reference decodes percent signs (RFC 6901, 6), so one that belongs to a name has to be encoded. */
function localRef<P extends Place<P>>(place: P): string {
  return `#${plainPointer(place).replaceAll("%", "%25")}`;
}

/** Redocly writes `#/` for the root. */
function plainPointer<P extends Place<P>>(place: P): string {
  const pointer = place.pointer.replace(/^#/, "");
  return pointer === "/" ? "" : pointer;
}
