/** Other contracts than the canonical one: nested and RFC 9457 envelopes, inferred codes, none at all; limits. */
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { flexibleRateLimit, flexibleRefusalLimit } from "lockstep-openapi-runtime/rate-limit";
import type { Api, ErrorPlace, Stage } from "lockstep-openapi-runtime/server";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { describe, expect, test, vi } from "vitest";
import * as inferred from "../golden/inferred-from-3.0/expected/server.ts";
import * as nested from "../golden/nested-envelope/expected/server.ts";
import * as none from "../golden/no-codes/expected/server.ts";
import * as problem from "../golden/problem-details/expected/server.ts";
import { withConsole } from "../../runtime/server/observation/observe.ts";
import { stageCodes } from "../../runtime/server/pipeline/stage-codes.ts";
import { caller, canonicalOptions } from "../support/canonical-api.ts";
import { bodiesApi } from "../support/bodies-api.ts";

const quiet = { onError: () => undefined, onViolation: () => undefined };

async function ask(api: Api, path: string, init?: RequestInit): Promise<unknown[]> {
  const response = await fetchHandler(api)(new Request(`http://in-process.example${path}`, init));
  const text = await response.text();
  const body: unknown = text === "" ? "" : JSON.parse(text);
  return [response.status, response.headers.get("content-type"), body];
}

describe("envelopes", () => {
  test("RFC 9457 with a code: type, title and status are filled in", async () => {
    const api = problem.createApi({
      handlers: { bookings: { cancelBooking: ({ fail }) => fail("too_late") } },
    });
    expect(await ask(api, "/bookings/1", { method: "DELETE" })).toEqual([
      409,
      "application/problem+json",
      {
        type: "about:blank",
        title: "Too late",
        status: 409,
        detail: "Too late to cancel.",
        code: "too_late",
      },
    ]);
    // No code is raised by routing here: the one of missing resources is the nearest.
    expect(await ask(api, "/nowhere")).toMatchObject([
      404,
      "application/problem+json",
      { code: "unknown_booking" },
    ]);
  });

  test("nested, with details, decorated by the host", async () => {
    const api = nested.createApi({
      handlers: { charges: { createCharge: ({ fail }) => fail("card_declined", { reason: "funds" }) } },
      decorateError: (body, { requestId }) => ({ ...body, requestId }),
    });
    const init = { method: "POST", headers: { "x-request-id": "r1" } };
    expect(await ask(api, "/charges", init)).toEqual([
      402,
      "application/json",
      {
        error: { code: "card_declined", message: "Your card was declined.", details: { reason: "funds" } },
        requestId: "r1",
      },
    ]);
  });

  test("an operation without parameters refuses unknown ones where it has a code to do so", async () => {
    const heard: unknown[] = [];
    const api = nested.createApi({
      handlers: { charges: { createCharge: ({ fail }) => fail("card_declined", { reason: "funds" }) } },
      unknownQuery: "reject",
      hooks: { ...quiet, onStage: ({ stage, outcome }) => void heard.push([stage, outcome]) },
    });
    await ask(api, "/charges?colour=red", { method: "POST" });
    expect(heard.at(-1)).toEqual(["request-validation", "refused"]);
  });

  test("a catalogue without an unhandled code still leaks nothing", async () => {
    const createCharge = (): never => {
      throw new Error("secret");
    };
    const api = nested.createApi({ handlers: { charges: { createCharge } }, hooks: quiet });
    expect(await ask(api, "/charges", { method: "POST" })).toEqual([
      500,
      "application/problem+json",
      { type: "about:blank", title: "Internal Server Error", status: 500 },
    ]);
  });

  test("inferred codes: the host assigns them to stages", async () => {
    const handlers: inferred.Handlers<unknown> = {
      books: {
        booksGetOne: ({ fail, path }) => fail("busy", path.isbn === "1" ? { seconds: 3 } : undefined),
      },
    };
    const api = inferred.createApi({ handlers, stageCodes: { routing: "not_found" }, hooks: quiet });
    expect(await ask(api, "/books/1")).toMatchObject([500, "application/json", { error: { code: "busy" } }]);
    expect(await ask(api, "/nowhere")).toMatchObject([
      404,
      "application/json",
      { error: { code: "not_found" } },
    ]);
    const missing = inferred.createApi({
      handlers,
      uncoded: ({ stage }) => ({ body: { stage }, mediaType: "text/json" }),
    });
    expect(await ask(missing, "/books/1", { method: "PUT" })).toMatchObject([404, "application/json", {}]);
  });

  test("no codes: every declared status is a result, refusals are problems or the host's own", async () => {
    const getTime = (status: 200 | 503): none.Handlers<unknown>["time"]["getTime"] =>
      status === 200 ? () => ({ status: 200, body: "2026-01-01T00:00:00Z" }) : () => ({ status, body: {} });
    const api = none.createApi({ handlers: { time: { getTime: getTime(503) } }, hooks: quiet });
    expect(await ask(api, "/time")).toEqual([503, "application/json", {}]);
    expect(await ask(api, "/time", { method: "PUT" })).toMatchObject([
      405,
      "application/problem+json",
      { status: 405 },
    ]);
    const uncoded = ({ stage, status }: { stage: string; status: number }) => ({
      body: { stage, status },
      mediaType: "application/json",
    });
    const own = none.createApi({ handlers: { time: { getTime: getTime(200) } }, uncoded });
    expect(await ask(own, "/nowhere")).toEqual([404, "application/json", { stage: "routing", status: 404 }]);
  });
});

