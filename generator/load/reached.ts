/** Reads the files of a document: whatever something refers to that the root reaches. */
import { isObject, type Json } from "../json/json.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";
import { isReference } from "./prescan.ts";
import { Targets } from "./targets.ts";

interface Reference {
  readonly ref: string;
  /** The `absoluteRef` of its file. */
  readonly from: string;
}

/** A file that cannot be read is no error yet: the structure of a document says whether something needs it. */
export async function readReached(root: LoadedFile, resolver: GuardedResolver): Promise<Targets> {
  const targets = new Targets(resolver);
  const seen = new Set<object>();
  let open: Reference[] = [];
  collect(root.value, root.document.source.absoluteRef, open, seen);
  while (open.length > 0) {
    const next: Reference[] = [];
    const unread = new Set<string>();
    for (const reference of open) {
      const target = targets.follow(reference.ref, reference.from);
      if (target.found === "value") collect(target.node, target.place.source.absoluteRef, next, seen);
      if (target.found === "unread") {
        unread.add(target.absoluteRef);
        next.push(reference);
      }
    }
    await Promise.all([...unread].map((absoluteRef) => resolver.read(absoluteRef)));
    open = next;
  }
  return targets;
}

/** The references in objects that have not been seen. How deep they nest has been bounded when the file was read. */
function collect(
  node: Json | undefined,
  from: string,
  references: Reference[],
  seen: Set<object>,
  name?: string,
): void {
  if (typeof node !== "object" || node === null || seen.has(node)) return;
  seen.add(node);
  for (const [key, value] of Object.entries(node)) {
    if (isObject(node) && isReference(key, value, name)) references.push({ ref: value, from });
    else collect(value, from, references, seen, key);
  }
}
