/** How texts become values: strict coercion through the schema, decoding, defaults, repetition, limits. */
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { documentOf, emitDocument, headers, type Emitted } from "./validators-operations-emitted.ts";

const components = {
  schemas: {
    Count: { type: "integer", minimum: 0 },
    Size: { allOf: [{ $ref: "#/components/schemas/Count" }, { maximum: 100 }] },
    Level: { enum: [1, 2, "high"] },
    IdOrName: { oneOf: [{ type: "integer" }, { type: "string", pattern: "^[a-z]+$" }] },
  },
};

const integer = { type: "integer" };
const number = { type: "number" };
const boolean = { type: "boolean" };
const nullable = { type: ["integer", "null"] };
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const big = Number.MAX_SAFE_INTEGER;

const accepted: readonly (readonly [schema: JsonObject, raw: string, value: unknown])[] = [
  [integer, "0", 0],
  [integer, "-0", 0],
  [integer, "-17", -17],
  [integer, String(big), big],
  [number, "1e3", 1000],
  [number, "-1.50", -1.5],
  [number, "1E-2", 0.01],
  [boolean, "true", true],
  [boolean, "false", false],
  [nullable, "", null],
  [nullable, "null", null],
  [nullable, "5", 5],
  [{ type: "string" }, "5", "5"],
  [{ type: ["string", "null"] }, "null", "null"],
  [{}, "true", "true"],
  [ref("Count"), "3", 3],
  [ref("Size"), "100", 100],
  [ref("Level"), "2", 2],
  [ref("Level"), "high", "high"],
  [ref("IdOrName"), "12", 12],
  [ref("IdOrName"), "abc", "abc"],
  [{ type: ["integer", "string"], enum: ["1", 2] }, "1", "1"],
  [{ type: ["integer", "string"], enum: ["1", 2] }, "2", 2],
  [{ anyOf: [integer, boolean] }, "true", true],
  [{ const: 5 }, "5", 5],
  [{ type: "array", items: integer }, "1", [1]],
  [{ oneOf: [integer, { type: "array", items: integer }] }, "1", 1],
  [{ type: "string" }, "a%20b+c%2B", "a b c+"],
  [{ type: "string" }, "%E2%82%AC=%26", "€=&"],
  [{ type: "string" }, "100%2525", "100%25"],
];

const refused: readonly (readonly [schema: JsonObject, raw: string, rule: string])[] = [
  ...[
    "1e3",
    "1.0",
    "",
    "0x10",
    "%201",
    "1%20",
    "Infinity",
    "NaN",
    "1_000",
    "01",
    "%2B1",
    "+1",
    "٣",
    "1n",
    "-",
  ].map((raw) => [integer, raw, "type"] as const),
  ...["", "0x10", "%201", "Infinity", "-Infinity", "1_000", ".5", "5.", "1e", "01.5", "1,5"].map(
    (raw) => [number, raw, "type"] as const,
  ),
  ...["yes", "1", "TRUE", "True", "", "on", "null"].map((raw) => [boolean, raw, "type"] as const),
  [integer, "9007199254740993", "maximum"],
  [integer, "-9007199254740993", "minimum"],
  [number, "123456789012345678901234567890", "maximum"],
  [number, "1e400", "maximum"],
  [number, "-1e400", "minimum"],
  [ref("Size"), "101", "maximum"],
  [ref("Size"), "-1", "minimum"],
  [ref("Level"), "3", "enum"],
  [ref("IdOrName"), "A", "pattern"],
  [nullable, "x", "type"],
  [{ allOf: [number, integer] }, "1e3", "type"],
  [{ type: "string" }, "%", "encoding"],
  [{ type: "string" }, "%zz", "encoding"],
  [{ type: "string" }, "%ff", "encoding"],
  [{ type: "string" }, "%ed%a0%80", "encoding"],
];

function query(schema: JsonObject, more: JsonObject = {}): JsonObject {
  return { parameters: [{ name: "p", in: "query", schema, ...more }] };
}

