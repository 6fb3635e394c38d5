/**
 * Bundles a document of several files into one tree whose every `$ref` is local. Follows no `$ref` by recursion, so that
 * schemas may form chains of any length, and remembers for every object where the author wrote it.
 */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { escapeToken, pointerTokens } from "../json/pointer.ts";
import { fieldOf, sections as componentSections, type Field } from "../openapi/objects.ts";

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
  /** Hears the copy of an object whose reference leads nowhere. */
  broken?(copy: object, ref: string, from: P): void;
}

export interface Assembled<P> {
  readonly document: JsonObject;
  /** The author's place of a pointer into `document`; that of the nearest ancestor with one where the node is new. */
  readonly locate: (pointer: string) => P;
}

/** Of these kinds, what other files hold becomes a component; other kinds are written in place. */
const shared: ReadonlySet<string> = new Set([
  "schema",
  "parameter",
  "response",
  "example",
  "requestBody",
  "header",
  "link",
  "callback",
]);

/** Data, which no field describes. */
const data: Field = { kind: "any", arity: "one", required: false, extensible: false, since: "3.0" };
const documentField: Field = { ...data, kind: "document" };
const mappingTarget: Field = { ...data, kind: "schema" };

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
    const copy = this.#copyMembers(this.#root, this.#rootPlace, documentField);
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

  #copy(node: Json, place: P, field: Field): Json {
    if (typeof node !== "object" || node === null) return node;
    if (isArray(node)) {
      const item = fieldOf(field, "0");
      return this.#remember(
        node.map((one, index) => this.#copy(one, place.child([String(index)]), item)),
        place,
      );
    }
    if (!isObject(node)) return node;
    const ref = referenceOf(node, field);
    if (ref !== undefined) return this.#copyReference(node, ref, place, field);
    return this.#copyMembers(node, place, field);
  }

  #copyMembers(node: JsonObject, place: P, field: Field): JsonObject {
    const members = Object.entries(node).map(([key, value]): [string, Json] => {
      const inner = fieldOf(field, key);
      // Nothing inside an extension is looked into.
      if (inner.kind === "extension") return [key, value];
      if (field.kind === "discriminator" && key === "mapping" && isObject(value))
        return [key, this.#copyMapping(value, place.child([key]))];
      return [key, this.#copy(value, place.child([key]), inner)];
    });
    return this.#remember(Object.fromEntries(members), place);
  }

  /** A discriminator's mapping: values may be references (OpenAPI 3.1.1 §4.8.25.3). */
  #copyMapping(node: JsonObject, place: P): JsonObject {
    const members = Object.entries(node).map(([key, value]): [string, Json] => {
      const target =
        typeof value === "string" && value.includes("/") ? this.#source.resolve(value, place) : undefined;
      return [key, target === undefined ? value : this.#reference(target.node, target.place, mappingTarget)];
    });
    return this.#remember(Object.fromEntries(members), place);
  }

  #copyReference(node: JsonObject, ref: string, place: P, field: Field): Json {
    const target = this.#source.resolve(ref, place);
    const isData = field.kind === "any";
    if (target === undefined) {
      const copy = this.#copySiblings(node, ref, place, field);
      if (!isData) this.#source.broken?.(copy, ref, place);
      return copy;
    }
    const local = target.place.source === this.#rootPlace.source;
    if (local || (field.arity === "one" && shared.has(field.kind))) {
      const $ref = local ? localRef(target.place) : this.#reference(target.node, target.place, field);
      // What looks like a reference in data stays as it is written.
      return isData ? this.#remember(node, place) : this.#copySiblings(node, $ref, place, field);
    }
    const key = target.place.absolutePointer;
    if (this.#inlining.has(key)) return this.#remember({}, place);
    this.#inlining.add(key);
    const copy = this.#copy(target.node, target.place, field);
    this.#inlining.delete(key);
    const siblings = siblingsOf(node);
    // What stands beside the `$ref` of a path item goes before what it leads to.
    if (!isObject(copy) || Object.keys(siblings).length === 0) return copy;
    return this.#remember({ ...copy, ...this.#copyMembers(siblings, place, field) }, place);
  }

  #copySiblings(node: JsonObject, $ref: string, place: P, field: Field): JsonObject {
    return this.#remember({ $ref, ...this.#copyMembers(siblingsOf(node), place, field) }, place);
  }

  /** A local reference to the component, which gets a name when it is first met. */
  #reference(node: Json, place: P, field: Field): string {
    if (place.source === this.#rootPlace.source) return localRef(place);
    const sectionName = componentSections[field.kind] ?? "";
    const id = `${sectionName} ${place.absolutePointer}`;
    let name = this.#names.get(id);
    if (name === undefined) {
      const section = this.#section(sectionName);
      name = section.aliases.get(place.absolutePointer) ?? freeName(place, section.owners);
      const given = name;
      this.#names.set(id, given);
      section.owners.set(given, place.absolutePointer);
      section.added.set(given, null);
      this.#pending.push(() => section.added.set(given, this.#copy(node, place, field)));
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

/** The reference that an object stands for. A property, or a member of an example, may be called `$ref`, too. */
function referenceOf(node: JsonObject, { kind, arity }: Field): string | undefined {
  const { $ref } = node;
  if (typeof $ref !== "string") return undefined;
  const only = Object.keys(node).length === 1;
  const isMeant = arity !== "one" ? only : kind !== "any" || (only && !$ref.startsWith("#"));
  return isMeant ? $ref : undefined;
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
