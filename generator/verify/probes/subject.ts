/** What the makers of probes know of one operation: who calls it, and with which requests. */
import type { Json } from "../../json/json.ts";
import type { ApiModel, Operation, Parameter } from "../../model/api-model.ts";
import type { Actor, Actors } from "../actors.ts";
import type { ProbeRequest } from "../exchange.ts";
import { isSafe } from "../probe.ts";
import type { SeededRandom } from "../random.ts";
import { pathParameters, type RequestDraft, type RequestMaker } from "../valid-request.ts";
import { canCall, credentialsFor, writeRequest, type Credentials } from "../write-request.ts";

export interface Settings {
  readonly model: ApiModel;
  readonly actors: Actors;
  readonly random: SeededRandom;
  readonly allowWrites: boolean;
  readonly allowLoad: boolean;
  /** Faults of one body that are tried at most. */
  readonly bodyFaults: number;
}

export class Subject {
  readonly operation: Operation;
  readonly settings: Settings;
  readonly maker: RequestMaker;
  /** Calls the operation with success; absent where no actor can. */
  readonly caller: Actor | undefined;

  constructor(operation: Operation, settings: Settings, maker: RequestMaker) {
    this.operation = operation;
    this.settings = settings;
    this.maker = maker;
    this.caller = settings.actors.actors.find(
      (actor) => !actor.revoked && canCall(operation, actor) && missingScopes(operation, actor).length === 0,
    );
  }

  get model(): ApiModel {
    return this.settings.model;
  }

  /** True if requests that must succeed, or must be refused for one fault alone, can be made. */
  get callable(): boolean {
    return this.operation.security.length === 0 || this.caller !== undefined;
  }

  /** A request that would succeed: with the caller's seeds, as far as there are any. */
  good(): RequestDraft {
    return this.maker.draft(this.operation, this.caller);
  }

  /**
   * A request that is right but for what the probe adds. Where the handler could change something, it leads to no
   * resource, so that a server without the stage finds nothing to change.
   */
  harmless(): RequestDraft {
    if (isSafe(this.operation)) return this.good();
    const draft = this.maker.draft(this.operation, undefined);
    return { ...draft, parameters: this.nowhere(draft).parameters };
  }

  /** The same with ids that exist nowhere. */
  nowhere(draft: RequestDraft): RequestDraft {
    const parameters = new Map(draft.parameters);
    for (const parameter of pathParameters(this.operation))
      parameters.set(parameter, this.maker.nowhere(parameter));
    return { ...draft, parameters };
  }

  write(draft: RequestDraft, as: Actor | undefined = this.caller): ProbeRequest {
    return writeRequest(this.model, draft, credentialsFor(this.operation, as));
  }

  writeWith(draft: RequestDraft, credentials: Credentials): ProbeRequest {
    return writeRequest(this.model, draft, credentials);
  }
}

export function withParameter(
  draft: RequestDraft,
  parameter: Parameter,
  value: Json | undefined,
): RequestDraft {
  const parameters = new Map(draft.parameters);
  if (value === undefined) parameters.delete(parameter);
  else parameters.set(parameter, value);
  return { ...draft, parameters };
}

/** The scopes that the operation asks for and the actor lacks, in the alternative that it can show credentials for. */
export function missingScopes(operation: Operation, actor: Actor): readonly string[] {
  const { scopes: held } = actor;
  if (held === undefined) return [];
  const alternatives = operation.security.filter(({ schemes }) =>
    schemes.every(({ scheme }) => Object.hasOwn(actor.credentials, scheme)),
  );
  const missing = alternatives.map(({ schemes }) =>
    schemes.flatMap(({ scopes }) => scopes).filter((scope) => !held.includes(scope)),
  );
  return missing.sort((a, b) => a.length - b.length)[0] ?? [];
}
