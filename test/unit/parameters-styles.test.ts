/** Every style × explode × type, with the values of OpenAPI 3.1.2 §4.8.12.7 (style examples) and of 3.2's cookie style. */
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { documentOf, emitDocument, headers, type Emitted } from "./validators-operations-emitted.ts";

const text = { type: "string" } as const;
const list = { type: "array", items: text } as const;
const rgb = {
  type: "object",
  properties: { R: { type: "integer" }, G: { type: "integer" }, B: { type: "integer" } },
  required: ["R", "G", "B"],
  additionalProperties: false,
} as const;
const colors = ["blue", "black", "brown"];
const channels = { R: 100, G: 200, B: 150 };

type Row = readonly [
  place: string,
  style: string,
  explode: boolean,
  schema: JsonObject,
  raw: string,
  value: unknown,
];

const rows: readonly Row[] = [
  ["path", "matrix", false, text, ";color", ""],
  ["path", "matrix", false, text, ";color=blue", "blue"],
  ["path", "matrix", false, list, ";color=blue,black,brown", colors],
  ["path", "matrix", false, rgb, ";color=R,100,G,200,B,150", channels],
  ["path", "matrix", true, text, ";color", ""],
  ["path", "matrix", true, text, ";color=blue", "blue"],
  ["path", "matrix", true, list, ";color=blue;color=black;color=brown", colors],
  ["path", "matrix", true, rgb, ";R=100;G=200;B=150", channels],
  ["path", "label", false, text, ".", ""],
  ["path", "label", false, text, ".blue", "blue"],
  ["path", "label", false, list, ".blue,black,brown", colors],
  ["path", "label", false, rgb, ".R,100,G,200,B,150", channels],
  ["path", "label", true, text, ".", ""],
  ["path", "label", true, text, ".blue", "blue"],
  ["path", "label", true, list, ".blue.black.brown", colors],
  ["path", "label", true, rgb, ".R=100.G=200.B=150", channels],
  ["path", "simple", false, text, "blue", "blue"],
  ["path", "simple", false, list, "blue,black,brown", colors],
  ["path", "simple", false, rgb, "R,100,G,200,B,150", channels],
  ["path", "simple", true, text, "blue", "blue"],
  ["path", "simple", true, list, "blue,black,brown", colors],
  ["path", "simple", true, rgb, "R=100,G=200,B=150", channels],
  ["header", "simple", false, text, "blue", "blue"],
  ["header", "simple", false, list, "blue,black,brown", colors],
  ["header", "simple", false, list, " blue , black,\tbrown,", colors],
  ["header", "simple", false, rgb, "R,100,G,200,B,150", channels],
  ["header", "simple", true, list, "blue,black,brown", colors],
  ["header", "simple", true, rgb, "R=100, G=200, B=150", channels],
  ["query", "form", false, text, "color=", ""],
  ["query", "form", false, text, "color=blue", "blue"],
  ["query", "form", false, list, "color=blue,black,brown", colors],
  ["query", "form", false, rgb, "color=R,100,G,200,B,150", channels],
  ["query", "form", true, text, "color=", ""],
  ["query", "form", true, text, "color=blue", "blue"],
  ["query", "form", true, list, "color=blue&color=black&color=brown", colors],
  ["query", "form", true, rgb, "R=100&G=200&B=150", channels],
  ["query", "spaceDelimited", false, list, "color=blue%20black%20brown", colors],
  ["query", "spaceDelimited", false, list, "color=blue+black+brown", colors],
  ["query", "spaceDelimited", false, rgb, "color=R%20100%20G%20200%20B%20150", channels],
  ["query", "spaceDelimited", true, list, "color=blue&color=black&color=brown", colors],
  ["query", "pipeDelimited", false, list, "color=blue%7Cblack%7Cbrown", colors],
  ["query", "pipeDelimited", false, list, "color=blue|black|brown", colors],
  ["query", "pipeDelimited", false, rgb, "color=R%7C100%7CG%7C200%7CB%7C150", channels],
  ["query", "pipeDelimited", true, list, "color=blue&color=black&color=brown", colors],
  ["query", "deepObject", true, rgb, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150", channels],
  ["query", "deepObject", true, rgb, "color[R]=100&color[G]=200&color[B]=150", channels],
  ["query", "deepObject", true, list, "color[]=blue&color[]=black&color[]=brown", colors],
  ["query", "deepObject", true, list, "color[1]=black&color[0]=blue&color[2]=brown", colors],
  ["query", "deepObject", true, list, "color=blue&color=black&color=brown", colors],
  ["cookie", "form", true, text, "color=blue", "blue"],
  ["cookie", "form", true, list, "color=blue&color=black&color=brown", colors],
  ["cookie", "form", true, list, "color=blue; color=black; color=brown", colors],
  ["cookie", "form", true, rgb, "R=100&G=200&B=150", channels],
  ["cookie", "form", true, rgb, "R=100; G=200; B=150", channels],
  ["cookie", "form", false, list, "color=blue,black,brown", colors],
  ["cookie", "form", false, rgb, "color=R,100,G,200,B,150", channels],
  ["cookie", "cookie", true, text, "color=bl%75e", "bl%75e"],
  ["cookie", "cookie", true, list, "color=blue; color=black; color=brown", colors],
  ["cookie", "cookie", true, rgb, "R=100; G=200; B=150", channels],
  ["cookie", "cookie", false, list, "color=blue,black,brown", colors],
  ["cookie", "cookie", false, rgb, "color=R,100,G,200,B,150", channels],
];

function operation([place, style, explode, schema]: Row): JsonObject {
  return { parameters: [{ name: "color", in: place, required: true, style, explode, schema }] };
}

describe("style examples", () => {
  let emitted: Emitted;
  beforeAll(async () => {
    const operations: Record<string, JsonObject> = {};
    for (const [i, row] of rows.entries()) operations[`case${String(i)}`] = operation(row);
    emitted = await emitDocument(documentOf(operations));
  });

  it.each(rows.map((row, i) => [...row, i] as const))(
    "%s %s explode=%s %j %s",
    (place, _style, _explode, _schema, raw, value, i) => {
      const request = emitted.request(`case${String(i)}`);
      const given = {
        path: { path: { color: raw } },
        query: { query: raw },
        header: { header: headers({ color: raw }) },
        cookie: { header: headers({ cookie: raw }) },
      }[place];
      expect(request.parameters(given ?? {}, { unknownQuery: "reject" })).toEqual({
        value: { [place]: { color: value } },
      });
    },
  );

  it("has nothing to say about these parameters", () => {
    expect(emitted.findings).toEqual([]);
  });

  it.each([
    ["label", { path: { color: "blue" } }, rows.findIndex(([, style]) => style === "label"), "style"],
    ["matrix", { path: { color: "blue" } }, rows.findIndex(([, style]) => style === "matrix"), "style"],
    [
      "matrix",
      { path: { color: ";shade=blue" } },
      rows.findIndex(([, style]) => style === "matrix"),
      "style",
    ],
  ] as const)("notes a path that is not written in the style %s", (_style, raw, i, rule) => {
    const { issues } = emitted.request(`case${String(i)}`).parameters(raw);
    expect(issues).toMatchObject([{ in: "path", pointer: "/color", rule }]);
  });
});

describe("combinations that the specification leaves open", () => {
  it("nests deep objects, and reads lists of objects", async () => {
    const schema = {
      type: "object",
      properties: {
        created: { type: "object", properties: { gt: { type: "integer" } } },
        items: { type: "array", items: { type: "object", properties: { price: { type: "number" } } } },
      },
    };
    const { request } = await emitDocument(
      documentOf({ search: { parameters: [{ name: "filter", in: "query", style: "deepObject", schema }] } }),
    );
    const query =
      "filter[created][gt]=5&filter[items][0][price]=1.5&filter[items][1][price]=2&filter[note]=7";
    expect(request("search").parameters({ query })).toEqual({
      value: {
        query: { filter: { created: { gt: 5 }, items: [{ price: 1.5 }, { price: 2 }], note: "7" } },
      },
    });
  });

  it("gives an exploded object only what no other parameter takes", async () => {
    const rest = { type: "object", additionalProperties: { type: "integer" } };
    const { request } = await emitDocument(
      documentOf({
        search: {
          parameters: [
            { name: "rest", in: "query", schema: rest },
            { name: "page", in: "query", schema: { type: "integer" } },
          ],
        },
      }),
    );
    expect(request("search").parameters({ query: "a=1&page=2&b=3" }, { unknownQuery: "reject" })).toEqual({
      value: { query: { rest: { a: 1, b: 3 }, page: 2 } },
    });
  });
});