describe("the code of a stage", () => {
  const error = (code: string, status: string, ...raisedBy: Stage[]) => ({ code, status, raisedBy });

  test("is what raises it, else a neighbour's, else the only one with its status", () => {
    const codes = stageCodes(
      [
        error("bad", "400", "request-validation"),
        error("big", "413", "request-limits"),
        error("slow", "429"),
      ],
      {},
    );
    expect(codes["media-type"]).toEqual([{ code: "big", status: 413, from: "request-limits" }]);
    expect(codes["request-validation"]).toEqual([{ code: "bad", status: 400, from: "request-validation" }]);
    expect(codes["rate-limit"]).toEqual([{ code: "slow", status: 429, from: "rate-limit" }]);
    expect(codes.authentication).toEqual([]);
  });

  test("is what the host says before all that, and nobody's where two could be meant", () => {
    const errors = [error("a", "429"), error("b", "429"), error("c", "default")];
    expect(stageCodes(errors, {})["rate-limit"]).toEqual([]);
    expect(stageCodes(errors, { "rate-limit": "b" })["rate-limit"]).toEqual([
      { code: "b", status: 429, from: "rate-limit" },
    ]);
    expect(stageCodes(errors, {}).unhandled).toEqual([{ code: "c", status: 500, from: "unhandled" }]);
  });
});

describe("rate limits", () => {
  test("tell the caller what is left, and when to come back", async () => {
    const limiter = new RateLimiterMemory({ points: 2, duration: 60 });
    const rateLimit = flexibleRateLimit<{ organization: string }>(limiter, {
      key: ({ principal }) => principal?.organization ?? "",
      name: 'per "key"',
    });
    const call = caller({ ...canonicalOptions(), rateLimit });
    const answers = [await call("/segments"), await call("/segments"), await call("/segments")];
    expect(answers.map(({ headers }) => headers["ratelimit"])).toEqual([
      '"per \\"key\\"";r=1;t=60',
      '"per \\"key\\"";r=0;t=60',
      '"per \\"key\\"";r=0;t=60',
    ]);
    const last = answers[2];
    expect([last?.status, last?.code, last?.headers["retry-after"]]).toEqual([429, "rate_limited", "60"]);
    expect(last?.headers["ratelimit-policy"]).toBe('"per \\"key\\"";q=2;w=60');
    expect((await call("/segments", { key: "org2" })).status).toBe(500);
  });

  test("let calls pass where the store is down, unless it is to be closed; the host hears of both", async () => {
    const broken = { points: 1, duration: 1, consume: () => Promise.reject(new Error("down")) };
    const key = (): string => "k";
    const heard: unknown[] = [];
    const hooks = {
      ...quiet,
      onError: (error: unknown, place: ErrorPlace) => void heard.push([String(error), place.during]),
    };
    const session = async (onStoreFailure?: "open" | "closed"): Promise<unknown> => {
      const rateLimit = flexibleRateLimit<unknown>(broken, {
        key,
        ...(onStoreFailure && { onStoreFailure }),
      });
      return (await ask(bodiesApi(undefined, { rateLimit, hooks }), "/v1/session"))[0];
    };
    expect([await session(), await session("open"), await session("closed")]).toEqual([200, 200, 500]);
    expect(heard).toEqual(Array.from({ length: 3 }, () => ["Error: down", "rate-limit"]));
  });

  test("refuse an address with too many refusals before its credentials are looked at", async () => {
    const limiter = new RateLimiterMemory({ points: 2, duration: 60 });
    const address = ({ header }: { header: (name: string) => string | undefined }): string =>
      header("x-ip") ?? "";
    const options = canonicalOptions();
    let checks = 0;
    const call = caller({
      ...options,
      authenticate: { apiKey: (key, request) => (checks++, options.authenticate.apiKey(key, request)) },
      refusalLimit: flexibleRefusalLimit(limiter, {
        address: (request) => address({ header: (name) => request.header(name) }),
      }),
    });
    const ask = async (key: string, ip: string): Promise<unknown> =>
      (await call("/segments", { key, headers: { "x-ip": ip } })).code;
    expect([await ask("org1", "a"), await ask("nobody", "a"), await ask("org1:noscope", "a")]).toEqual([
      "internal_error",
      "unauthorized",
      "insufficient_scope",
    ]);
    expect(checks).toBe(3);
    expect([await ask("org1", "a"), await ask("org1", "b")]).toEqual(["rate_limited", "internal_error"]);
    expect(checks).toBe(4);
  });
});

test("without a hook, a broken contract is printed with what is wrong where, and nothing of the response", () => {
  const print = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { onViolation } = withConsole({});
  const violation = { kind: "body", operation: "getThing", requestId: "r-1" } as const;
  onViolation?.({ ...violation, message: "204 has no body.", response: "secret" });
  onViolation?.({
    ...violation,
    message: "The body does not fit its schema.",
    issues: [
      { pointer: "/id", rule: "required", message: "is required" },
      { pointer: "", rule: "minProperties", message: "must have this many members or more: 2" },
    ],
    response: { name: "secret" },
  });
  expect(print.mock.calls).toEqual([
    ["lockstep: getThing broke its contract (body): 204 has no body. [request r-1]"],
    [
      'lockstep: getThing broke its contract (body): The body does not fit its schema. "/id" is required; "" must have this many members or more: 2. [request r-1]',
    ],
  ]);
  print.mockRestore();
});
