/** Where references lead, across files: through references on the way, and on from those that say nothing else. */
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { pointerTokens } from "../json/pointer.ts";
import { resolveFile } from "./access.ts";
import { anchorTokens } from "./identifiers.ts";
import { FilePlace } from "./place.ts";
import type { GuardedResolver } from "./resolver.ts";

/** A value in a file. A `$ref` with members beside it is one: it means more than what it leads to. */
export interface Found {
  readonly found: "value";
  readonly node: Json;
  readonly place: FilePlace;
}

export type Target =
  | Found
  /** No such member; or no such file, and why. */
  | { readonly found: "nothing"; readonly error?: unknown }
  /** Into a cycle of references, and never to a value. */
  | { readonly found: "cycle" }
  /** The file has not been asked for yet. */
  | { readonly found: "unread"; readonly absoluteRef: string };

/** A reference at its place. */
export interface Reference {
  readonly ref: string;
  readonly place: FilePlace;
}

/** A reference that is being followed. */
interface Step {
  readonly id: string;
  /** Absent for the one that was asked for. */
  readonly origin: Reference | undefined;
  readonly tokens: readonly string[];
  /** How many tokens have been followed, and to what. */
  taken: number;
  at: Found;
  /** The reference at the end of the pointer, if it has members beside it. */
  composed?: Found;
}

export class Targets {
  readonly #resolver: GuardedResolver;
  /** By file and reference. */
  readonly #known = new Map<string, Target>();
  readonly #cycles = new Map<string, Reference>();

  constructor(resolver: GuardedResolver) {
    this.#resolver = resolver;
  }

  /** The references that lead back to themselves, of all that were followed. */
  get cycles(): readonly Reference[] {
    return [...this.#cycles.values()];
  }

  /**
   * By no recursion, and each reference once: they may form chains of any length.
   * @param from the `absoluteRef` of the file in which the reference stands
   */
  follow(ref: string, from: string): Target {
    const way: Step[] = [];
    const open = new Set<string>();
    let answer = this.#begin(ref, from, way, open);
    for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
      const end = answer === undefined ? advance(step) : proceed(step, answer);
      if (end === undefined) {
        const { node, place } = step.at;
        const origin = { ref: refOf(node) ?? "", place };
        answer = this.#begin(origin.ref, place.source.absoluteRef, way, open, origin);
      } else {
        way.pop();
        open.delete(step.id);
        if (end.found !== "unread") this.#known.set(step.id, end);
        answer = end;
      }
    }
    return answer ?? { found: "nothing" };
  }

  /** What is known of a reference; where nothing is, it becomes the last step of the way. */
  #begin(ref: string, from: string, way: Step[], open: Set<string>, origin?: Reference): Target | undefined {
    const id = `${from}::${ref}`;
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return this.#cycle(way.slice(way.findIndex((step) => step.id === id) + 1), origin);
    const [uri = "", ...fragment] = ref.split("#");
    const file = this.#file(from, uri);
    if (file.found !== "value") return file;
    const anchors = this.#resolver.files.get(file.place.source.absoluteRef)?.anchors;
    const tokens = tokensOf(fragment.join("#"), anchors);
    if (tokens === undefined) return { found: "nothing" };
    open.add(id);
    way.push({ id, origin, tokens, taken: 0, at: file });
    return undefined;
  }

  #cycle(steps: readonly Step[], last: Reference | undefined): Target {
    for (const reference of [...steps.map((step) => step.origin), last])
      if (reference !== undefined) this.#cycles.set(reference.place.absolutePointer, reference);
    return { found: "cycle" };
  }

  /** The whole of the file that a reference names. */
  #file(from: string, uri: string): Target {
    let absoluteRef = from;
    try {
      if (uri !== "") absoluteRef = resolveFile(from, uri);
    } catch {
      // No URL.
      return { found: "nothing" };
    }
    const file = this.#resolver.files.get(absoluteRef);
    if (file?.value !== undefined)
      return { found: "value", node: file.value, place: new FilePlace(file.source, "#/") };
    const error = this.#resolver.failures.get(absoluteRef);
    return error === undefined ? { found: "unread", absoluteRef } : { found: "nothing", error };
  }
}

/** Goes on with what the reference in the way leads to. */
function proceed(step: Step, answer: Target): Target | undefined {
  if (answer.found !== "value") return answer;
  if (step.taken === step.tokens.length) return step.composed ?? answer;
  step.at = answer;
  return advance(step);
}

/** Follows the pointer to its end, or to a reference that has to be followed first: then gives nothing. */
function advance(step: Step): Target | undefined {
  for (; step.taken < step.tokens.length; step.taken++) {
    const token = step.tokens[step.taken] ?? "";
    const { node, place } = step.at;
    if (typeof node === "object" && node !== null && Object.hasOwn(node, token)) {
      // Own members, proved by hasOwn; arrays are indexed the same way.
      step.at = { found: "value", node: (node as JsonObject)[token] ?? null, place: place.child([token]) };
    } else if (refOf(node) !== undefined) return undefined;
    // `file.yaml#/` is meant as the whole file.
    else if (token !== "") return { found: "nothing" };
  }
  const { node } = step.at;
  if (refOf(node) === undefined) return step.at;
  if (isObject(node) && Object.keys(node).length > 1) step.composed = step.at;
  return undefined;
}

function refOf(node: Json): string | undefined {
  return isObject(node) && typeof node["$ref"] === "string" ? node["$ref"] : undefined;
}

/** The tokens of a fragment, which percent signs may encode (RFC 6901 §6) or which is an anchor; `undefined` for an unknown one. */
function tokensOf(fragment: string, anchors: ReadonlyMap<string, string> | undefined): string[] | undefined {
  if (fragment !== "" && !fragment.startsWith("/")) return anchorTokens(anchors ?? new Map(), fragment);
  try {
    return pointerTokens(decodeURIComponent(fragment));
  } catch {
    return pointerTokens(fragment);
  }
}
