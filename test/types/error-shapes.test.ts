/** The recipes of docs/error-shapes.md: each document with its overlay compiles, and its server refuses as the page shows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Api } from "lockstep-openapi-runtime/server";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { compile } from "../../generator/cli/run/compile.ts";
import { hasErrors } from "../../generator/diagnostics/diagnose.ts";
import { isObject, type Json } from "../../generator/json/json.ts";
import { OverlaidDocument } from "../../generator/load/overlay/overlaid.ts";
import { typeErrors } from "../support/type-check.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/error-shapes.md"), "utf8");

interface Recipe {
  readonly name: string;
  readonly document: Json;
  readonly overlay: Json;
  readonly body: unknown;
}

const recipes = page
  .split(/^## /m)
  .slice(1)
  .map((section): Recipe => {
    const blocks = Array.from(section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm), ([, text = ""]) => text);
    const [document, overlay, body] = blocks.map((text) => parse(text) as Json); // JSON, too, is YAML
    if (document === undefined || overlay === undefined)
      throw new Error(`A recipe is incomplete: ${section}`);
    return { name: section.split("\n", 1)[0] ?? "", document, overlay, body };
  });

const base = {
  openapi: "3.1.0",
  info: { title: "People", version: "1" },
  paths: {
    "/people": {
      post: {
        operationId: "addPerson",
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Person" } } },
        },
        responses: { "204": { description: "Added" } },
      },
    },
  },
  components: {
    schemas: {
      Person: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string" }, age: { type: "integer", minimum: 0 } },
      },
    },
  },
};

/** Inside the repository, so that the runtime resolves by package name; git ignores it. */
const scratch = join(root, "tmp");
let folder = "";
const failures = new Map<string, readonly string[]>();

async function generate({ document, overlay }: Recipe, name: string): Promise<void> {
  const merged = new OverlaidDocument<never>(base);
  merged.update([], document, { file: undefined, tokens: [] });
  const home = join(folder, name);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "openapi.yaml"), stringify(merged.root));
  const actions = [{ target: "$", update: overlay }];
  const head = { overlay: "1.0.0", info: { title: "Errors", version: "1" } };
  writeFileSync(join(home, "overlay.yaml"), stringify({ ...head, actions }));
  const api = {
    name,
    document: join(home, "openapi.yaml"),
    overlays: [join(home, "overlay.yaml")],
    out: join(home, "generated"),
    importExtension: ".ts",
    allowRemoteRefs: false,
    allowRefFolders: [],
    docs: {},
  } as const;
  const { diagnostics, output } = await compile(api, home, () => undefined);
  failures.set(
    name,
    diagnostics.map(({ code, message }) => `${code} ${message}`),
  );
  for (const { path, content } of hasErrors(diagnostics) ? [] : (output?.files ?? [])) {
    const file = join(home, "generated", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const folderOf = (index: number): string => `shape-${String(index)}`;

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, "shapes-"));
  for (const [index, recipe] of recipes.entries()) await generate(recipe, folderOf(index));
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(recipes.map(({ name, body }, index) => ({ name, body, index })))("$name", ({ body, index }) => {
  it("is what the server responds, and the client reads", async () => {
    expect(failures.get(folderOf(index))).toEqual([]);
    const at = (file: string): string => pathToFileURL(join(folder, folderOf(index), "generated", file)).href;
    const server = (await import(at("server.ts"))) as { createApi(options: object): Api }; // what server.ts exports
    const violations: unknown[] = [];
    const handlers = { people: { addPerson: () => ({ status: 204 }) } };
    const hooks = {
      onViolation: (violation: unknown) => void violations.push(violation),
      onUndeclared: () => undefined,
    };
    const handler = fetchHandler(server.createApi({ handlers, hooks }));
    const response = await handler(
      new Request("http://h/people", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"age":-1}',
      }),
    );
    const text = await response.clone().text();
    expect(typeof body === "string" ? text : JSON.parse(text)).toEqual(body);
    expect(violations).toEqual([]);
    const client = (await import(at("client.ts"))) as { createClient(options: object): Client }; // what client.ts exports
    const { people } = client.createClient({
      baseUrl: "http://h",
      fetch: () => Promise.resolve(response),
    });
    const { error } = await people.addPerson({ body: { name: "x" } });
    expect(error).toMatchObject({ status: response.status });
    const said = messageIn(body);
    if (said !== undefined) expect(error?.message).toBe(said);
  });
});

interface Client {
  readonly people: {
    addPerson(input: object): Promise<{ readonly error?: { readonly message: string } }>;
  };
}

function messageIn(body: unknown): string | undefined {
  // As parsed from the page: JSON.
  const value = body as Json;
  if (typeof value === "string") return value;
  const inner = isObject(value)
    ? (value["message"] ?? (isObject(value["error"]) ? value["error"]["message"] : value["detail"]))
    : undefined;
  return typeof inner === "string" ? inner : undefined;
}

it("compiles strictly, in every shape", () => {
  expect(typeErrors([folder])).toEqual([]);
}, 60_000);