describe("one text", () => {
  let emitted: Emitted;
  beforeAll(async () => {
    const operations: Record<string, JsonObject> = {};
    for (const [i, [schema]] of [...accepted, ...refused].entries())
      operations[`case${String(i)}`] = query(schema);
    emitted = await emitDocument(documentOf(operations, components));
  });

  it.each(accepted.map((row, i) => [...row, i] as const))("%j takes %j as %j", (_schema, raw, value, i) => {
    const result = emitted.request(`case${String(i)}`).parameters({ query: `p=${raw}` });
    expect(result).toEqual({ value: { query: { p: value } } });
    expect(Object.is(result.value?.["query"], -0)).toBe(false);
  });

  it.each(refused.map((row, i) => [...row, i + accepted.length] as const))(
    "%j refuses %j by %s",
    (_schema, raw, rule, i) => {
      const { value, issues } = emitted.request(`case${String(i)}`).parameters({ query: `p=${raw}` });
      expect(value).toBeUndefined();
      const [issue] = issues ?? [];
      expect(issue).toMatchObject({ in: "query", pointer: "/p", rule });
      expect(Object.keys(issue ?? {})).toEqual(["in", "pointer", "rule", "message"]);
    },
  );
});

describe("parameters as a whole", () => {
  const page = { name: "page", in: "query", schema: { type: "integer", default: 1 } };
  const tags = { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } };
  const reserved = { name: "path", in: "query", allowReserved: true, schema: { type: "string" } };
  const flag = { name: "flag", in: "query", allowEmptyValue: true, schema: { type: "integer" } };
  const marks = {
    name: "marks",
    in: "query",
    allowEmptyValue: true,
    schema: { type: "array", items: { type: "integer" } },
  };
  const sizes = {
    name: "sizes",
    in: "query",
    schema: { type: "array", items: { type: "integer" }, default: [1, 2], maxItems: 3 },
  };
  const required = { name: "q", in: "query", required: true, schema: { type: "string" } };
  const filter = {
    name: "filter",
    in: "query",
    content: { "application/json": { schema: { type: "object" } } },
  };
  const note = { name: "note", in: "query", content: { "text/plain": { schema: { type: "string" } } } };
  const flat = { name: "flat", in: "query", explode: false, schema: { type: "object" } };
  const deep = { name: "deep", in: "query", style: "deepObject", schema: { type: "object" } };
  let emitted: Emitted;
  const read = (query: string, options?: object): ReturnType<ReturnType<Emitted["request"]>["parameters"]> =>
    emitted.request("search").parameters({ query: `q=x&${query}` }, options);
  const issue = (query: string, options?: object): string | undefined => {
    const [first] = read(query, options).issues ?? [];
    return first === undefined ? undefined : `${first.in} ${first.pointer} ${first.rule}`;
  };

  beforeAll(async () => {
    const parameters = [page, tags, reserved, flag, marks, sizes, required, filter, note, deep, flat];
    emitted = await emitDocument(
      documentOf({
        search: { parameters },
        none: {},
        headers: {
          parameters: [
            { name: "X-Page", in: "header", schema: { type: "integer", default: 1 } },
            { name: "X-Note", in: "header", schema: { type: "string" } },
          ],
        },
        wrongDefault: query({ type: "integer", default: "many" }),
        wrongTextDefault: query({ type: "string", pattern: "^[A-Z]{3}$", default: "eur" }),
        heavyDefault: query({ type: "string", pattern: "^(a+)+$", default: `${"a".repeat(40)}!` }),
        wrongSharedDefault: query({ allOf: [{ type: "integer", default: "many" }] }),
        wrongContent: {
          parameters: [page, tags, { name: "x", in: "query", content: { "application/xml": {} } }],
        },
      }),
    );
  });

  it("fills in defaults, each time a fresh one", () => {
    const first = read("").value?.["query"];
    expect(first).toEqual({ q: "x", page: 1, sizes: [1, 2] });
    // A handler may do to its own value what it likes.
    (first as { sizes: number[] }).sizes.push(3);
    expect(read("").value?.["query"]).toEqual({ q: "x", page: 1, sizes: [1, 2] });
  });

  it("fills in the defaults of headers, also where none is sent", () => {
    const value = (sent: Record<string, string>): unknown =>
      emitted.request("headers").parameters({ header: headers(sent) }).value?.["header"];
    expect(value({})).toEqual({ "X-Page": 1 });
    expect(value({ "x-note": "n" })).toEqual({ "X-Page": 1, "X-Note": "n" });
  });

  it("says so where a default does not match its schema, and leaves it out", () => {
    expect(emitted.findings.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "lockstep/pattern-replaced /paths/~1heavyDefault/post/parameters/0/schema/pattern",
      "lockstep/default-invalid /paths/~1wrongDefault/post/parameters/0/schema/default",
      "lockstep/default-invalid /paths/~1wrongTextDefault/post/parameters/0/schema/default",
      "lockstep/default-invalid /paths/~1heavyDefault/post/parameters/0/schema/default",
      "lockstep/default-invalid /paths/~1wrongSharedDefault/post/parameters/0/schema",
      "lockstep/parameter-unchecked /paths/~1wrongContent/post/parameters/2",
    ]);
    expect(emitted.request("wrongDefault").parameters({})).toEqual({ value: { query: {} } });
  });

  it("says so where a place does not have a style, and reads in the place's own", async () => {
    const schema = { type: "array", items: { type: "integer" } };
    const wrong = [
      ["path", "form"],
      ["query", "matrix"],
      ["header", "form"],
      ["cookie", "deepObject"],
    ] as const;
    const right = [
      ...["simple", "label", "matrix"].map((style) => ["path", style] as const),
      ...["form", "spaceDelimited", "pipeDelimited", "deepObject"].map((style) => ["query", style] as const),
      ...[["header", "simple"] as const, ["cookie", "form"] as const],
    ];
    const parametersOf = (styles: typeof wrong | typeof right): JsonObject[] =>
      styles.map(([place, style], n) => ({
        name: `p${String(n)}`,
        in: place,
        required: place === "path",
        style,
        explode: false,
        schema,
      }));
    const styled = await emitDocument(
      documentOf({ wrong: { parameters: parametersOf(wrong) }, right: { parameters: parametersOf(right) } }),
    );
    expect(styled.findings.map(({ code, pointer, message }) => [code, pointer, message])).toEqual(
      wrong.map(([place, style], n) => [
        "lockstep/parameter-style",
        `/paths/~1wrong/post/parameters/${String(n)}/style`,
        `A ${place} parameter cannot have the style ${JSON.stringify(style)}, so "p${String(n)}" is read as "${place === "query" || place === "cookie" ? "form" : "simple"}".`,
      ]),
    );
    const { value } = styled.request("wrong").parameters({
      path: { p0: "1,2" },
      query: "p1=1,2",
      header: headers({ p2: "1,2", cookie: "p3=1,2" }),
    });
    expect(value).toEqual({
      path: { p0: [1, 2] },
      query: { p1: [1, 2] },
      header: { p2: [1, 2] },
      cookie: { p3: [1, 2] },
    });
  });

  it("notes what is missing, repeated or unknown", () => {
    expect(emitted.request("search").parameters({}).issues).toEqual([
      { in: "query", pointer: "/q", rule: "required", message: "is required" },
    ]);
    expect(issue("page=1&page=1")).toBe("query /page repeated");
    expect(issue("p%61ge=1&page=2")).toBe("query /page repeated");
    expect(issue("other=1")).toBeUndefined();
    expect(issue("other=1", { unknownQuery: "reject" })).toBe("query /other additionalProperties");
    expect(issue("deep[a]=1&deep[b][c]=2", { unknownQuery: "reject" })).toBeUndefined();
    expect(issue("flat=a,1,b,2")).toBeUndefined();
    expect(issue("flat=a,1,a,2")).toBe("query /flat/a repeated");
    expect(issue("flat=a,1,b")).toBe("query /flat type");
    expect(issue(`deep${"[a]".repeat(16)}=1`)).toBeUndefined();
    expect(issue(`deep${"[a]".repeat(17)}=1`)).toBe("query /deep depth");
    expect(issue("deep[a=1", { unknownQuery: "reject" })).toBe("query /deep[a additionalProperties");
    const { issues } = emitted.request("none").parameters({ query: "a~/b=1" }, { unknownQuery: "reject" });
    expect(issues).toMatchObject([{ pointer: "/a~0~1b", rule: "additionalProperties" }]);
  });

  it("knows the parameter of an API key where the operation takes one", async () => {
    const operation = (operationId: string, security: JsonObject[]): JsonObject => ({
      get: { operationId, security, responses: {} },
    });
    const { request } = await emitDocument({
      openapi: "3.1.1",
      info: { title: "Keys", version: "1" },
      components: { securitySchemes: { key: { type: "apiKey", in: "query", name: "api_key" } } },
      paths: { "/keyed": operation("keyed", [{ key: [] }, {}]), "/open": operation("open", []) },
    });
    const unknown = (id: string): unknown =>
      request(id).parameters({ query: "api_key=s" }, { unknownQuery: "reject" }).issues;
    expect(unknown("keyed")).toBeUndefined();
    expect(unknown("open")).toMatchObject([{ in: "query", pointer: "/api_key" }]);
  });

  it.each([
    ["form", true, "a=1", "a=1&a=2"],
    ["form", false, "a=1", "a=1,2"],
    ["pipeDelimited", false, "a=1", "a=1|2"],
    ["deepObject", true, "a=1", "a=1&a=2"],
  ])("takes a list of one where null is allowed too: %s, explode %s", async (style, explode, one, two) => {
    const schema = { type: ["array", "null"], items: { type: "integer" } };
    const parameters = [{ name: "a", in: "query", style, explode, schema }];
    const { request } = await emitDocument(documentOf({ list: { parameters } }));
    const value = (text: string): unknown => request("list").parameters({ query: text });
    expect(value(one)).toEqual({ value: { query: { a: [1] } } });
    expect(value(two)).toEqual({ value: { query: { a: [1, 2] } } });
    expect(value("a=null")).toEqual({ value: { query: { a: null } } });
    expect(value("a=x")).toMatchObject({ issues: [{ pointer: "/a/0", rule: "type" }] });
  });

  it("gives each item of a tuple its own type", async () => {
    const tuple = {
      type: "array",
      prefixItems: [{ type: "integer" }, { type: "string" }, { type: "boolean" }],
    };
    const parameters = [
      { name: "a", in: "query", schema: { ...tuple, items: { type: "number" } } },
      { name: "b", in: "query", explode: false, schema: { ...tuple, items: false } },
      { name: "c", in: "query", style: "deepObject", schema: { properties: { d: tuple } } },
    ];
    const { request } = await emitDocument(documentOf({ tuples: { parameters } }));
    const value = (query: string): unknown => request("tuples").parameters({ query });
    expect(value("a=1&a=2&a=true&a=4.5")).toEqual({ value: { query: { a: [1, "2", true, 4.5] } } });
    expect(value("b=1,2,true")).toEqual({ value: { query: { b: [1, "2", true] } } });
    expect(value("c[d][0]=1&c[d][1]=2")).toEqual({ value: { query: { c: { d: [1, "2"] } } } });
    expect(value("b=x,2")).toMatchObject({ issues: [{ pointer: "/b/0", rule: "type" }] });
    expect(value("b=1,2,true,4")).toMatchObject({ issues: [{ pointer: "/b", rule: "items" }] });
  });

  it("splits before it decodes", () => {
    expect(read("tags=a%26b&tags=c%3Dd").value?.["query"]).toMatchObject({ tags: ["a&b", "c=d"] });
    expect(read("path=a+b").value?.["query"]).toMatchObject({ path: "a+b" });
  });

  it("takes an empty text that is not a value as absent where it may be empty", () => {
    expect(read("flag").value?.["query"]).not.toHaveProperty("flag");
    expect(read("flag=7").value?.["query"]).toMatchObject({ flag: 7 });
    expect(read("marks=").value?.["query"]).not.toHaveProperty("marks");
    expect(read("marks=1&marks=2").value?.["query"]).toMatchObject({ marks: [1, 2] });
    expect(issue("marks=1&marks=")).toBe("query /marks/1 type");
  });

  it("reads content", () => {
    expect(read("filter=%7B%22a%22%3A%5B1%5D%7D").value?.["query"]).toMatchObject({ filter: { a: [1] } });
    expect(read("note=5").value?.["query"]).toMatchObject({ note: "5" });
    expect(issue("filter={")).toBe("query /filter json");
    expect(issue("filter=%7")).toBe("query /filter encoding");
    expect(issue("filter=1")).toBe("query /filter type");
    expect(issue("filter=1&filter=2")).toBe("query /filter repeated");
  });

  it("keeps hostile names apart from the prototype", () => {
    const { query: values } =
      read("deep[__proto__][x]=1&deep[constructor]=2&deep[a][__proto__]=3").value ?? {};
    // Nothing but own members, whatever they are called.
    const { deep: object } = values as { deep: { a: object } };
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.entries(object)).toEqual([
      ["__proto__", { x: "1" }],
      ["constructor", "2"],
      ["a", object.a],
    ]);
    expect(Object.entries(object.a)).toEqual([["__proto__", "3"]]);
    expect({}).not.toHaveProperty("x");
  });

  it("stops early where there are too many pairs, and notes at most as many issues as asked for", () => {
    const start = performance.now();
    expect(issue("a=1&".repeat(100_000))).toBe("query  pairs");
    expect(issue("a&".repeat(100_000), { maxPairs: 200_000 })).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(10_000);
    const many = Array.from({ length: 50 }, (_, i) => `x${String(i)}=1`).join("&");
    expect(read(many, { unknownQuery: "reject" }).issues).toHaveLength(20);
    expect(read(many, { unknownQuery: "reject", limit: 3 }).issues).toHaveLength(3);
    expect(read(`sizes=${"x,".repeat(100_000)}`).issues).toHaveLength(1);
  });
});

