/** Where the published documentation of a code stands. */
import { createHash } from "node:crypto";
import type { ApiInfo } from "./api-model.ts";

/** Names that are a folder on every file system and stand in an address as they are. */
const plainName = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?$/;
/** Windows keeps these for devices. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The path of a code's page in the documentation site, relative to its root: `errors/not_found/`. A code that cannot be
 * the name of a folder everywhere gets one made of its letters and a hash.
 */
export function errorPagePath(code: string): string {
  if (plainName.test(code) && !deviceName.test(code)) return `errors/${code}/`;
  const letters = code
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 8);
  return `errors/${letters === "" ? "code" : letters}-${hash}/`;
}

/** The page's address under `externalDocs.url` of the document; `undefined` where it has none. */
export function errorPageUrl({ docsUrl }: ApiInfo, code: string): string | undefined {
  if (docsUrl === undefined) return undefined;
  return `${docsUrl.endsWith("/") ? docsUrl : `${docsUrl}/`}${errorPagePath(code)}`;
}
