/** Every reference that a document makes: whether it leads somewhere, of which type, and which pieces are left to check. */
import type { Document, NormalizedNodeType, Oas3Visitor, ResolvedRefMap } from "@redocly/openapi-core";
import type { Json } from "../json/json.ts";
import { sections, type AssemblySource } from "../rules/assemble.ts";
import { problemOf, type LockstepProblem } from "../rules/problem.ts";
import { LoadFailure } from "./failure.ts";
import { FilePlace } from "./place.ts";

type Source = Document["source"];

/** A part of a file that has to be checked as an object of some type. */
export interface Piece {
  readonly source: Source;
  /** `#/` for a whole file. */
  readonly pointer: string;
  readonly node: unknown;
  readonly type: NormalizedNodeType;
}

export class References implements AssemblySource<FilePlace> {
  readonly #root: Document;
  readonly #resolved: ResolvedRefMap | undefined;
  readonly #sections = new Map<object, string>();
  readonly #queue: Piece[] = [];
  readonly #seen = new Set<string>();
  #onlyLocal = true;

  /** Without `resolved` every reference leads to a value of the root document, which has been checked. */
  constructor(root: Document, resolved: ResolvedRefMap | undefined) {
    this.#root = root;
    this.#resolved = resolved;
  }

  /** Does every reference begin with `#`? Then the root document is its own bundle. */
  get onlyLocal(): boolean {
    return this.#onlyLocal;
  }

  add(source: Source, pointer: string, node: unknown, type: NormalizedNodeType): void {
    const id = `${type.name} ${source.absoluteRef}${pointer}`;
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    this.#queue.push({ source, pointer, node, type });
  }

  next(): Piece | undefined {
    return this.#queue.shift();
  }

  /** Meets every reference where it stands, with the type that the specification expects there. */
  visitor(): Oas3Visitor {
    return {
      ref: (node, ctx) => {
        const section = sections[ctx.type.name];
        if (section !== undefined) this.#sections.set(node, section);
        if (!node.$ref.startsWith("#")) this.#onlyLocal = false;
        const problem = this.#follow(node.$ref, ctx.location.source, ctx.type);
        if (problem === undefined) return;
        // Redocly writes the values of a discriminator's mapping as references; those have no `$ref` in the file.
        const parent: unknown = ctx.parent;
        const written =
          typeof parent === "object" && parent !== null && Reflect.get(parent, ctx.key) === node;
        ctx.report({ ...problem, location: written ? ctx.location.child("$ref") : ctx.location });
      },
      DiscriminatorMapping: (mapping) => {
        this.#sections.set(mapping, "schemas");
      },
    };
  }

  resolve(ref: string, from: FilePlace): { readonly node: Json; readonly place: FilePlace } | undefined {
    const found = this.#resolved?.get(refId(from.source, ref));
    if (found?.resolved !== true || found.node === undefined) return undefined;
    // A reference with siblings on the way is a composition of its own, and what this reference means.
    const hop = found.chain?.[0];
    const node: unknown = hop === undefined ? found.node : hop.node;
    const place =
      hop === undefined
        ? new FilePlace(found.document.source, found.nodePointer)
        : new FilePlace(hop.document.source, hop.location.pointer);
    return { node: node as Json, place }; // Every file was parsed to JSON.
  }

  sectionOf(node: object): string | undefined {
    return this.#sections.get(node);
  }

  #follow(ref: string, source: Source, type: NormalizedNodeType): LockstepProblem | undefined {
    if (this.#resolved === undefined) return undefined;
    const found = this.#resolved.get(refId(source, ref));
    if (/^#[^/]/.test(ref)) {
      const message = `The reference \`${ref}\` names an anchor, and there is not exactly one schema with it in the file.`;
      return problemOf("lockstep/ref-unresolved", {
        message,
        fix: "Correct the name, or write a JSON Pointer, such as `#/components/schemas/Thing`.",
      });
    }
    if (found?.resolved !== true || found.node === undefined) return unresolved(ref, found?.error);
    // What stands in the root document is checked at its own place.
    if (found.document !== this.#root) this.add(found.document.source, found.nodePointer, found.node, type);
    return undefined;
  }
}

/** As Redocly's map of resolved references has it. */
function refId(source: { readonly absoluteRef: string }, ref: string): string {
  return `${source.absoluteRef}::${ref}`;
}

/** Redocly names the type of errors that its own resolver gives; ours gives `LoadFailure`s. */
function unresolved(ref: string, error: unknown): LockstepProblem {
  if (error instanceof LoadFailure) {
    const { message, fix, location } = error;
    return problemOf(error.code, {
      message,
      ...(fix === undefined ? {} : { fix }),
      ...(location === undefined ? {} : { location }),
    });
  }
  return problemOf("lockstep/ref-unresolved", {
    message: `Nothing is at \`${ref}\`, where this reference leads.`,
  });
}
