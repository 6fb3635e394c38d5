/** Spans and metrics after the semantic conventions of OpenTelemetry for HTTP servers (1.23 and later, stable). */
import type { ServerRequest } from "../server/exchange.ts";
import type { Telemetry, Trace, TracedRoute } from "../server/observation/telemetry.ts";
import type { Attributes, OpenTelemetryApi, OpenTelemetrySpan } from "./opentelemetry-api.ts";

export type { OpenTelemetryApi, OpenTelemetryContext } from "./opentelemetry-api.ts";

export interface OpenTelemetryOptions {
  /** The scheme under which callers reach the server; `http` where absent. */
  readonly scheme?: "http" | "https";
  /** `own`: a span of its own for each request, also where one is active. */
  readonly spans?: "auto" | "own";
}

/** `SpanKind.SERVER` and `SpanStatusCode.ERROR`: enums of a module that is not imported. */
const serverKind = 1;
const errorStatus = 2;

const scope = "lockstep-openapi-runtime";
const knownMethods = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)$/;
/** Seconds, as the conventions have them. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * For the option `telemetry` of `createApi`. `api` is the module `@opentelemetry/api`; where no SDK is registered with it, it
 * does nothing. If a span of the request is active already (an instrumentation of the HTTP server made it), that span gets
 * route and code, and no other one is made.
 */
export function openTelemetry(
  api: OpenTelemetryApi,
  { scheme = "http", spans = "auto" }: OpenTelemetryOptions = {},
): Telemetry {
  const tracer = api.trace.getTracer(scope);
  const duration = api.metrics.getMeter(scope).createHistogram("http.server.request.duration", {
    description: "Duration of HTTP server requests.",
    unit: "s",
    advice: { explicitBucketBoundaries: buckets },
  });
  return {
    begin(request, route) {
      const began = performance.now();
      const labels = labelsOf(request, route, scheme);
      const active = api.context.active();
      const existing = spans === "own" ? undefined : api.trace.getSpan(active);
      const name = nameOf(labels);
      if (existing !== undefined) {
        existing.updateName(name);
        existing.setAttributes(route === undefined ? {} : routeAttributes(route));
      }
      const parent = existing === undefined ? api.propagation.extract(active, request, fields) : active;
      const attributes = { ...labels, ...routeAttributes(route), ...requestAttributes(request) };
      const own =
        existing === undefined ? tracer.startSpan(name, { kind: serverKind, attributes }, parent) : undefined;
      // The span is one of the very module that is asked to keep it.
      const context = own === undefined ? active : api.trace.setSpan(parent, own as never);
      return traceOf(own ?? existing, own !== undefined, {
        run: (work) => api.context.with(context, work),
        measure: (results) => {
          duration.record((performance.now() - began) / 1000, { ...labels, ...results });
        },
      });
    },
  };
}

interface TraceParts {
  readonly run: (work: () => void) => unknown;
  readonly measure: (results: Attributes) => void;
}

function traceOf(span: OpenTelemetrySpan | undefined, isOwn: boolean, { run, measure }: TraceParts): Trace {
  return {
    run(work) {
      run(work);
    },
    failed(error) {
      span?.recordException(error instanceof Error ? error : String(error));
    },
    end(status, code) {
      const results = resultAttributes(status, code);
      measure(results);
      if (span !== undefined) finish(span, status, results, isOwn);
    },
  };
}

function finish(span: OpenTelemetrySpan, status: number, results: Attributes, isOwn: boolean): void {
  span.setAttributes(results);
  // What a caller did wrong is not an error of the server.
  if (status >= 500) span.setStatus({ code: errorStatus });
  if (isOwn) span.end();
}

/** Of few values each: the labels of the metric. */
function labelsOf({ method }: ServerRequest, route: TracedRoute | undefined, scheme: string): Attributes {
  return {
    "http.request.method": knownMethods.test(method) ? method : "_OTHER",
    "url.scheme": scheme,
    ...(route === undefined ? {} : { "http.route": route.path }),
  };
}

function routeAttributes(route: TracedRoute | undefined): Attributes {
  return route === undefined ? {} : { "http.route": route.path, "lockstep.operation.id": route.operation };
}

/** Without the query, which may hold credentials. */
function requestAttributes(request: ServerRequest): Attributes {
  const [path = ""] = request.target.split("?", 1);
  const agent = request.header("user-agent");
  return {
    "url.path": path,
    ...(knownMethods.test(request.method) ? {} : { "http.request.method_original": request.method }),
    ...(agent === undefined ? {} : { "user_agent.original": agent }),
  };
}

function resultAttributes(status: number, code: string | undefined): Attributes {
  const type = code ?? (status >= 500 ? String(status) : undefined);
  return { "http.response.status_code": status, ...(type === undefined ? {} : { "error.type": type }) };
}

function nameOf(labels: Attributes): string {
  const method = labels["http.request.method"] === "_OTHER" ? "HTTP" : String(labels["http.request.method"]);
  const route = labels["http.route"];
  return route === undefined ? method : `${method} ${String(route)}`;
}

/** Where a parent is found: `traceparent` and what else the propagator asks for. */
const fields = {
  keys: (): string[] => [],
  get: (request: ServerRequest, name: string): string | undefined => request.header(name.toLowerCase()),
};
