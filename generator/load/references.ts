/** Every reference that a document makes: whether it leads somewhere, of which type, and which pieces are left to check. */
import type { Document, NormalizedNodeType, Oas3Visitor } from "@redocly/openapi-core";
import type { Json } from "../json/json.ts";
import { sections, type AssemblySource } from "../rules/assemble.ts";
import { problemOf, type LockstepProblem } from "../rules/problem.ts";
import { LoadFailure } from "./failure.ts";
import type { FilePlace } from "./place.ts";
import type { Targets } from "./targets.ts";

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
  readonly #targets: Targets | undefined;
  readonly #sections = new Map<object, string>();
  readonly #queue: Piece[] = [];
  readonly #seen = new Set<string>();
  #onlyLocal = true;

  /** Without `targets` every reference leads to a value of the root document, which has been checked. */
  constructor(root: Document, targets: Targets | undefined) {
    this.#root = root;
    this.#targets = targets;
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
    const target = this.#targets?.follow(ref, from.source.absoluteRef);
    return target?.found === "value" ? target : undefined;
  }

  sectionOf(node: object): string | undefined {
    return this.#sections.get(node);
  }

  #follow(ref: string, source: Source, type: NormalizedNodeType): LockstepProblem | undefined {
    if (this.#targets === undefined) return undefined;
    const target = this.#targets.follow(ref, source.absoluteRef);
    if (target.found === "value") {
      const { place, node } = target;
      // What stands in the root document is checked at its own place.
      if (place.source !== this.#root.source) this.add(place.source, place.pointer, node, type);
      return undefined;
    }
    // Each reference of the cycle is reported at its own place.
    if (target.found === "cycle") return undefined;
    if (/^#[^/]/.test(ref)) {
      const message = `The reference \`${ref}\` names an anchor, and there is not exactly one schema with it in the file.`;
      return problemOf("lockstep/ref-unresolved", {
        message,
        fix: "Correct the name, or write a JSON Pointer, such as `#/components/schemas/Thing`.",
      });
    }
    return unresolved(ref, target.found === "nothing" ? target.error : undefined);
  }
}

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