describe("headers and cookies", () => {
  let emitted: Emitted;
  const operation = {
    parameters: [
      { name: "X-Count", in: "header", schema: { type: "integer" } },
      { name: "X-Tags", in: "header", schema: { type: "array", items: { type: "string" } } },
      { name: "X-Filter", in: "header", content: { "application/json": { schema: { type: "object" } } } },
      { name: "sid", in: "cookie", schema: { type: "string", minLength: 3 } },
      { name: "n", in: "cookie", schema: { type: "integer" } },
    ],
  };
  const read = (fields: Readonly<Record<string, unknown>>): unknown => {
    const { value, issues } = emitted.request("go").parameters({ header: headers(fields) });
    return issues?.map(({ in: place, pointer, rule }) => `${place} ${pointer} ${rule}`) ?? value;
  };
  beforeAll(async () => {
    emitted = await emitDocument(documentOf({ go: operation }));
  });

  it.each([
    [{ "x-count": "5" }, { header: { "X-Count": 5 }, cookie: {} }],
    [{ "x-count": " 5\t" }, { header: { "X-Count": 5 }, cookie: {} }],
    [{ "x-count": 5 }, { header: { "X-Count": 5 }, cookie: {} }],
    [{ "x-tags": ["a", "b, c"] }, { header: { "X-Tags": ["a", "b", "c"] }, cookie: {} }],
    [{ "x-tags": "a%2Cb,c" }, { header: { "X-Tags": ["a%2Cb", "c"] }, cookie: {} }],
    [{ "x-tags": "" }, { header: { "X-Tags": [] }, cookie: {} }],
    [{ "x-filter": '{"a":1}' }, { header: { "X-Filter": { a: 1 } }, cookie: {} }],
    [{ cookie: 'a=b; sid="x"; n=4' }, { header: {}, cookie: { sid: '"x"', n: 4 } }],
    [{ cookie: "sid=a%20b=c;n=4;" }, { header: {}, cookie: { sid: "a b=c", n: 4 } }],
    [{ cookie: "sid=abc; sid=abc; bare" }, { header: {}, cookie: { sid: "abc" } }],
    [{ cookie: ["sid=abc", "n=1"] }, { header: {}, cookie: { sid: "abc", n: 1 } }],
    [{ "x-count": ["5", "6"] }, ["header /X-Count type"]],
    [{ "x-filter": "{" }, ["header /X-Filter json"]],
    [{ cookie: "sid=abc; sid=abd" }, ["cookie /sid repeated"]],
    [{ cookie: "sid=ab" }, ["cookie /sid minLength"]],
    [{ cookie: "sid=100%" }, ["cookie /sid encoding"]],
  ])("%j", (fields, expected) => {
    expect(read(fields)).toEqual(expected);
  });

  it("stops early where there are too many cookies", () => {
    expect(read({ cookie: "a=b;".repeat(100_000) })).toEqual(["cookie  pairs"]);
  });
});
