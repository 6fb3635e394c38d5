/** The document that Redoc shows: ours, with links to the error pages and with anchors that we know. */
import type { Json, JsonObject } from "../../json/json.ts";
import { asArray, asObject, isObject } from "../../json/json.ts";
import { pointerTokens, resolvePointer } from "../../json/pointer.ts";
import type { Operation } from "../../model/api-model.ts";
import { errorPagePath } from "../../model/error-page.ts";
import { markdownCode } from "../../print/markdown.ts";
import { addresses, tagsOf, untagged, type ReferenceAnchors } from "./view/addresses.ts";
import type { SiteContext } from "./view/operation-row.ts";
import { fileOf, rootOf } from "./site.ts";

/**
 * A copy of the expanded document in which every operation lists its error codes in its description (Redoc keeps error
 * bodies behind tabs), and in which tags and operation ids are the slugs of `ReferenceAnchors`. Nothing of the model is
 * changed; what is not touched is shared with it.
 */
export function referenceDocument({ model, anchors }: SiteContext): JsonObject {
  const copy = new Copy(model.document);
  for (const operation of model.operations) {
    const node = asObject(resolvePointer(model.document, operation.pointer));
    copy.set(operation.pointer, {
      ...node,
      operationId: anchors.operations.get(operation.id)?.name ?? operation.id,
      // Redoc would show the slug otherwise.
      summary: operation.summary ?? operation.id,
      tags: tagsOf(operation).map((tag) => anchors.tags.get(tag) ?? tag),
      description: [operation.description?.trim() ?? "", errorList(operation)]
        .filter((text) => text !== "")
        .join("\n\n"),
    });
  }
  copy.set("/tags", tagList(model.document, anchors, model.operations));
  const groups = model.document["x-tagGroups"];
  if (groups !== undefined)
    copy.set(
      "/x-tagGroups",
      asArray(groups).map((group) => renamedGroup(group, anchors)),
    );
  return copy.root;
}

/** A list, one item a status. */
function errorList({ errors }: Operation): string {
  if (errors.length === 0) return "";
  const up = rootOf(addresses.reference);
  const byStatus = new Map<string, string[]>();
  for (const { code, status } of errors) {
    const link = `[${markdownCode(code)}](${up}${fileOf(errorPagePath(code), "html")})`;
    byStatus.set(status, [...(byStatus.get(status) ?? []), link]);
  }
  const items = [...byStatus].map(([status, links]) => `- ${status} ${links.join(", ")}`);
  return `**Error codes**\n\n${items.join("\n")}`;
}

function tagList(document: JsonObject, anchors: ReferenceAnchors, operations: readonly Operation[]): Json {
  const declared = asArray(document["tags"]).filter(isObject);
  const names = declared.map(({ name }) => name);
  const used = [...new Set(operations.flatMap(tagsOf))].filter((name) => !names.includes(name));
  return [...declared, ...used.map((name): JsonObject => ({ name }))].map((tag) => {
    // A nested tag would put its parent's slug before its own.
    const { parent: _parent, ...rest } = tag;
    const name = typeof tag["name"] === "string" ? tag["name"] : untagged;
    return { ...rest, name: anchors.tags.get(name) ?? name, "x-displayName": tag["x-displayName"] ?? name };
  });
}

function renamedGroup(group: Json, anchors: ReferenceAnchors): Json {
  const tags = asArray(asObject(group)["tags"]).map((name) =>
    typeof name === "string" ? (anchors.tags.get(name) ?? name) : name,
  );
  return { ...asObject(group), tags };
}

/** Copies objects on the way to what is set, each once. */
class Copy {
  readonly root: JsonObject;
  readonly #own = new Set<Json>();

  constructor(root: JsonObject) {
    this.root = this.#copied(root);
  }

  set(pointer: string, value: Json): void {
    const tokens = pointerTokens(pointer);
    const last = tokens.pop() ?? "";
    let node = this.root;
    for (const token of tokens) {
      const child = asObject(node[token]);
      const next = this.#own.has(child) ? child : this.#copied(child);
      define(node, token, next);
      node = next;
    }
    define(node, last, value);
  }

  #copied(object: JsonObject): JsonObject {
    const copy = { ...object };
    this.#own.add(copy);
    return copy;
  }
}

/** Never the prototype: a path may be called anything. */
function define(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
