/** Classifies recorded exchanges as they are read; memory does not grow with their number. */
import { OperationIndex } from "lockstep-openapi-runtime/monitor";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { monitoredContract } from "../contract.ts";
import type { Finding } from "../finding.ts";
import { classifyExchange, type RunContext } from "../classify-exchange.ts";
import { Matrix } from "../matrix.ts";
import type { ReachedResponse, VerifyRun } from "../run.ts";
import { Secrets } from "../secrets.ts";
import type { Exchange } from "../exchange.ts";
import { recordedCredentials } from "./recorded-credentials.ts";
import type { RecordedExchange } from "./exchange-of.ts";

/** Findings that are kept; what repeats one is counted. */
const maxFindings = 1_000;

export class TrafficClassifier {
  /** Exchanges of the API. */
  count = 0;
  /** Exchanges with other addresses. */
  foreign = 0;
  /** Credentials of the exchanges that are reported. */
  readonly secrets = new Secrets();
  readonly #model: ApiModel;
  readonly #context: RunContext;
  readonly #index: OperationIndex;
  readonly #operations: ReadonlyMap<string, Operation>;
  readonly #findings = new Map<string, Finding>();
  readonly #reached = new Map<string, ReachedResponse>();
  readonly #hosts: ReadonlySet<string>;

  /** @param basePath below which the API is, without a slash at its end */
  constructor(model: ApiModel, basePath: string) {
    this.#model = model;
    const contract = monitoredContract(model, basePath);
    this.#context = { model, contract, matrix: new Matrix(model), secrets: new Secrets() };
    this.#index = new OperationIndex(contract);
    this.#operations = new Map(model.operations.map((operation) => [operation.id, operation]));
    this.#hosts = new Set(
      model.servers.flatMap(({ defaultUrl }) => (URL.canParse(defaultUrl) ? [new URL(defaultUrl).host] : [])),
    );
  }

  add({ url, exchange }: RecordedExchange): void {
    const found = this.#index.find(exchange.request.method, exchange.request.target);
    const operation = found?.operation === undefined ? undefined : this.#operations.get(found.operation.id);
    if (operation === undefined && !this.#isOurs(url, found !== undefined)) {
      this.foreign += 1;
      return;
    }
    this.count += 1;
    const { findings, classified } = classifyExchange(this.#context, exchange, operation, undefined);
    for (const finding of findings) this.#keep(finding, exchange);
    const { response } = exchange;
    if (operation === undefined || response === undefined) return;
    const entry = { operation: operation.id, status: response.status, code: classified.code ?? null };
    const key = JSON.stringify(entry);
    if (!this.#reached.has(key)) this.#reached.set(key, entry);
  }

  /** A path that the document does not have is the API's below its base path, or at one of its hosts. */
  #isOurs(url: string, isBelow: boolean): boolean {
    if (!isBelow) return false;
    return (
      this.#context.contract.basePath !== "" || (URL.canParse(url) && this.#hosts.has(new URL(url).host))
    );
  }

  #keep(finding: Finding, exchange: Exchange): void {
    const places = finding.issues.map(({ pointer, rule }) => [pointer.replace(/\/\d+(?=\/|$)/g, "/0"), rule]);
    const key = JSON.stringify([finding.rule, finding.operation, finding.message, places]);
    if (this.#findings.has(key) || this.#findings.size >= maxFindings) return;
    this.#findings.set(key, finding);
    for (const [variable, value] of recordedCredentials(this.#model, exchange))
      this.secrets.add(value, variable);
  }

  result(): VerifyRun {
    const findings = [...this.#findings.values()];
    return {
      model: this.#model,
      findings,
      matrix: this.#context.matrix,
      exchanges: [],
      open: [],
      reached: [...this.#reached.values()],
      interrupted: false,
    };
  }
}
