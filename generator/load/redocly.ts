/**
 * The parts of openapi-core that read and walk one document. Its main file loads the linters of six other
 * specifications with them, the parser of GraphQL and two ajv, which takes longer than to generate from most documents.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as Core from "@redocly/openapi-core";

/** Where the main file stands: the parts beside it are what it exports again, so that there is one of each. */
const folder = path.dirname(createRequire(import.meta.url).resolve("@redocly/openapi-core"));

function part(file: string): Promise<unknown> {
  return import(pathToFileURL(path.join(folder, file)).href);
}

// What a computed `import` gives is untyped; the main file of this very version has the same under its types.
const resolving = (await part("resolve.js")) as Pick<typeof Core, "BaseResolver" | "Source">;
const walking = (await part("walk.js")) as Pick<typeof Core, "walkDocument">; // As above.
const visitors = (await part("visitors.js")) as Pick<typeof Core, "normalizeVisitors">; // As above.
const types = (await part("types/index.js")) as Pick<typeof Core, "normalizeTypes">; // As above.
const yaml = (await part("js-yaml/index.js")) as Pick<typeof Core, "parseYaml">; // As above.
const versions = (await part("oas-types.js")) as Pick<typeof Core, "getTypes">; // As above.
const detection = (await part("detect-spec.js")) as Pick<typeof Core, "detectSpec">; // As above.
// The main file hands rules out by name only, as functions from their options to visitors.
const struct = (await part("rules/common/struct.js")) as {
  readonly Struct: (options: object) => ReturnType<Core.Oas3Rule>;
};

export const { BaseResolver, Source } = resolving;
export const { walkDocument } = walking;
export const { normalizeVisitors } = visitors;
export const { normalizeTypes } = types;
export const { parseYaml } = yaml;
export const { getTypes } = versions;
export const { detectSpec } = detection;
export const { Struct } = struct;
