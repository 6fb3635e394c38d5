/** The addresses of pages, relative to the site's root. */
import type { ApiModel, Operation } from "../../../model/api-model.ts";
import { uniqueNames } from "../../../json/identifier.ts";

export const addresses = {
  start: "",
  errors: "errors/",
  matrix: "operations/",
  reference: "reference/",
  changelog: "changelog/",
} as const;

/** A document that names no code has no pages about codes: they would be empty. */
export function hasErrorPages({ errors }: ApiModel): boolean {
  return errors.codes.length + errors.retired.length > 0;
}

/**
 * The fragments that open tags and operations in the reference. Redoc makes its own from tags and operation ids by rules
 * that are not an interface of it; so the document that it is given has tags and ids of ours, on which they change nothing.
 */
export interface ReferenceAnchors {
  /** Tag name to slug. */
  readonly tags: ReadonlyMap<string, string>;
  /** Operation id to `{ tag, name }`, both slugs. */
  readonly operations: ReadonlyMap<string, { readonly tag: string; readonly name: string }>;
}

/** The tag of operations that have none. */
export const untagged = "Operations";

export function referenceAnchors(model: ApiModel): ReferenceAnchors {
  const unique = uniqueNames(["webhooks", "section"]);
  const tags = new Map<string, string>();
  const names = [
    ...model.tags.map(({ name }) => name),
    ...model.operations.flatMap((operation) => tagsOf(operation)),
  ];
  for (const name of names) if (!tags.has(name)) tags.set(name, unique(slug(name, "tag")));
  const uniqueOperation = uniqueNames();
  const operations = new Map<string, { tag: string; name: string }>();
  for (const operation of model.operations) {
    const tag = tags.get(tagsOf(operation)[0] ?? untagged) ?? "operations";
    operations.set(operation.id, { tag, name: uniqueOperation(slug(operation.id, "operation")) });
  }
  return { tags, operations };
}

export function tagsOf({ tags }: Operation): readonly string[] {
  return tags.length > 0 ? tags : [untagged];
}

/** `reference/#/broadcasts/sendpreparedbroadcast`. */
export function operationAddress(anchors: ReferenceAnchors, id: string): string {
  const anchor = anchors.operations.get(id);
  return anchor === undefined ? addresses.reference : `${addresses.reference}#/${anchor.tag}/${anchor.name}`;
}

/** `reference/#/broadcasts`. */
export function tagAddress(anchors: ReferenceAnchors, tag: string): string {
  const slug = anchors.tags.get(tag);
  return slug === undefined ? addresses.reference : `${addresses.reference}#/${slug}`;
}

function slug(text: string, otherwise: string): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return words === "" ? otherwise : words.slice(0, 80);
}
