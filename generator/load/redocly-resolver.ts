/** Redocly's file resolver, behind our own reader, for its linter. */
import { BaseResolver, Source, type Document } from "@redocly/openapi-core";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

export class RedoclyResolver extends BaseResolver {
  readonly #files: GuardedResolver;

  constructor(files: GuardedResolver) {
    super();
    this.#files = files;
  }

  async root(path: string): Promise<Document> {
    return documentOf(await this.#files.loadRoot(path));
  }

  override async resolveDocument<T = unknown>(base: string | null, ref: string): Promise<Document<T>> {
    const file = await this.#files.file(this.resolveExternalRef(base, ref));
    // Redocly's signature lets callers name the type of data they expect without a check.
    return documentOf(file) as Document<T>;
  }
}

function documentOf({ source, text, value }: LoadedFile): Document {
  return { source: new Source(source.absoluteRef, text.body), parsed: value };
}
