/** Makes the engine's work as large as the change, not as the document: leaves out paths that nothing touches. */
import { asObject, type JsonObject } from "../../json/json.ts";
import { refPointer } from "../../json/pointer.ts";

/**
 * Both documents without the path items, and then the schemas, that are the same on both sides and lead to nothing
 * that differs. What stays keeps its pointers.
 */
export function prune(base: JsonObject, revision: JsonObject): readonly [JsonObject, JsonObject] {
  const index = new Index([base, revision]);
  const touched = index.touched();
  const isTouched = (path: string): boolean => {
    const [before, after] = [base, revision].map((document) => textOf(asObject(document["paths"])[path]));
    return (
      before !== after || [before, after].some((text) => refsIn(text ?? "").some((ref) => touched.has(ref)))
    );
  };
  const kept = new Set(
    [base, revision].flatMap((document) => Object.keys(asObject(document["paths"]))).filter(isTouched),
  );
  const shrunk = [base, revision].map((document): JsonObject => {
    const paths = Object.fromEntries(
      Object.entries(asObject(document["paths"])).filter(([path]) => kept.has(path)),
    );
    return { ...document, paths };
  });
  const needed = index.reachable(shrunk);
  const [before = base, after = revision] = shrunk.map((document) =>
    withSchemas(document, (ref) => needed.has(ref) || touched.has(ref)),
  );
  return [before, after];
}

function withSchemas(document: JsonObject, keep: (ref: string) => boolean): JsonObject {
  const components = asObject(document["components"]);
  const schemas = Object.entries(asObject(components["schemas"])).filter(([name]) =>
    keep(`/components/schemas/${name}`),
  );
  return { ...document, components: { ...components, schemas: Object.fromEntries(schemas) } };
}

/** The components of both documents, and which lead to which. */
class Index {
  readonly #texts = new Map<string, string[]>();
  readonly #refs = new Map<string, ReadonlySet<string>>();

  constructor(documents: readonly JsonObject[]) {
    documents.forEach((document, side) => {
      for (const [section, entries] of Object.entries(asObject(document["components"]))) {
        for (const [name, value] of Object.entries(asObject(entries))) {
          const key = `/components/${section}/${name}`;
          const texts = this.#texts.get(key) ?? [];
          texts[side] = textOf(value);
          this.#texts.set(key, texts);
        }
      }
    });
    for (const [key, texts] of this.#texts) {
      this.#refs.set(key, new Set([texts[0] ?? "", texts[1] ?? ""].flatMap(refsIn)));
    }
  }

  /** Components that differ, and those that lead to one of them. */
  touched(): ReadonlySet<string> {
    const found = new Set(
      [...this.#texts].filter(([, [before, after]]) => before !== after).map(([key]) => key),
    );
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const [key, refs] of this.#refs) if ([...refs].some((ref) => found.has(ref))) found.add(key);
    }
    return found;
  }

  /** Everything that the documents lead to from outside `components.schemas`. */
  reachable(documents: readonly JsonObject[]): ReadonlySet<string> {
    const open = documents.flatMap((document) => {
      const others = Object.entries(asObject(document["components"])).filter(
        ([section]) => section !== "schemas",
      );
      return refsIn(textOf({ ...document, components: Object.fromEntries(others) }));
    });
    const found = new Set<string>();
    for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
      if (found.has(ref)) continue;
      found.add(ref);
      open.push(...(this.#refs.get(ref) ?? []));
    }
    return found;
  }
}

function textOf(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** The components that a text of JSON refers to, `$ref`s and mappings alike, as `/components/schemas/Name`. */
function refsIn(text: string): string[] {
  return Array.from(text.matchAll(/"(#\/components\/[^"/\\]+\/[^"/\\]+)/g), ([, ref = ""]) =>
    componentOf(ref),
  );
}

function componentOf(ref: string): string {
  return (refPointer(ref) ?? "").replaceAll("~1", "/").replaceAll("~0", "~");
}
