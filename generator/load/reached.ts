/** Reads the files of a document: whatever something refers to that the root reaches. */
import { isArray, isObject, type Json } from "../json/json.ts";
import { fieldOf, type Field } from "../openapi/objects.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";
import { Targets } from "./targets.ts";

interface Reference {
  readonly ref: string;
  /** The `absoluteRef` of its file. */
  readonly from: string;
  /** What it stands for. */
  readonly field: Field;
}

const root: Field = { kind: "document", arity: "one", required: true, extensible: false, since: "3.0" };
const mappingTarget: Field = { ...root, kind: "schema" };

/** A file that cannot be read is not an error yet: the structure of a document says whether something needs it. */
export async function readReached(file: LoadedFile, resolver: GuardedResolver): Promise<Targets> {
  const targets = new Targets(resolver);
  const collector = new Collector();
  collector.collect(file.value, file.source.absoluteRef, root);
  for (let open = collector.take(); open.length > 0; open = collector.take()) {
    const unread = new Set<string>();
    for (const reference of open) {
      const target = targets.follow(reference.ref, reference.from);
      if (target.found === "value")
        collector.collect(target.node, target.place.source.absoluteRef, reference.field);
      if (target.found === "unread") {
        unread.add(target.absoluteRef);
        collector.found.push(reference);
      }
    }
    await Promise.all([...unread].map((absoluteRef) => resolver.read(absoluteRef)));
  }
  return targets;
}

class Collector {
  found: Reference[] = [];
  /** Kinds as which each object has been seen. */
  readonly #seen = new Map<object, Set<string>>();

  take(): Reference[] {
    const { found } = this;
    this.found = [];
    return found;
  }

  /** The references below a value. How deep it nests has been bounded when its file was read. */
  collect(node: Json | undefined, from: string, field: Field): void {
    if (typeof node !== "object" || node === null || field.kind === "extension" || !this.#isNew(node, field))
      return;
    if (isArray(node)) {
      for (const item of node) this.collect(item, from, fieldOf(field, "0"));
      return;
    }
    if (!isObject(node)) return;
    const { $ref } = node;
    if (typeof $ref === "string" && (field.kind !== "any" || !$ref.startsWith("#")))
      this.found.push({ ref: $ref, from, field });
    for (const [key, value] of Object.entries(node)) {
      if (field.kind === "discriminator" && key === "mapping") this.#mapping(value, from);
      else this.collect(value, from, fieldOf(field, key));
    }
  }

  /** The values of a discriminator's `mapping` are names or references. */
  #mapping(mapping: Json, from: string): void {
    for (const value of isObject(mapping) ? Object.values(mapping) : [])
      if (typeof value === "string" && /[#/]/.test(value))
        this.found.push({ ref: value, from, field: mappingTarget });
  }

  #isNew(node: object, { kind, arity }: Field): boolean {
    const kinds = this.#seen.get(node) ?? new Set();
    this.#seen.set(node, kinds);
    const id = `${kind} ${arity}`;
    return !kinds.has(id) && kinds.add(id).has(id);
  }
}
