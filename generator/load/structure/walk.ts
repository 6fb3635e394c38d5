/** Checks a bundled document against the table of OpenAPI's objects, and reads what is written otherwise as it is meant. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { isStatusKey } from "../../openapi/structure.ts";
import { joinPointer, pointerTokens, replaceAt, resolvePointer } from "../../json/pointer.ts";
import {
  entriesOf,
  isOpen,
  objects,
  scalarKinds,
  sections,
  type Field,
  type Line,
  type ScalarKind,
} from "../../openapi/objects.ts";
import { fatal, type BrokenReferences } from "./broken.ts";
import { completeObject } from "./complete.ts";
import { kindAt } from "./kind-at.ts";
import { kindOf, StructureReport } from "./report.ts";
import { readScalar } from "./scalars.ts";
import { readKeywords } from "./schema.ts";
import { schemaFrom } from "./schema-types.ts";
import { listFrom, mapFrom, objectFrom } from "./shapes.ts";
import { fitsKind, pointerOf, refTo, sameRef, substitute } from "./spelling.ts";
import { Trace } from "./trace.ts";
import { article, unknownMember } from "./unknown-member.ts";

const scalars: ReadonlySet<string> = new Set(scalarKinds);

export class StructureWalk {
  readonly report = new StructureReport();
  readonly trace = new Trace();
  /** Pointers of all schemas that something refers to. */
  readonly schemaTargets = new Set<string>();
  readonly #root: JsonObject;
  readonly #line: Line;
  readonly #broken: BrokenReferences;
  /** Pointers of references that are being put in place. */
  readonly #open = new Set<string>();
  /** Schemas outside of every place that the table knows, still to be read. */
  readonly #far = new Set<string>();

  constructor(root: JsonObject, line: Line, broken: BrokenReferences) {
    this.#root = root;
    this.#line = line;
    this.#broken = broken;
  }

  /** The document as it is read; the very same where nothing had to be changed. */
  run(): JsonObject {
    let document = this.#members(this.#root, "document") ?? this.#root;
    // The set grows while it is walked.
    for (const pointer of this.#far) {
      this.report.path = pointerTokens(pointer);
      const node = resolvePointer(this.#root, pointer);
      const read = node === undefined ? undefined : this.#one(node, "schema");
      if (read !== undefined && read !== node) document = replaceAt(document, pointer, read);
    }
    return document;
  }

  #field(value: Json, key: string, field: Field): Json | undefined {
    const node = this.#followed(value, field);
    if (node === undefined) return undefined;
    if (field.arity === "one") return this.#one(node, field.kind);
    if (field.arity === "list") return this.#list(node, field.kind);
    return this.#map(node, key, field);
  }

  #one(node: Json, kind: string): Json | undefined {
    // The table has scalar kinds and objects only; the set proves which.
    if (scalars.has(kind)) return readScalar(kind as ScalarKind, node, this.report);
    if (kind === "schema" && typeof node === "boolean") return node;
    if (!isObject(node)) return this.#otherwise(node, kind);
    if (node["$ref"] !== undefined && kind !== "requirement")
      return this.#reference(node, node["$ref"], kind);
    return this.#members(node, kind);
  }

  /** A value where OpenAPI has an object. */
  #otherwise(node: Json, kind: string): Json | undefined {
    const read = kind === "schema" ? schemaFrom(node) : objectFrom(kind, node);
    const is = `\`${this.report.path.at(-1) ?? ""}\` is ${kindOf(node)} where OpenAPI has an object`;
    if (read === undefined) {
      this.report.add("lockstep/structure", `${is}; it is left out.`);
      return undefined;
    }
    this.report.add("lockstep/structure", `${is}; it is read as \`${JSON.stringify(read).slice(0, 80)}\`.`);
    return typeof read === "boolean" ? read : this.#one(read, kind);
  }

  #list(node: Json, kind: string): Json | undefined {
    const list = isArray(node) ? node : this.#listOtherwise(node, kind);
    if (list === undefined) return undefined;
    const read = list.map((item, index) => this.report.below(String(index), () => this.#one(item, kind)));
    if (list === node && read.every((item, index) => item === list[index])) return list;
    const kept = read.flatMap((item, index) => (item === undefined ? [] : [index]));
    if (kept.length < list.length) this.trace.list(joinPointer("", ...this.report.path), kept);
    return read.filter((item) => item !== undefined);
  }

  #listOtherwise(node: Json, kind: string): readonly Json[] | undefined {
    const read = listFrom(kind, node);
    const reading = read === undefined ? "left out" : "read as a list of it";
    const is = `\`${this.report.path.at(-1) ?? ""}\` is ${kindOf(node)} where OpenAPI has a list`;
    this.report.add("lockstep/structure", `${is}; it is ${reading}.`);
    return read;
  }

  #map(node: Json, key: string, { kind, extensible }: Field): Json | undefined {
    const map = isObject(node) ? node : this.#mapOtherwise(node, kind, key);
    if (map === undefined) return undefined;
    // `lockstep/status-key` tells of other keys, and `expand` leaves them out.
    const isSkipped = (name: string): boolean =>
      (extensible && name.startsWith("x-")) || (key === "responses" && extensible && !isStatusKey(name));
    return this.#rewrite(map, (name, value) => (isSkipped(name) ? value : this.#one(value, kind)));
  }

  #mapOtherwise(node: Json, kind: string, key: string): JsonObject | undefined {
    const read = mapFrom(kind, key, node);
    const reading = read === undefined ? "left out" : `read as \`${JSON.stringify(read).slice(0, 80)}\``;
    this.report.add(
      "lockstep/structure",
      `\`${key}\` is ${kindOf(node)} where OpenAPI has an object; it is ${reading}.`,
    );
    return read;
  }

  #members(node: JsonObject, kind: string): JsonObject | undefined {
    const entries = entriesOf(kind);
    if (entries !== undefined)
      return this.#rewrite(node, (name, value) => this.#entry(kind, entries, name, value));
    const fields = objects[kind] ?? {};
    const written = kind === "schema" ? readKeywords(node, this.report) : node;
    const read = this.#rewrite(written, (key, value) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field !== undefined && newerThan(field, this.#line)) this.#newer(key, field);
      if (field !== undefined) return this.#field(value, key, field);
      if (!key.startsWith("x-") && !isOpen(kind)) unknownMember(this.report, kind, key, fields);
      return value;
    });
    return completeObject(read, kind, { line: this.#line, report: this.report });
  }

  #entry(kind: string, field: Field, name: string, value: Json): Json | undefined {
    if (kind !== "requirement")
      return field.extensible && name.startsWith("x-") ? value : this.#one(value, field.kind);
    if (isArray(value)) return value;
    const read = typeof value === "string" ? [value] : [];
    this.report.add(
      "lockstep/structure",
      `The scopes of \`${name}\` are ${kindOf(value)} where OpenAPI has a list; it is read as \`${JSON.stringify(read)}\`.`,
    );
    return read;
  }

  #newer(key: string, { since }: Field): void {
    const message = `OpenAPI ${this.#line} has no \`${key}\` here; it is read as from ${since} on.`;
    this.report.add("lockstep/structure-member", message, [key], `Declare \`openapi: ${since}.0\`.`);
  }

  /** Rewrites what changes, drops what is left out, shares the rest. */
  #rewrite(node: JsonObject, read: (key: string, value: Json) => Json | undefined): JsonObject {
    let changed: Map<string, Json | undefined> | undefined;
    for (const key of Object.keys(node)) {
      const value = node[key] ?? null;
      const result = this.report.below(key, () => read(key, value));
      if (result !== value) (changed ??= new Map()).set(key, result);
    }
    if (changed === undefined) return node;
    const changes = changed;
    const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
      const result = changes.has(key) ? changes.get(key) : value;
      return result === undefined ? [] : [[key, result]];
    });
    return Object.fromEntries(entries);
  }

  /** A Reference Object, or a schema with `$ref`. */
  #reference(node: JsonObject, ref: Json, kind: string): Json | undefined {
    if (typeof ref !== "string") {
      this.report.add(
        "lockstep/structure",
        `\`$ref\` is ${kindOf(ref)} where OpenAPI has a string; it is left out.`,
        ["$ref"],
      );
      return this.#one(Object.fromEntries(Object.entries(node).filter(([key]) => key !== "$ref")), kind);
    }
    const section = sections[kind];
    const pointer = pointerOf(this.#root, ref, section);
    const target = pointer === undefined ? undefined : resolvePointer(this.#root, pointer);
    if (pointer === undefined || target === undefined || !fitsKind(target, kind))
      return this.#missing(node, ref, kind);
    if (refTo(pointer) !== ref && !sameRef(ref, pointer)) {
      this.report.add(
        "lockstep/ref-spelling",
        `\`${ref}\` leads nowhere as it is written; it is read as \`${refTo(pointer)}\`.`,
        ["$ref"],
      );
      return this.#reference({ ...node, $ref: refTo(pointer) }, refTo(pointer), kind);
    }
    if (kind === "schema") {
      this.schemaTargets.add(pointer);
      if (kindAt(pointer) !== "schema") this.#far.add(pointer);
      return this.#siblings(node);
    }
    if (
      section !== undefined &&
      pointer.startsWith(`/components/${section}/`) &&
      pointerTokens(pointer).length === 3 &&
      !(kind === "mediaType")
    )
      return node;
    return this.#inPlace(node, pointer, target, kind);
  }

  /** A schema's other keywords stand beside `$ref`. */
  #siblings(node: JsonObject): JsonObject {
    if (Object.keys(node).length === 1) return node;
    return this.#members(node, "schema") ?? node;
  }

  /** Puts what a reference leads to in its place: the places of OpenAPI that have no Reference Object, or lead elsewhere. */
  #inPlace(node: JsonObject, pointer: string, target: Json, kind: string): Json | undefined {
    if (sections[kind] === undefined) {
      const message = `OpenAPI has no references in place of \`${this.report.path.at(-1) ?? ""}\`; this one is followed.`;
      this.report.add("lockstep/ref-misplaced", message, ["$ref"]);
    }
    return (
      this.#copied(pointer, () => {
        const read = this.#one(target, kind);
        const { $ref: _ref, ...siblings } = node;
        return isObject(read) && Object.keys(siblings).length > 0 ? { ...read, ...siblings } : read;
      }) ?? this.#missing(node, refTo(pointer), kind)
    );
  }

  /** Reads what is at `pointer` as if it stood here; nothing where it leads back here. */
  #copied(pointer: string, read: () => Json | undefined): Json | undefined {
    if (this.#open.has(pointer)) return undefined;
    this.#open.add(pointer);
    const here = this.report.path;
    this.trace.copy(joinPointer("", ...here), pointer);
    this.report.path = pointerTokens(pointer);
    const result = read();
    this.report.path = here;
    this.#open.delete(pointer);
    return result;
  }

  /** A reference where OpenAPI has a list, a map or a scalar. */
  #followed(value: Json, { kind, arity }: Field): Json | undefined {
    if (!isObject(value) || typeof value["$ref"] !== "string" || kind === "any") return value;
    if (arity === "one" && (!scalars.has(kind) || kind === "type")) return value;
    // A property may be called `$ref`.
    if (arity === "map" && Object.keys(value).length > 1) return value;
    const pointer = pointerOf(this.#root, value["$ref"], undefined);
    const target = pointer === undefined ? undefined : resolvePointer(this.#root, pointer);
    if (target === undefined || target === value) {
      this.#missing(value, value["$ref"], "");
      return undefined;
    }
    this.report.add(
      "lockstep/ref-misplaced",
      `OpenAPI has no references in place of \`${this.report.path.at(-1) ?? ""}\`; this one is followed.`,
      ["$ref"],
    );
    return target;
  }

  #nothingAt(ref: string, kind: string): string {
    const pointer = pointerOf(this.#root, ref, sections[kind]);
    if (pointer !== undefined) return `What is at \`${ref}\` cannot be ${article(kind)}`;
    if (/^#[^/]/.test(ref))
      return `The reference \`${ref}\` names an anchor, and there is not exactly one schema with it in the file`;
    return `Nothing is at \`${ref}\`, where this reference leads`;
  }

  /** A reference that leads nowhere, or to something else. */
  #missing(node: JsonObject, ref: string, kind: string): Json | undefined {
    const failure = this.#broken.get(node);
    const stop = fatal(failure);
    if (stop !== undefined) {
      this.report.fail(stop);
      return undefined;
    }
    const instead = substitute(kind);
    const said = instead?.said ?? "what refers to it is left out";
    const why = failure?.message ?? this.#nothingAt(ref, kind);
    this.report.gap(failure?.code ?? "lockstep/ref-unresolved", `${why.replace(/\.$/, "")}; ${said}.`);
    if (instead === undefined) return undefined;
    const { $ref: _ref, ...siblings } = node;
    return isObject(instead.value) && kind === "schema" ? this.#siblings({ ...siblings }) : instead.value;
  }
}

function newerThan({ since }: Field, line: Line): boolean {
  return since > line;
}
