/** The one module of media types: RFC 9110 §8.3, §12.5.1 and RFC 6838 §4.2.8. */
import { beforeAll, describe, expect, test } from "vitest";
import { coverage, isJsonType, kindOf } from "../../generator/validator-library/http/media-type.ts";
import { documentOf, emitDocument, type Emitted } from "./validators-operations-emitted.ts";

describe("JSON", () => {
  test.each([
    "application/json",
    "Application/JSON; charset=UTF-8",
    "text/json",
    "application/vnd.acme.v1+json",
    "application/problem+json;charset=utf-8",
    "image/svg+json",
  ])("is %s", (mediaType) => {
    expect([isJsonType(mediaType), kindOf(mediaType)]).toEqual([true, "json"]);
  });

  test.each([
    "application/json-seq",
    "application/geo+json-seq",
    "application/x-ndjson",
    "application/jsonl",
    "application/jsonp",
    "text/event-stream",
    "json",
    "+json",
    "",
    "*/*",
  ])("is not %s", (mediaType) => {
    expect([isJsonType(mediaType), kindOf(mediaType)]).toEqual([false, "binary"]);
  });
});

describe("a declared type", () => {
  test.each([
    ["application/json; charset=UTF-8", "application/json", true],
    ["application/json; charset=UTF-8", "application/json;charset=utf-8", true],
    ["application/json", 'Application/JSON ; Charset="utf-8"', true],
    ["text/plain; charset=UTF-8", "text/plain; charset=utf-8", true],
    ["text/plain; charset=UTF-8", "text/plain", false],
    ["text/plain", "text/plain; charset=latin1", true],
    ["application/json; profile=a", "application/json", false],
    ["application/json; profile=a", 'application/json; Profile="a"', true],
    ["application/json; profile=a", "application/json; profile=A", false],
    ['application/json; profile="a;b"', 'application/json; q=1; profile="a;b"', true],
    ["application/*+json", "application/problem+json", true],
    ["application/*", "application/json", true],
    ["*/*", "image/png", true],
    ["*/*", "", false],
    ["application/json", "application/json-seq", false],
  ])("%s covers %s: %s", (declared, actual, covers) => {
    expect(coverage(declared, actual) > 0).toBe(covers);
  });

  test("that is more specific is preferred", () => {
    const ranges = [
      "*/*",
      "application/*",
      "application/*+json",
      "application/a+json",
      "application/a+json; v=1",
    ];
    const scores = ranges.map((range) => coverage(range, "application/a+json; v=1"));
    expect(scores).toEqual([...scores].sort((a, b) => a - b));
    expect(new Set(scores).size).toBe(ranges.length);
  });
});

describe("integers that a double would alter", () => {
  const id = { type: "integer", format: "int64" } as const;
  const query = { name: "id", in: "query", schema: id } as const;
  const list = { name: "list", in: "query", content: { "application/json": { schema: {} } } } as const;
  const body = { content: { "application/json": { schema: {} } } };
  let emitted: Emitted;
  beforeAll(async () => {
    emitted = await emitDocument(documentOf({ send: { parameters: [query, list], requestBody: body } }));
  });

  test.each([
    ["9007199254740991", true],
    ["9007199254740992", true],
    ["9007199254740993", false],
    ["-9007199254740993", false],
    ["9223372036854775807", false],
    ["9223372036854775808", true],
    // What JavaScript writes for 2^63 and for 69966961526954728.
    ["9223372036854776000", true],
    ["69966961526954730", true],
    ["12345678901234567890123", false],
    ["1".repeat(400), false],
  ])("%s is taken everywhere or nowhere: %s", (digits, isTaken) => {
    const send = emitted.request("send");
    const bounded = isTaken && Number(digits) > 2 ** 63;
    const { issues } = send.parameters({ query: `id=${digits}` });
    if (!bounded) expect(issues === undefined, "query").toBe(isTaken);
    expect(send.parameters({ query: `list=[${digits}]` }).issues === undefined, "content").toBe(isTaken);
    const read = send.body.read("application/json", `{"a/b":[0,{"c":${digits}}]}`);
    expect(read.issues === undefined, "body").toBe(isTaken);
    if (!isTaken) expect(read.issues?.[0]).toMatchObject({ in: "body", pointer: "/a~1b/1/c" });
  });

  test("are told from digits in strings, fractions and exponents", () => {
    const text = String.raw`{"9007199254740993":"9007199254740993","a":["\"9007199254740993",1.00000000000000001,1e30]}`;
    expect(emitted.request("send").body.read("application/json", text).issues).toBeUndefined();
  });
});
