/** Finds references that lead only to one another; Redocly's resolver stops at them without a place. */
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import { resolvePointer } from "../json/pointer.ts";
import { isObject, type Json } from "../json/json.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

export interface ReferenceCycle {
  readonly ref: string;
  readonly location: SourceLocation;
}

/** Every `$ref` of the files read so far whose chain comes back to itself. */
export function findReferenceCycles(resolver: GuardedResolver): ReferenceCycle[] {
  const cycles: ReferenceCycle[] = [];
  for (const [absoluteRef, file] of resolver.files) {
    for (const found of references(file.value)) {
      if (!comesBack(resolver, absoluteRef, found.ref)) continue;
      cycles.push({ ref: found.ref, location: file.text.locate([...found.tokens, "$ref"]) });
    }
  }
  return cycles;
}

function comesBack(resolver: GuardedResolver, from: string, ref: string): boolean {
  const seen = new Set<string>();
  let file = from;
  let next: string | undefined = ref;
  while (next !== undefined) {
    const [uri = "", fragment = ""] = next.split("#");
    if (uri !== "") file = resolver.resolveExternalRef(file, uri);
    const id = `${file}#${fragment}`;
    if (seen.has(id)) return true;
    seen.add(id);
    next = refAlong(resolver.files.get(file), decode(fragment));
  }
  return false;
}

/** The first `$ref` met on the way to a pointer: it is followed before the rest of the way. */
function refAlong(file: LoadedFile | undefined, pointer: string): string | undefined {
  const end = pointer.length;
  for (let cut = pointer.indexOf("/", 1); ; cut = pointer.indexOf("/", cut + 1)) {
    const node =
      file?.value === undefined
        ? undefined
        : resolvePointer(file.value, pointer.slice(0, cut === -1 ? end : cut));
    if (isObject(node) && typeof node["$ref"] === "string") return node["$ref"];
    if (cut === -1 || node === undefined) return undefined;
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function* references(
  root: Json | undefined,
): Generator<{ readonly ref: string; readonly tokens: readonly string[] }> {
  const open: { readonly node: Json | undefined; readonly tokens: readonly string[] }[] = [
    { node: root, tokens: [] },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, tokens } = next;
    if (typeof node !== "object" || node === null) continue;
    if (isObject(node) && typeof node["$ref"] === "string") yield { ref: node["$ref"], tokens };
    for (const [key, value] of Object.entries(node)) open.push({ node: value, tokens: [...tokens, key] });
  }
}
