/** Where the published documentation of a code stands. */
import type { ApiInfo } from "./api-model.ts";

/** The path of a code's page in the documentation site, relative to its root: `errors/not_found/`. */
export function errorPagePath(code: string): string {
  return `errors/${encodeURIComponent(code)}/`;
}

/** The page's address under `externalDocs.url` of the document; `undefined` where it has none. */
export function errorPageUrl({ docsUrl }: ApiInfo, code: string): string | undefined {
  if (docsUrl === undefined) return undefined;
  return `${docsUrl.endsWith("/") ? docsUrl : `${docsUrl}/`}${errorPagePath(code)}`;
}
