/** Every reference that a document makes: whether it leads somewhere, of which type, and which pieces are left to check. */
import type { Document, NormalizedNodeType, Oas3Visitor, UserContext } from "@redocly/openapi-core";
import type { Json } from "../json/json.ts";
import { pointerTokens, refPointer, resolvePointer } from "../json/pointer.ts";
import { inPlace, sections, type AssemblySource } from "./assemble.ts";
import { problemOf, type LockstepProblem } from "../lint/problem.ts";
import { LoadFailure } from "./failure.ts";
import type { FilePlace } from "./place.ts";
import type { Target, Targets } from "./targets.ts";

type Source = Document["source"];

/** A part of a file that has to be checked as an object of some type. */
export interface Piece {
  readonly source: Source;
  /** `#/` for a whole file. */
  readonly pointer: string;
  readonly node: unknown;
  readonly type: NormalizedNodeType;
}

/** The types whose objects a Reference Object may stand for (OpenAPI 3.1.1 §4.8.23), and those of which nothing is known. */
const referable = new Set([...Object.keys(sections), "PathItem", "SecurityScheme", "SpecExtension"]);

/** Members whose value is data, whatever it looks like. */
const data = new Set(["example", "value", "default", "const"]);

export class References implements AssemblySource<FilePlace> {
  readonly #root: Document;
  readonly #targets: Targets | undefined;
  readonly #types = new Map<object, string>();
  readonly #queue: Piece[] = [];
  readonly #seen = new Set<string>();
  #isBundle = true;
  #fillsIn = false;

  /** Without `targets` every reference leads to a value of the root document, which has been checked. */
  constructor(root: Document, targets: Targets | undefined) {
    this.#root = root;
    this.#targets = targets;
  }

  /** Is the root document its own bundle? It is where every reference begins with `#` and may stay one. */
  get isBundle(): boolean {
    return this.#isBundle;
  }

  /** Does a scalar or a list of such come from another file? No type says what it should be, so no piece checks it. */
  get fillsIn(): boolean {
    return this.#fillsIn;
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
        this.#types.set(node, ctx.type.name);
        if (!node.$ref.startsWith("#") || ctx.type.name === inPlace) this.#isBundle = false;
        const target = this.#targets?.follow(node.$ref, ctx.location.source.absoluteRef);
        const problem = this.#isMisplaced(target, ctx)
          ? problemOf("lockstep/ref-misplaced", {
              message: `\`${String(ctx.key)}\` cannot be a reference into the document itself.`,
            })
          : this.#follow(node.$ref, target, ctx.type);
        if (problem === undefined) return;
        // Redocly writes the values of a discriminator's mapping as references; those have no `$ref` in the file.
        const parent: unknown = ctx.parent;
        const written =
          typeof parent === "object" && parent !== null && Reflect.get(parent, ctx.key) === node;
        ctx.report({ ...problem, location: written ? ctx.location.child("$ref") : ctx.location });
      },
      DiscriminatorMapping: (mapping) => {
        this.#types.set(mapping, "DiscriminatorMapping");
      },
    };
  }

  resolve(ref: string, from: FilePlace): { readonly node: Json; readonly place: FilePlace } | undefined {
    const target = this.#targets?.follow(ref, from.source.absoluteRef);
    return target?.found === "value" ? target : undefined;
  }

  typeOf(node: object): string | undefined {
    return this.#types.get(node);
  }

  /** Would a `$ref` be left that nothing follows? What other files hold is put in its place. */
  #isMisplaced(target: Target | undefined, { type, key }: UserContext): boolean {
    // Only a document with `mediaTypes` is bundled for them.
    if (type.name === inPlace) return target === undefined;
    if (referable.has(type.name) || data.has(String(key))) return false;
    return target === undefined || (target.found === "value" && target.place.source === this.#root.source);
  }

  /** Checks what a reference leads to, unless it stands in the root document where its type says that it is checked. */
  #check(source: Source, pointer: string, node: Json | undefined, type: NormalizedNodeType): void {
    const [components, section, , ...deeper] = pointerTokens(pointer.slice(1));
    const isDeclared = components === "components" && section === sections[type.name] && deeper.length === 0;
    const isData = type.name === "SpecExtension" || type.name === "scalar";
    if (source === this.#root.source && (isDeclared || isData)) return;
    this.add(source, pointer, node, type);
  }

  #follow(ref: string, target: Target | undefined, type: NormalizedNodeType): LockstepProblem | undefined {
    if (target === undefined) {
      const pointer = refPointer(ref) ?? "";
      const node = resolvePointer(this.#root.parsed as Json, pointer); // Every file was parsed to JSON.
      this.#check(this.#root.source, `#${pointer}`, node, type);
      return undefined;
    }
    if (target.found === "value") {
      const { place, node } = target;
      if (type.name === "scalar") this.#fillsIn = true;
      this.#check(place.source, place.pointer, node, type);
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
