/** Emits the validators of a document, strips their types and imports them, so that tests run what a team would run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import type { Finding } from "../../generator/diagnostics/diagnostic.ts";
import type { GeneratedFile } from "../../generator/emit/emitter.ts";
import { emitValidators } from "../../generator/emit/validators/emit.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";

export interface RequestIssue {
  readonly in: string;
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

export interface Checked {
  readonly value?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly RequestIssue[];
}

export type HeaderLookup = (name: string) => unknown;

export interface RawParameters {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly header?: HeaderLookup;
}

export interface Media {
  readonly mediaType: string;
  readonly kind: string;
  is(value: unknown): boolean;
  check(value: unknown): RequestIssue | undefined;
  collect(value: unknown, limit?: number): RequestIssue[];
  read(raw: unknown, limit?: number): { readonly value?: unknown; readonly issues?: readonly RequestIssue[] };
}

export interface Request {
  readonly unchecked: readonly string[];
  parameters(raw: RawParameters, options?: object): Checked;
  readonly body: {
    readonly required: boolean;
    match(contentType: string | null): Media | undefined;
    read(contentType: string | null, raw: unknown): ReturnType<Media["read"]>;
  };
}

export interface Responses {
  match(
    status: number,
  ): { readonly status: string; match(contentType: string): Media | undefined } | undefined;
  check(
    answer: { status: number; contentType?: string; body?: unknown; header: HeaderLookup },
    limit?: number,
  ): RequestIssue[];
}

export interface Emitted {
  readonly findings: readonly Finding[];
  readonly files: readonly GeneratedFile[];
  readonly request: (identifier: string) => Request;
  readonly responses: (identifier: string) => Responses;
  /** Everything that `index.ts` exports. */
  readonly schemas: Readonly<Record<string, unknown>>;
}

/** @param document OpenAPI 3.1, expanded */
export async function emitDocument(document: JsonObject): Promise<Emitted> {
  const { files, findings } = emitValidators(buildModel(document).model, { importExtension: ".js" });
  const folder = mkdtempSync(join(tmpdir(), "lockstep-messages-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    for (const { path, content } of files) {
      const target = join(folder, path.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, transformSync(content, { loader: "ts", format: "esm", target: "node20" }).code);
    }
    const operations = await load(join(folder, "validators/operations.js"));
    return {
      files,
      findings,
      // The emitter promises these two names for every operation; the tests check that it keeps the promise.
      request: (identifier) => operations[`${identifier}Request`] as Request,
      responses: (identifier) => operations[`${identifier}Responses`] as Responses, // see above
      schemas: await load(join(folder, "validators/index.js")),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load(file: string): Promise<Record<string, unknown>> {
  // A module namespace is an object with string keys; import() only says `any`.
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** A document with one operation for each entry, `get /<id>` with the operation id. */
export function documentOf(
  operations: Readonly<Record<string, JsonObject>>,
  components: JsonObject = {},
): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [id, operation] of Object.entries(operations)) {
    paths[`/${id}`] = { post: { operationId: id, responses: {}, ...operation } };
  }
  return { openapi: "3.1.1", info: { title: "Test", version: "1" }, paths, components };
}

/** Header fields from a plain object with lower-case names. */
export function headers(fields: Readonly<Record<string, unknown>>): HeaderLookup {
  return (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
}
