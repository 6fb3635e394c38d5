/** The parts of the client runtime that need no server: spelling, waiting, deciding. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureOf } from "../../runtime/client/failure-parts.ts";
import { runWithin } from "../../runtime/client/interruption.ts";
import { askedDelay, backoff, retryBudget } from "../../runtime/client/retry-delay.ts";
import { decideRetry } from "../../runtime/client/retry-policy.ts";
import { serializePath, serializeQuery } from "../../runtime/client/serialize.ts";
import { styledQuery, styledValue } from "../../runtime/client/styles.ts";
import { validateIn } from "../../runtime/client/validation.ts";

const operation = { id: "o", method: "GET", path: "/a/{id}/b", group: "g", name: "n", codes: {}, ok: {} };

test("no limit is not a limit at all, though a timer would take it for none", async () => {
  const task = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 20, "answered"));
  const outcome = await runWithin(task, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, undefined);
  expect(outcome).toEqual({ value: "answered" });
});

describe("paths", () => {
  test("no value leads out of its segment", () => {
    const base = new URL("http://h/a/x/b").pathname.split("/").length;
    let refused = 0;
    const unusual = fc.constantFrom("", ".", "..", "...", "\ud800", "a\udc00");
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: fc.string({ unit: "grapheme" }) }, unusual), (id) => {
        if (/^\.{0,2}$/.test(id) || /\p{Surrogate}/u.test(id)) {
          const error = /^\.{0,2}$/.test(id) ? TypeError : URIError;
          expect(() => serializePath(operation, { id })).toThrow(error);
          refused++;
          return;
        }
        const path = serializePath(operation, { id });
        expect(new URL(`http://h${path}`).pathname.split("/")).toHaveLength(base);
        expect(decodeURIComponent(path)).toBe(`/a/${id}/b`);
      }),
    );
    expect(refused).toBeGreaterThan(0);
  });

  test.each(["", ".", "..", null, undefined])("%j is not a value", (id) => {
    expect(() => serializePath(operation, { id })).toThrow(TypeError);
  });

  // OpenAPI 3.1.1 §4.8.12.4, the table of style examples.
  const color = { R: "100", G: "200", B: "150" };
  const list = ["blue", "black", "brown"];
  test.each([
    ["matrix", false, "blue", ";color=blue"],
    ["matrix", false, list, ";color=blue,black,brown"],
    ["matrix", false, color, ";color=R,100,G,200,B,150"],
    ["matrix", true, list, ";color=blue;color=black;color=brown"],
    ["matrix", true, color, ";R=100;G=200;B=150"],
    ["label", false, list, ".blue,black,brown"],
    ["label", true, list, ".blue.black.brown"],
    ["label", true, color, ".R=100.G=200.B=150"],
    ["simple", false, color, "R,100,G,200,B,150"],
    ["simple", true, color, "R=100,G=200,B=150"],
  ] as const)("%s, explode %j: %j is %s", (style, explode, value, expected) => {
    expect(styledValue(style, explode)("color", value, encodeURIComponent)).toBe(expected);
  });

  test.each([
    ["form", false, list, "color=blue,black,brown"],
    ["form", false, color, "color=R,100,G,200,B,150"],
    ["spaceDelimited", false, list, "color=blue%20black%20brown"],
    ["pipeDelimited", false, list, "color=blue%7Cblack%7Cbrown"],
    ["deepObject", true, color, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
  ] as const)("query %s, explode %j: %j is %s", (style, explode, value, expected) => {
    expect(styledQuery({ color: [style, explode] })({ color: value })).toBe(expected);
  });

  test("a query reads back as what went in", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (query) => {
        const read = new URLSearchParams(serializeQuery(query));
        for (const [name, one] of Object.entries(query)) expect(read.get(name)).toBe(String(one));
      }),
    );
  });
});

describe("waiting", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  test.each([
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:05 GMT" }, 5000],
    [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ ratelimit: '"default";r=0;t=7' }, 7000],
    [{ ratelimit: '"burst";r=10;t=1, "daily";r=0;t=60' }, 60_000],
    [{ ratelimit: '"default";r=5;t=7' }, undefined],
    [{ "ratelimit-reset": "4" }, 4000],
    [{ "retry-after": "1", ratelimit: '"default";r=0;t=7' }, 1000],
    // Not a number of seconds, and no date, though `Date.parse` makes one of it.
    [{ "retry-after": "1.5" }, undefined],
    [{ "retry-after": "-1" }, undefined],
    [{ "retry-after": "120, 60" }, undefined],
    [{ "retry-after": "1.5", ratelimit: '"default";r=0;t=7' }, 7000],
    // Parameters come in any order, policies too; all that are exhausted have to be waited for.
    [{ ratelimit: '"default";t=7;r=0' }, 7000],
    [{ ratelimit: '"burst";r=0;t=2, "day";r=0;t=9, "hour";r=5;t=50' }, 9000],
    // The older fields stand on every response: only an exhausted quota asks for a wait.
    [{ "ratelimit-remaining": "59", "ratelimit-reset": "3600" }, undefined],
    [{ "ratelimit-remaining": "0", "ratelimit-reset": "36" }, 36_000],
    [{}, undefined],
  ])("%j asks for %s ms", (headers, expected) => {
    expect(askedDelay(new Headers(headers as Record<string, string>), now)).toBe(expected); // a union of literals
  });

  test("backoff takes all of its range, and no more", () => {
    const drawn = Array.from({ length: 2000 }, () => backoff(3, 100, 500));
    expect(Math.max(...drawn)).toBeLessThanOrEqual(500);
    expect(Math.max(...drawn)).toBeGreaterThan(450);
    expect(Math.min(...drawn)).toBeLessThan(50);
  });

  test("ten calls that come through pay for one retry", () => {
    const budget = retryBudget(1);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
    for (let i = 0; i < 11; i++) budget.giveBack();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });
});

describe("deciding", () => {
  const unexpected = failureOf("unexpected", { status: 503, reason: "not-json", body: "" });
  const network = failureOf("network", { status: undefined, cause: undefined });
  const request = failureOf("request", { status: undefined, cause: undefined });
  test.each([
    ["GET", false, network, "again"],
    ["PUT", false, unexpected, "again"],
    ["POST", false, network, "no"],
    ["PATCH", false, unexpected, "no"],
    ["POST", true, network, "again"],
    ["GET", true, request, "no"],
    ["GET", false, failureOf("unexpected", { status: 500, reason: "empty", body: undefined }), "no"],
    ["GET", false, failureOf("timeout", { status: undefined, limit: "deadline" }), "no"],
    ["GET", false, failureOf("aborted", { status: undefined, cause: undefined }), "no"],
  ] as const)("%s, keyed %j", (method, keyed, failure, expected) => {
    expect(decideRetry(failure, { method, keyed, ownKey: true }, false)).toBe(expected);
  });
});

test("validation is on by mode, and in dev by environment", () => {
  const checks = { o: { check: () => [] } };
  const before = process.env["NODE_ENV"];
  expect(validateIn("off", checks)).toEqual({});
  process.env["NODE_ENV"] = "production";
  expect(validateIn("dev", checks)).toEqual({});
  expect(validateIn("always", checks)).toBe(checks);
  process.env["NODE_ENV"] = "development";
  expect(validateIn("dev", checks)).toBe(checks);
  if (before === undefined) delete process.env["NODE_ENV"];
  else process.env["NODE_ENV"] = before;
});
