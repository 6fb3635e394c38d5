/** Builds the site of a document in memory, without Redoc, and looks things up in it. */
import { join } from "node:path";
import { emitDocs } from "../../generator/emit/docs/emit.ts";
import type { DocsOptions } from "../../generator/emit/docs/site.ts";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { load } from "../../generator/load/load.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { buildModel } from "../../generator/model/build.ts";

const repository = join(import.meta.dirname, "../..");

export async function canonicalModel(): Promise<ApiModel> {
  const { document } = await load(join(repository, "openapi/openapi.yaml"), {
    cwd: repository,
    allowRemote: false,
    allowFolders: [],
  });
  if (document === undefined) throw new Error("The canonical document does not load.");
  return modelOf(document.root);
}

/** The model of a bundled document. */
export function modelOf(root: JsonObject): ApiModel {
  return buildModel(expand(root).document).model;
}

/** Files by path. */
export function siteOf(model: ApiModel, options: Partial<DocsOptions> = {}): ReadonlyMap<string, string> {
  const { files, findings } = emitDocs(model, {
    templates: new Map(),
    openapiJson: "{}",
    redoc: { script: "globalThis.lockstepRedoc = undefined;", version: "0" },
    ...options,
  });
  if (findings.length > 0) throw new Error(findings[0]?.message);
  return new Map([
    ["openapi.yaml", ""],
    ...files.map(({ path, content }): [string, string] => [path, content]),
  ]);
}

export function pagesOf(site: ReadonlyMap<string, string>): [string, string][] {
  return [...site].filter(([path]) => path.endsWith(".html"));
}

/** The file at `path`; fails where there is none. */
export function fileAt(site: ReadonlyMap<string, string>, path: string): string {
  const content = site.get(path);
  if (content === undefined) throw new Error(`The site has no ${path}.`);
  return content;
}

/** A document with `count` operations that return two codes each, and with text of every kind. */
export function largeDocument(count: number): JsonObject {
  const paths = Array.from({ length: count }, (_, index): [string, JsonObject] => [
    `/things-of-a-rather-long-name/${String(index)}`,
    {
      get: {
        operationId: `readThing${String(index)}`,
        summary: `Read thing ${String(index)}`,
        tags: [`T${String(index % 9)}`],
        responses: { "200": { description: "ok" } },
        "x-errors": ["gone"],
      },
    },
  ]);
  const code = {
    status: 410,
    title: "Gone",
    meaning: "It is gone.",
    remediation: "Let it go.",
    message: "Gone.",
    retry: "never",
    "raised-by": "handler",
  };
  return {
    openapi: "3.1.0",
    info: { title: "Many", version: "1" },
    paths: Object.fromEntries(paths),
    components: {
      schemas: {
        ErrorEnvelope: {
          type: "object",
          required: ["error", "message"],
          properties: { error: { type: "string" }, message: { type: "string" }, details: { type: "object" } },
        },
        ErrorCode: {
          type: "string",
          enum: ["gone", "broken"],
          "x-error-codes": { gone: code, broken: { ...code, status: 500, "raised-by": "unhandled" } },
        },
      },
    },
  };
}

const attack =
  "<script>globalThis.owned = 1</script><img src=x onerror='globalThis.owned = 1'><svg onload=globalThis.owned=1>" +
  "[a](javascript:globalThis.owned=1) [b](<data:text/html,<script>globalThis.owned=1</script>>) " +
  '![c](https://evil.example/pixel.png) <https://evil.example> " onmouseover="globalThis.owned=1" {{constructor}} {% partial file="x" %}' +
  "<iframe src='https://evil.example'></iframe><style>@import 'https://evil.example/x.css'</style></script><script>globalThis.owned=1</script>";

/** Every text that an author can write tries to run a script or to load something. */
export const hostileDocument: JsonObject = {
  ...largeDocument(1),
  info: {
    title: `T ${attack}`,
    version: `1 ${attack}`,
    summary: attack,
    description: `# ${attack}\n\n${attack}`,
  },
  tags: [{ name: `tag ${attack}`, description: attack }],
  servers: [{ url: "https://api.example.com", description: attack }],
  paths: {
    [`/x/${attack.replaceAll(/[{}%#?]/g, "")}`]: {
      get: {
        operationId: `op ${attack}`,
        summary: attack,
        description: attack,
        tags: [`tag ${attack}`],
        responses: { "200": { description: attack } },
        "x-errors": ["gone"],
      },
    },
  },
  components: {
    schemas: {
      ErrorEnvelope: {
        type: "object",
        required: ["error", "message"],
        properties: { error: { type: "string" }, message: { type: "string" }, details: { type: "object" } },
      },
      Details: {
        type: "object",
        additionalProperties: false,
        properties: { [attack]: { type: "string", description: attack, enum: [attack] } },
      },
      ErrorCode: {
        type: "string",
        enum: ["gone"],
        "x-error-codes": {
          gone: {
            status: 410,
            title: attack,
            meaning: attack,
            remediation: attack,
            message: attack,
            retry: "never",
            "raised-by": ["handler", "unhandled"],
            details: { $ref: "#/components/schemas/Details" },
            since: attack,
          },
        },
      },
    },
  },
};
