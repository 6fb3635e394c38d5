/** The parts of requests that no validator checks in full: what a server names when it starts. */
import { leavesUnchecked } from "../../diagnostics/assumptions.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import type { Operation, Pointer } from "../../model/api-model.ts";
import { isUnread } from "./operations-media.ts";

export class UncheckedParts {
  readonly #document: JsonObject;
  readonly #places: readonly Pointer[];
  /** What references below a node lead to, by the node's pointer. */
  readonly #references = new Map<Pointer, readonly Pointer[]>();

  constructor(document: JsonObject, findings: readonly Finding[]) {
    this.#document = document;
    this.#places = findings.filter(({ code }) => leavesUnchecked(code)).map(({ pointer }) => pointer);
  }

  /** Such as `query since` and `body application/xml`, in the order of the document. */
  of({ parameters, requestBody }: Operation): readonly string[] {
    return [
      ...parameters
        .filter(({ pointer }) => this.#touches(pointer))
        .map((parameter) => `${parameter.in} ${parameter.name}`),
      ...(requestBody?.content ?? [])
        .filter((media) => isUnread(media) || this.#touches(media.schemaPointer ?? media.pointer))
        .map(({ mediaType }) => `body ${mediaType}`),
    ];
  }

  /** True if one of the places is below the node, or below anything that it refers to. */
  #touches(pointer: Pointer): boolean {
    if (this.#places.length === 0) return false;
    const reached = new Set([pointer]);
    // A set that grows while it is walked.
    for (const one of reached) for (const target of this.#referencesOf(one)) reached.add(target);
    return this.#places.some((place) =>
      [...reached].some((root) => place === root || place.startsWith(`${root}/`)),
    );
  }

  #referencesOf(pointer: Pointer): readonly Pointer[] {
    const known = this.#references.get(pointer);
    if (known !== undefined) return known;
    const found: Pointer[] = [];
    const open: Json[] = [resolvePointer(this.#document, pointer) ?? null];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (typeof node !== "object" || node === null) continue;
      for (const [name, value] of Object.entries(node)) {
        const target = name === "$ref" && typeof value === "string" ? refPointer(value) : undefined;
        if (target !== undefined) found.push(target);
        open.push(value);
      }
    }
    this.#references.set(pointer, found);
    return found;
  }
}
