/** Cross-origin requests (Fetch Standard, CORS protocol), answered from the contract: no undeclared method is allowed. */
import type { ApiContract } from "../contract.ts";
import type { ServerRequest } from "../exchange.ts";

export interface CorsOptions {
  /** Origins that may call: `*`, a list, or a decision of the host's. */
  readonly origins: "*" | readonly string[] | ((origin: string) => boolean);
  /** Cookies and other credentials of the browser may be sent; not with `*`. */
  readonly credentials?: boolean;
  /** Fields of responses that pages may read, beyond those that every page may. */
  readonly exposedHeaders?: readonly string[];
  /** Fields of requests beyond those that the document declares. */
  readonly allowedHeaders?: readonly string[];
  /** Seconds that a browser may keep the response to a preflight; 600 where absent. */
  readonly maxAge?: number;
}

export class Cors {
  readonly #options: CorsOptions;
  readonly #allowedHeaders: string;
  readonly #exposedHeaders: string;

  /** @throws TypeError for credentials from everywhere */
  constructor(options: CorsOptions, contract: ApiContract, requestIdHeader: string) {
    if (options.origins === "*" && options.credentials === true) {
      throw new TypeError('cors.origins: "*" cannot be combined with credentials.');
    }
    this.#options = options;
    const declared = requestHeaders(contract);
    this.#allowedHeaders = [
      ...new Set([...declared, requestIdHeader, ...(options.allowedHeaders ?? [])]),
    ].join(", ");
    this.#exposedHeaders = [
      ...new Set([requestIdHeader, "retry-after", ...(options.exposedHeaders ?? [])]),
    ].join(", ");
  }

  isPreflight(request: ServerRequest): boolean {
    return (
      request.method === "OPTIONS" &&
      request.header("origin") !== undefined &&
      request.header("access-control-request-method") !== undefined
    );
  }

  /** Fields of the response to a preflight for a path that has these methods. */
  preflight(request: ServerRequest, methods: readonly string[]): readonly string[] {
    const origin = this.#originFor(request);
    const vary = ["vary", "origin, access-control-request-method, access-control-request-headers"];
    if (origin === undefined) return vary;
    const { maxAge = 600, credentials } = this.#options;
    return [
      ...vary,
      ...["access-control-allow-origin", origin],
      ...["access-control-allow-methods", [...methods].sort().join(", ")],
      ...["access-control-allow-headers", this.#allowedHeaders],
      ...["access-control-max-age", String(maxAge)],
      ...(credentials === true ? ["access-control-allow-credentials", "true"] : []),
    ];
  }

  /** Fields of every other response, errors included. */
  fields(request: ServerRequest): readonly string[] {
    const origin = this.#originFor(request);
    const vary = this.#options.origins === "*" ? [] : ["vary", "origin"];
    if (origin === undefined) return vary;
    return [
      ...vary,
      ...["access-control-allow-origin", origin],
      ...["access-control-expose-headers", this.#exposedHeaders],
      ...(this.#options.credentials === true ? ["access-control-allow-credentials", "true"] : []),
    ];
  }

  #originFor(request: ServerRequest): string | undefined {
    const { origins } = this.#options;
    const origin = request.header("origin");
    if (origin === undefined) return undefined;
    if (origins === "*") return "*";
    const allowed = typeof origins === "function" ? origins(origin) : origins.includes(origin);
    return allowed ? origin : undefined;
  }
}

/** What the document lets callers send. */
function requestHeaders({ operations, securitySchemes }: ApiContract): readonly string[] {
  const names = new Set(["content-type"]);
  for (const { type, in: place, name } of Object.values(securitySchemes)) {
    if (type !== "apiKey") names.add("authorization");
    else if (place === "header" && name !== undefined) names.add(name.toLowerCase());
  }
  for (const { idempotencyKey, requestHeaders: declared } of operations) {
    if (idempotencyKey !== "none") names.add("idempotency-key");
    for (const name of declared ?? []) names.add(name);
  }
  return [...names];
}
