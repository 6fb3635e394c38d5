/** One call on its way through the pipeline, and the part of it that the handler sees. */
import type { CheckedResponse } from "../response/check-response.ts";
import type { MediaValidation, ParameterValues } from "../contract.ts";
import type { BodyProblem, ReceivedBody, OutgoingResponse, ServerRequest } from "../exchange.ts";
import { Failure, type FailureOptions } from "../response/failure.ts";
import type { Trace } from "../observation/telemetry.ts";
import type { HeldKey } from "../idempotency/idempotency.ts";
import type { StoredResponse } from "../idempotency/store.ts";
import type { Inflater } from "../validation/inflate.ts";
import type { OperationPlan } from "./plan.ts";
import { findResource, type Owner, type PublicResource, type TenantResource } from "../tenant-resource.ts";

/** What the stages learn about a call; each fills in its own part. */
export class Call {
  readonly request: ServerRequest;
  readonly requestId: string;
  readonly plan: OperationPlan;
  /** The raw parameters: the call itself is what the validators read them from. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: string;
  readonly began: number;
  readonly done: (response: OutgoingResponse) => void;
  trace: Trace | undefined = undefined;
  principal: unknown = undefined;
  tenant: string | undefined = undefined;
  /** Who of the tenant. */
  caller: string = "";
  missingScopes: readonly string[] | undefined = undefined;
  media: MediaValidation | undefined = undefined;
  /** Undoes the coding of the body, until that is done. */
  inflate: Inflater | undefined = undefined;
  values: ParameterValues = noParameters;
  /** The body, once it is there, for the check that needs them. */
  received: ReceivedBody | BodyProblem | undefined = undefined;
  body: unknown = undefined;
  key: string | undefined = undefined;
  held: HeldKey | undefined = undefined;
  replay: StoredResponse | undefined = undefined;
  /** The result that the handler had stored within its transaction, and what became of it. */
  remembered: { readonly result: unknown; readonly response: CheckedResponse } | undefined = undefined;
  /** Field names and values in turn that every further response carries. */
  fields: readonly string[] = noFields;

  constructor(
    request: ServerRequest,
    requestId: string,
    plan: OperationPlan,
    path: Readonly<Record<string, string>>,
    query: string,
    began: number,
    done: (response: OutgoingResponse) => void,
  ) {
    this.request = request;
    this.requestId = requestId;
    this.plan = plan;
    this.path = path;
    this.query = query;
    this.began = began;
    this.done = done;
  }

  /** True if there is a body to wait for. Streams are handed on as they come, except those that a key has to tell apart. */
  get awaitsBody(): boolean {
    const { media } = this;
    return (
      media !== undefined && this.received === undefined && (media.kind !== "binary" || this.#mayHoldKey)
    );
  }

  get #mayHoldKey(): boolean {
    const { plan, tenant, request } = this;
    return (
      plan.operation.idempotencyKey !== "none" &&
      tenant !== undefined &&
      request.header("idempotency-key") !== undefined
    );
  }

  /** Looks a field up; a getter, because few operations have parameters in the header section. */
  get header(): (name: string) => string | undefined {
    const { request } = this;
    return (name) => request.header(name);
  }
}

const noFields: readonly string[] = [];
const empty = Object.freeze({});
const noParameters: ParameterValues = {};

/** Makes a failure. */
export function fail(code: string, details?: unknown, options?: FailureOptions): Failure {
  return new Failure(code, details, options);
}

/** What the pipeline does on a handler's behalf. */
export interface Services {
  remember(call: Call, result: unknown, transaction: unknown): Promise<unknown>;
  onForeign(call: Call): void;
}

/**
 * The context of a handler. What few handlers use is behind getters, so that a call pays for what it uses; members may be
 * destructured all the same.
 */
export class HandlerContext {
  readonly operation: string;
  readonly path: unknown;
  readonly query: unknown;
  readonly header: unknown;
  readonly cookie: unknown;
  readonly body: unknown;
  readonly mediaType: string | undefined;
  readonly principal: unknown;
  readonly requestId: string;
  readonly request: ServerRequest;
  readonly idempotencyKey: string | undefined;
  readonly fail = fail;
  readonly #call: Call;
  readonly #services: Services;

  constructor(call: Call, services: Services) {
    const { values } = call;
    this.operation = call.plan.operation.id;
    this.path = values.path ?? empty;
    this.query = values.query ?? empty;
    this.header = values.header ?? empty;
    this.cookie = values.cookie ?? empty;
    this.body = call.body;
    this.mediaType = call.body === undefined ? undefined : call.media?.mediaType;
    this.principal = call.principal;
    this.requestId = call.requestId;
    this.request = call.request;
    this.idempotencyKey = call.key;
    this.#call = call;
    this.#services = services;
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }

  get find(): <Value, Arguments extends readonly unknown[]>(
    resource: TenantResource<Value, Arguments> | PublicResource<Value, Arguments>,
    id: string,
    ...rest: Arguments
  ) => Promise<Value> {
    const call = this.#call;
    const owner: Owner = {
      tenant: call.tenant,
      code: call.plan.codes["resource-lookup"][0]?.code ?? "",
      onForeign: () => {
        this.#services.onForeign(call);
      },
    };
    return (resource, id, ...rest) => findResource(owner, resource, id, rest);
  }

  get remember(): (result: unknown, transaction: unknown) => Promise<unknown> {
    return (result, transaction) => this.#services.remember(this.#call, result, transaction);
  }
}
