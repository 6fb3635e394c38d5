/** OpenAPI Overlays: what JSONPath selects, how actions change a document, and which line a node then comes from. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/json/json.ts";
import { JsonPathError, parseJsonPath } from "../../generator/json/json-path.ts";
import { selectNodes } from "../../generator/json/select.ts";
import { load } from "../../generator/load/load.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

/** The examples of RFC 9535 §1.5, and what they select. */
const store = {
  store: {
    book: [
      { category: "reference", author: "Rees", title: "Sayings", price: 8.95 },
      { category: "fiction", author: "Waugh", title: "Sword", price: 12.99 },
      { category: "fiction", author: "Melville", title: "Moby", isbn: "0-553", price: 8.99 },
      { category: "fiction", author: "Tolkien", title: "Rings", isbn: "0-395", price: 22.99 },
    ],
    bicycle: { color: "red", price: 399 },
  },
};

describe("JSONPath", () => {
  const select = (path: string, root: Json = store): string[] =>
    selectNodes(root, parseJsonPath(path)).map(({ tokens }) => tokens.join("/"));

  it.each([
    ["$", [""]],
    ["$.store.book[*].author", [0, 1, 2, 3].map((at) => `store/book/${String(at)}/author`)],
    ["$..author", [0, 1, 2, 3].map((at) => `store/book/${String(at)}/author`)],
    ["$.store.*", ["store/book", "store/bicycle"]],
    ["$..book[2].title", ["store/book/2/title"]],
    ["$..book[-1]", ["store/book/3"]],
    ["$..book[0,1]", ["store/book/0", "store/book/1"]],
    ["$..book[:2]", ["store/book/0", "store/book/1"]],
    ["$..book[::-2]", ["store/book/3", "store/book/1"]],
    ["$..book[?@.isbn]", ["store/book/2", "store/book/3"]],
    ["$..book[?!@.isbn && @.price < 10]", ["store/book/0"]],
    ["$..book[?(@.price > 20 || @.category == 'reference')]", ["store/book/0", "store/book/3"]],
    ["$..[?@.price == $.store.bicycle.price]", ["store/bicycle"]],
    ["$.store['book', \"bicycle\"].price", ["store/bicycle/price"]],
    ["$.store.nothing", []],
    ["$.__proto__", []],
  ])("%s", (path, selected) => {
    expect(select(path)).toEqual(selected);
  });

  it.each([
    "",
    "store",
    "$.",
    "$[",
    "$['a]",
    "$[?]",
    "$[?1]",
    "$[?length(@) > 1]",
    "$.a b",
    "$[01]",
    "$[?(((@.a))",
  ])("does not take %s", (path) => {
    expect(() => parseJsonPath(path)).toThrow(JsonPathError);
  });
});

const folder = new TemporaryFolder();

const document = `openapi: 3.1.0
info: { title: T, version: "1" }
tags:
  - name: one
  - name: two
  - name: three
paths:
  /things:
    get:
      operationId: listThings
      responses:
        "200": { description: ok }
    post:
      operationId: addThing
      responses:
        "200": { description: ok }
`;

async function overlaid(
  actions: string,
  head = "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions:\n",
) {
  const path = folder.write("api.yaml", document);
  const overlay = folder.write("overlay.yaml", head + actions);
  const result = await load(path, { cwd: folder.path, allowRemote: false, overlays: [overlay] });
  const complaints = result.diagnostics.map(
    ({ code, location }) => `${code} ${location?.file ?? ""}:${String(location?.line ?? 0)}`,
  );
  const at = (pointer: string): string => {
    const place = result.document?.locate(pointer);
    return `${place?.file ?? ""}:${String(place?.line ?? 0)}`;
  };
  return {
    root: result.document?.root,
    strict: result.document?.strict,
    files: result.document?.files,
    complaints,
    at,
  };
}

describe("an overlay", () => {
  it("merges objects, joins lists, removes, and knows where everything stands", async () => {
    const { root, at, complaints, files, strict } = await overlaid(`
  - target: $.tags[?@.name == 'one' || @.name == 'two']
    remove: true
  - target: $.tags
    update: { name: four }
  - target: $.paths.*.*
    update:
      tags: [four]
      responses:
        "404":
          description: none
  - target: $.info
    update: { title: New }
  - target: $
    update:
      components:
        schemas:
          ErrorEnvelope:
            type: object
`);
    expect(complaints).toEqual([]);
    expect(root).toMatchObject({
      info: { title: "New", version: "1" },
      tags: [{ name: "three" }, { name: "four" }],
      paths: {
        "/things": { get: { tags: ["four"], responses: { "200": {}, "404": { description: "none" } } } },
      },
      components: { schemas: { ErrorEnvelope: { type: "object" } } },
    });
    expect(at("/info/title")).toBe("overlay.yaml:16");
    expect(at("/info/version")).toBe("api.yaml:2");
    expect(at("/tags/0/name")).toBe("api.yaml:6");
    expect(at("/tags/1/name")).toBe("overlay.yaml:8");
    expect(at("/paths/~1things/post/operationId")).toBe("api.yaml:14");
    expect(at("/paths/~1things/post/responses/404/description")).toBe("overlay.yaml:14");
    expect(at("/components/schemas/ErrorEnvelope/type")).toBe("overlay.yaml:22");
    expect(files?.map(({ path }) => path)).toEqual(["api.yaml", "overlay.yaml"]);
    expect(strict).toBe(false);
  });

  it.each([
    ["- { target: $.nothing, remove: true }", "lockstep/overlay-unmatched overlay.yaml:4"],
    ["- { target: '$.info[', remove: true }", "lockstep/overlay-invalid overlay.yaml:4"],
    ["- { target: $.info }", "lockstep/overlay-invalid overlay.yaml:4"],
    ["- { target: $.info, updates: {} }", "lockstep/overlay-invalid overlay.yaml:4"],
    ["- { target: $.info.title, update: { a: b } }", "lockstep/overlay-action overlay.yaml:4"],
    ["- { target: $.info, update: text }", "lockstep/overlay-action overlay.yaml:4"],
    ["- { target: $, remove: true }", "lockstep/overlay-action overlay.yaml:4"],
    ["- { target: $.info, update: { x-a: { $ref: other.yaml } } }", "lockstep/overlay-action overlay.yaml:4"],
  ])("%s", async (actions, complaint) => {
    expect((await overlaid(actions)).complaints).toEqual([complaint]);
  });

  it("is reported where it, or what it adds, is wrong", async () => {
    expect((await overlaid("", "overlay: 2.0.0\nactions: []\n")).complaints).toEqual([
      "lockstep/overlay-invalid overlay.yaml:1",
    ]);
    const dangling =
      "\n  - target: $.paths['/things'].get.responses['200']\n    update:\n      content:\n        application/json:\n          schema: { $ref: '#/components/schemas/None' }\n";
    expect((await overlaid(dangling)).complaints).toEqual([expect.stringContaining("overlay.yaml:9")]);
  });
});
