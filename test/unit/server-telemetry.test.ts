/** Traces and metrics of OpenTelemetry, against a recorder with the shape of its API, and the API itself without an SDK. */
import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import * as otel from "@opentelemetry/api";
import {
  openTelemetry,
  type OpenTelemetryApi,
  type OpenTelemetryContext,
} from "lockstep-openapi-runtime/opentelemetry";
import type { Telemetry } from "lockstep-openapi-runtime/server";
import { beforeEach, describe, expect, it } from "vitest";
import { caller, canonicalOptions, someId } from "../support/canonical-api.ts";

interface RecordedSpan {
  name: string;
  parent: string | undefined;
  attributes: Record<string, string | number | undefined>;
  failed: boolean;
  exceptions: number;
  ended: number;
}

class Context {
  readonly span: RecordedSpan | undefined;
  readonly remote: string | undefined;

  constructor(span?: RecordedSpan, remote?: string) {
    this.span = span;
    this.remote = remote;
  }

  getValue(): undefined {
    return undefined;
  }

  setValue(): this {
    return this;
  }

  deleteValue(): this {
    return this;
  }
}

let spans: RecordedSpan[] = [];
let measured: Record<string, unknown>[] = [];
const current = new AsyncLocalStorage<Context>();

function spanOf(record: RecordedSpan) {
  return {
    record,
    setAttribute: (name: string, value: string | number) => (record.attributes[name] = value),
    setAttributes: (attributes: object) => Object.assign(record.attributes, attributes),
    updateName: (name: string) => (record.name = name),
    setStatus: () => (record.failed = true),
    recordException: () => record.exceptions++,
    end: () => record.ended++,
  };
}

function ownContext(context: OpenTelemetryContext): Context {
  if (context instanceof Context) return context;
  throw new Error("This is the context of another recorder.");
}

const recorder: OpenTelemetryApi = {
  context: {
    active: () => current.getStore() ?? new Context(),
    with: (context, work) => {
      current.run(ownContext(context), work);
    },
  },
  propagation: {
    extract: (context, carrier, getter) => {
      const remote = getter.get(carrier, "traceparent");
      return new Context(ownContext(context).span, remote);
    },
  },
  trace: {
    getTracer: () => ({
      startSpan: (name, { attributes }, context) => {
        const { remote } = ownContext(context);
        const record = { name, parent: remote, attributes, failed: false, exceptions: 0, ended: 0 };
        spans.push(record);
        return spanOf(record);
      },
    }),
    getSpan: (context) => {
      const { span } = ownContext(context);
      return span === undefined ? undefined : spanOf(span);
    },
    setSpan: (_, span: ReturnType<typeof spanOf>) => new Context(span.record),
  },
  metrics: {
    getMeter: () => ({
      createHistogram: (name) => ({
        record: (value, attributes) =>
          void measured.push({ name, isTime: value >= 0 && value < 60, ...attributes }),
      }),
    }),
  },
};

const template = {
  id: someId,
  organizationId: someId,
  name: "N",
  type: "Email",
  status: "Active",
  purpose: "General",
  isComplete: true,
  language: "en",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
} as const;

let seen: unknown;

function host(telemetry: Telemetry) {
  const options = canonicalOptions({
    templates: {
      getTemplate: async ({ fail, path }) => {
        await setImmediate();
        seen = current.getStore()?.span?.name;
        if (path.id !== someId) return fail("not_found");
        return { status: 200, body: template };
      },
    },
  });
  return caller({ ...options, telemetry });
}

beforeEach(() => {
  spans = [];
  measured = [];
  seen = undefined;
});

const route = "/api/v1/public/templates/{id}";

describe("openTelemetry", () => {
  it("makes a span and a measurement of each request, and handlers run within the span", async () => {
    const call = host(openTelemetry(recorder));
    await call(`/templates/${someId}?secret=1`, { headers: { traceparent: "00-abc" } });
    expect(seen).toBe(`GET ${route}`);
    expect(spans).toEqual([
      {
        name: `GET ${route}`,
        parent: "00-abc",
        attributes: {
          "http.request.method": "GET",
          "url.scheme": "http",
          "http.route": route,
          "lockstep.operation.id": "getTemplate",
          "url.path": `/api/v1/public/templates/${someId}`,
          "http.response.status_code": 200,
        },
        failed: false,
        exceptions: 0,
        ended: 1,
      },
    ]);
    expect(measured).toEqual([
      {
        name: "http.server.request.duration",
        isTime: true,
        "http.request.method": "GET",
        "url.scheme": "http",
        "http.route": route,
        "http.response.status_code": 200,
      },
    ]);
  });

  it("has the code as the type of an error; only the server's own are errors of the span", async () => {
    const call = host(openTelemetry(recorder, { scheme: "https" }));
    await call(`/templates/${someId.replace("0", "1")}`);
    await call("/segments");
    await call("/nowhere");
    expect(
      spans.map(({ name, attributes, failed, exceptions }) => [
        name,
        attributes["error.type"],
        failed,
        exceptions,
      ]),
    ).toEqual([
      [`GET ${route}`, "not_found", false, 0],
      ["GET /api/v1/public/segments", "internal_error", true, 1],
      ["GET", "not_found", false, 0],
    ]);
    expect(measured.map((labels) => labels["error.type"])).toEqual([
      "not_found",
      "internal_error",
      "not_found",
    ]);
  });

  it("adds to the span that is active already, unless it is to make its own", async () => {
    const outer: RecordedSpan = {
      name: "GET",
      parent: undefined,
      attributes: {},
      failed: false,
      exceptions: 0,
      ended: 0,
    };
    await current.run(new Context(outer), () => host(openTelemetry(recorder))(`/templates/${someId}`));
    expect(spans).toEqual([]);
    expect(outer).toMatchObject({ name: `GET ${route}`, attributes: { "http.route": route }, ended: 0 });
    const own = openTelemetry(recorder, { spans: "own" });
    await current.run(new Context(outer), () => host(own)(`/templates/${someId}`));
    expect(spans).toHaveLength(1);
  });

  it("does nothing without an SDK", async () => {
    const response = await host(openTelemetry(otel))(`/templates/${someId}`);
    expect(response.status).toBe(200);
  });

  it.each(["begin", "run", "end"])("disturbs nobody by failing in %s", async (where) => {
    const fail = (name: string): void => {
      if (name === where) throw new Error("broken");
    };
    const telemetry: Telemetry = {
      begin: () => {
        fail("begin");
        return {
          run: (work) => {
            fail("run");
            work();
          },
          failed: () => undefined,
          end: () => {
            fail("end");
          },
        };
      },
    };
    expect((await host(telemetry)(`/templates/${someId}`)).status).toBe(200);
  });
});
