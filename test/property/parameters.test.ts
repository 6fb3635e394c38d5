/** Parameters for any value and any text: what is encoded comes back, and nothing that arrives makes a reader throw. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { documentOf, emitDocument, headers, type Emitted } from "../unit/validators-operations-emitted.ts";

const text = { type: "string" } as const;
const list = { type: "array", items: text } as const;
const map = { type: "object", additionalProperties: text } as const;
const mixed = {
  type: "object",
  additionalProperties: false,
  properties: { s: text, i: { type: "integer" }, n: { type: "number" }, b: { type: "boolean" }, l: list },
} as const;

type Place = "path" | "query" | "header" | "cookie";
interface Case {
  readonly in: Place;
  readonly style: string;
  readonly explode: boolean;
  /** Text that the value becomes; `name` is `p`. */
  readonly encode: (value: unknown) => string;
}

const percent = encodeURIComponent;
/** RFC 6570 leaves only unreserved characters as they are; `encodeURIComponent` leaves five more. */
function strict(value: string): string {
  return percent(value).replace(/[!'()*.~_-]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
function parts(value: unknown, between: string): string[] {
  if (Array.isArray(value)) return value.map((item) => strict(String(item)));
  if (typeof value !== "object" || value === null) return [strict(String(value))];
  return Object.entries(value).map(([name, item]) => strict(name) + between + strict(String(item)));
}
const named = (value: unknown, between: string): string =>
  (Array.isArray(value) || typeof value !== "object"
    ? parts(value, "").map((part) => `p=${part}`)
    : parts(value, "=")
  ).join(between);

const cases: readonly Case[] = [
  { in: "path", style: "simple", explode: false, encode: (value) => parts(value, ",").join(",") },
  { in: "path", style: "simple", explode: true, encode: (value) => parts(value, "=").join(",") },
  { in: "path", style: "label", explode: false, encode: (value) => `.${parts(value, ",").join(",")}` },
  { in: "path", style: "label", explode: true, encode: (value) => `.${parts(value, "=").join(".")}` },
  { in: "path", style: "matrix", explode: false, encode: (value) => `;p=${parts(value, ",").join(",")}` },
  { in: "path", style: "matrix", explode: true, encode: (value) => `;${named(value, ";")}` },
  { in: "query", style: "form", explode: false, encode: (value) => `p=${parts(value, ",").join(",")}` },
  { in: "query", style: "form", explode: true, encode: (value) => named(value, "&") },
  { in: "cookie", style: "form", explode: false, encode: (value) => `p=${parts(value, ",").join(",")}` },
  { in: "cookie", style: "form", explode: true, encode: (value) => named(value, "; ") },
];

/** Any string of whole characters: half a surrogate pair has no UTF-8. */
const anyText = fc.string({ unit: "grapheme", maxLength: 12 });
const anyList = fc.array(anyText, { minLength: 1, maxLength: 5 });
// A cookie without a name cannot be told from a bare text, and an exploded member called `p` from the parameter.
const anyMap = fc.dictionary(
  anyText.filter((name) => name !== "" && name !== "p"),
  anyText,
  { minKeys: 1, maxKeys: 4 },
);

const operations: Record<string, JsonObject> = {};
for (const [i, { encode: _, ...parameter }] of cases.entries()) {
  for (const [kind, schema] of Object.entries({ text, list, map })) {
    operations[`${kind}${String(i)}`] = { parameters: [{ name: "p", required: true, schema, ...parameter }] };
  }
}
for (const [id, style, schema] of [
  ["space", "spaceDelimited", list],
  ["pipe", "pipeDelimited", list],
  ["deep", "deepObject", map],
] as const) {
  operations[id] = {
    parameters: [{ name: "p", in: "query", style, explode: style === "deepObject", schema }],
  };
}
const everything = [
  { name: "deep", in: "query", style: "deepObject", schema: mixed },
  { name: "any", in: "query", style: "deepObject", schema: {} },
  { name: "space", in: "query", style: "spaceDelimited", explode: false, schema: list },
  { name: "pipe", in: "query", style: "pipeDelimited", explode: false, schema: mixed },
  { name: "exploded", in: "query", schema: mixed },
  { name: "flat", in: "query", explode: false, schema: mixed },
  { name: "rest", in: "query", schema: map },
  { name: "json", in: "query", content: { "application/json": { schema: mixed } } },
  { name: "id", in: "path", required: true, schema: { type: "integer" } },
  { name: "label", in: "path", required: true, style: "label", explode: true, schema: mixed },
  { name: "matrix", in: "path", required: true, style: "matrix", explode: true, schema: mixed },
  { name: "h", in: "header", schema: mixed },
  { name: "c", in: "cookie", schema: mixed },
  { name: "d", in: "cookie", style: "cookie", schema: mixed },
];
operations["everything"] = {
  parameters: everything,
  requestBody: {
    content: {
      "application/json": { schema: mixed },
      "application/x-www-form-urlencoded": { schema: mixed, encoding: { l: { style: "deepObject" } } },
      "multipart/form-data": { schema: mixed },
      "text/plain": { schema: { type: "number" } },
    },
  },
};

let emitted: Emitted;
beforeAll(async () => {
  emitted = await emitDocument(documentOf(operations));
});

function given(place: Place, raw: string): object {
  if (place === "path") return { path: { p: raw } };
  return place === "query" ? { query: raw } : { header: headers({ [place]: raw }) };
}

describe.each(cases.map((one, i) => [one.in, one.style, one.explode, i] as const))(
  "%s %s explode=%s",
  (place, _style, explode, i) => {
    const roundTrip = (kind: string, value: unknown): void => {
      const raw = cases[i]?.encode(value) ?? "";
      const result = emitted.request(`${kind}${String(i)}`).parameters(given(place, raw));
      expect(result, raw).toEqual({ value: { [place]: { p: value } } });
    };
    it("gives texts back", () => {
      fc.assert(fc.property(anyText, (value) => { roundTrip("text", value); }));
    }); // prettier-ignore
    it("gives lists back", () => {
      // One cookie twice is one cookie.
      const lists = place === "cookie" && explode ? fc.uniqueArray(anyText, { minLength: 1, maxLength: 5 }) : anyList;
      fc.assert(fc.property(lists, (value) => { roundTrip("list", value); }));
    }); // prettier-ignore
    it("gives objects back", () => {
      // Names of cookies are never encoded, so an exploded object may have plain ones only.
      const plain = fc.dictionary(fc.stringMatching(/^[a-oq-z]{1,5}$/), anyText, { minKeys: 1, maxKeys: 4 });
      const maps = place === "cookie" && explode ? plain : anyMap;
      fc.assert(fc.property(maps, (value) => { roundTrip("map", { ...value }); }));
    }); // prettier-ignore
  },
);

describe("styles whose delimiters cannot stand in a value", () => {
  const read = (name: string, raw: string): unknown => emitted.request(name).parameters({ query: raw });
  const without = (marks: RegExp): fc.Arbitrary<string[]> =>
    fc.array(
      anyText.filter((value) => !marks.test(value)),
      { minLength: 1, maxLength: 5 },
    );

  it("gives lists between blanks and bars back", () => {
    fc.assert(
      fc.property(without(/ /), without(/\|/), (blanks, bars) => {
        expect(read("space", `p=${blanks.map(strict).join("%20")}`)).toEqual({
          value: { query: { p: blanks } },
        });
        expect(read("pipe", `p=${bars.map(strict).join("%7C")}`)).toEqual({ value: { query: { p: bars } } });
      }),
    );
  });

  it("gives deep objects back", () => {
    const names = anyText.filter((name) => !/[[\]]/.test(name) && !/^\d*$/.test(name));
    fc.assert(
      fc.property(fc.dictionary(names, anyText, { minKeys: 1, maxKeys: 4 }), (value) => {
        const raw = Object.entries(value).map(([name, item]) => `p${strict(`[${name}]`)}=${strict(item)}`);
        expect(read("deep", raw.join("&"))).toEqual({ value: { query: { p: { ...value } } } });
      }),
    );
  });
});

describe("hostile texts", () => {
  /** Texts made of what readers look for. */
  const pieces = [
    "&",
    "=",
    "%",
    "%2",
    "%20",
    "%ff",
    "%00",
    "[",
    "]",
    "[]",
    ";",
    ",",
    ".",
    "+",
    "|",
    " ",
    "\t",
    '"',
    "{",
    "}",
  ];
  const words = [
    "deep",
    "any",
    "p",
    "s",
    "i",
    "l",
    "__proto__",
    "constructor",
    "toString",
    "0",
    "1",
    "-1",
    "1e999",
    "null",
    "\u0000",
    "\ud800",
    "ä",
  ];
  const hostile = fc
    .array(fc.constantFrom(...pieces, ...words), { maxLength: 40 })
    .map((all) => all.join(""));
  const anything = fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 60 }));

  it("never throw, and every issue is complete", () => {
    fc.assert(
      fc.property(anything, anything, anything, anything, (id, query, header, cookie) => {
        const { value, issues } = emitted.request("everything").parameters(
          {
            path: { id, label: `.${id}`, matrix: `;${id}` },
            query: `deep${query}&any${query}&${query}&json=${query}`,
            header: headers({ h: header, cookie }),
          },
          { unknownQuery: "reject" },
        );
        expect((value === undefined) !== (issues === undefined)).toBe(true);
        for (const issue of issues ?? []) {
          expect(Object.keys(issue)).toEqual(["in", "pointer", "rule", "message"]);
          expect(issue.pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/);
          expect(issue.message).not.toBe("");
        }
        expect((issues ?? []).length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("never throw as bodies", () => {
    const types = [
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "text/plain",
    ];
    const entries = fc.array(fc.tuple(anything, fc.oneof(anything, fc.constant(new Blob([])))), {
      maxLength: 5,
    });
    const bodies = fc.oneof(anything, entries, fc.anything());
    fc.assert(
      fc.property(fc.constantFrom(...types, ";;=", "*/*"), bodies, (type, raw) => {
        const { body } = emitted.request("everything");
        const { value, issues } = body.read(type, raw);
        if (raw !== undefined) expect((value === undefined) !== (issues === undefined)).toBe(true);
        body.match(type)?.collect(raw);
      }),
      { numRuns: 2000 },
    );
  });
});
