/** For tests: a response that breaks the contract fails the test that got it. */
import { classifyResponse, classifyUnrouted } from "./classify.ts";
import type { MonitoredContract, ObservedResponse } from "./contract.ts";
import { OperationIndex } from "./operation-index.ts";
import type { ContractViolation } from "./violation.ts";

/** A response of `fetch`, or of Playwright. */
export type TestedResponse = Response | PlaywrightResponse;

interface PlaywrightResponse {
  url(): string;
  status(): number;
  headers(): Readonly<Record<string, string>>;
  text(): Promise<string>;
  /** A response of a page knows its request. */
  request?(): { method(): string };
}

export interface ExpectOptions {
  /** The method of the request, where the path has several. */
  readonly method?: string;
  /** Path and query, where the response has no URL: a handler that was called without a server. */
  readonly url?: string;
}

export class ContractBroken extends Error {
  override readonly name = "ContractBroken";
  readonly violations: readonly ContractViolation[];

  constructor(subject: string, violations: readonly ContractViolation[]) {
    const lines = violations.flatMap(({ rule, message, issues = [] }) => [
      `  ${rule}: ${message}`,
      ...issues.map(({ pointer, message: what }) => `    ${pointer === "" ? "the body" : pointer} ${what}`),
    ]);
    super([`${subject} breaks its contract:`, ...lines].join("\n"));
    this.violations = violations;
  }
}

/**
 * `const expectContract = contractExpectation(contract);` once, then `await expectContract(response)` in tests of vitest,
 * jest, node:test and Playwright. The body can be read afterwards.
 *
 * @throws ContractBroken
 */
export function contractExpectation(
  contract: MonitoredContract,
): (response: TestedResponse, options?: ExpectOptions) => Promise<void> {
  const index = new OperationIndex(contract);
  return async (response, options = {}) => {
    const { url, method, observed } = await read(response, options);
    const target = URL.canParse(url) ? url.slice(new URL(url).origin.length) : url;
    const { methods = [] } = index.find(method ?? "GET", target) ?? {};
    const [only] = methods;
    if (method === undefined && methods.length > 1) {
      throw new TypeError(`${target} has ${methods.join(", ")}: say which with { method }.`);
    }
    const { operation } = index.find(method ?? only ?? "GET", target) ?? {};
    const { violations } =
      operation === undefined
        ? classifyUnrouted(contract, observed)
        : classifyResponse(contract, operation, observed);
    if (violations.length > 0)
      throw new ContractBroken(`${method ?? only ?? ""} ${target}`.trim(), violations);
  };
}

interface ReadResponse {
  readonly url: string;
  readonly method: string | undefined;
  readonly observed: ObservedResponse;
}

async function read(response: TestedResponse, { method, url }: ExpectOptions): Promise<ReadResponse> {
  if (response instanceof Response) {
    if (response.bodyUsed) throw new TypeError("The body was read before: call expectContract first.");
    const body = await response.clone().text();
    const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
    return {
      url: url ?? response.url,
      method,
      observed: { status: response.status, header, body, hasBody: body !== "" },
    };
  }
  const fields = response.headers();
  const body = await response.text();
  return {
    url: url ?? response.url(),
    method: method ?? response.request?.().method(),
    observed: { status: response.status(), header: (name) => fields[name], body, hasBody: body !== "" },
  };
}
