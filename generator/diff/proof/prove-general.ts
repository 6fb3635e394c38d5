/** Looks for the proof of a finding of the general engine: a request that was fine, or an answer that old clients refuse. */
import type { Json, JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, MediaType, Parameter, Response } from "../../model/api-model.ts";
import type { Witness } from "../change.ts";
import { pairModels, type OperationPair } from "../pair.ts";
import { candidates } from "../schema/candidates.ts";
import type { SchemaSide } from "../schema/side.ts";
import { isValid } from "../schema/validate.ts";
import { acceptsAnswer, acceptsRequest } from "./accept.ts";
import { graft } from "./graft.ts";
import { answer, leastRequests } from "./make.ts";
import { isJson, parameterKey, schemaSide, type Answer, type Request } from "./message.ts";
import { answerWitness, requestWitness } from "./print.ts";
import { Reach } from "./reach.ts";

/** Where the engine saw a change. */
export interface Spot {
  readonly pointer: string;
  readonly property?: string;
}

/** Findings of one comparison that get a proof, and operations that are tried for each: the search takes time. */
const maxFindings = 30;
const tried = 5;

/** An operation of the base, and what has become of it. */
type Known = Pick<OperationPair, "base"> & Partial<OperationPair>;

export class GeneralProver {
  readonly #base: ApiModel;
  readonly #revision: ApiModel;
  readonly #pairs: readonly Known[];
  readonly #reach: Reach;
  #left = maxFindings;

  constructor(base: ApiModel, revision: ApiModel) {
    const common = new Map(
      pairModels(base, revision, "").operations.map((pair) => [pair.base, pair.revision]),
    );
    this.#base = base;
    this.#revision = revision;
    this.#reach = new Reach(base.document);
    this.#pairs = base.operations.map((operation) => {
      const now = common.get(operation);
      return now === undefined ? { base: operation } : { base: operation, revision: now };
    });
  }

  prove(spot: Spot): Witness | undefined {
    if (this.#left-- <= 0) return undefined;
    const alone = graft(this.#base.document, this.#revision.document, spot.pointer, spot.property);
    const touched = this.#pairs
      .filter(({ base }) => this.#touches(base.pointer, spot.pointer))
      .slice(0, tried);
    for (const pair of touched) {
      const witness =
        this.#request(pair, spot, alone) ?? this.#answer(pair, spot, alone) ?? this.#gone(pair, spot);
      if (witness !== undefined) return witness;
    }
    return undefined;
  }

  /** Is the spot inside the operation, around it, beside it in its path item, or in a component that it leads to? */
  #touches(operation: string, spot: string): boolean {
    const [section, ...rest] = pointerTokens(spot);
    if (section === "components") {
      const component = joinPointer("", "components", ...rest.slice(0, 2));
      return this.#reach.leads(resolvePointer(this.#base.document, operation), component);
    }
    const item = operation.slice(0, operation.lastIndexOf("/"));
    return (
      spot === operation ||
      spot === item ||
      spot.startsWith(`${operation}/`) ||
      spot.startsWith(`${item}/parameters`)
    );
  }

  #request({ base, revision }: Known, spot: Spot, alone: JsonObject | undefined): Witness | undefined {
    if (/^\/paths\/[^/]+\/[^/]+\/responses/.test(spot.pointer)) return undefined;
    const old = { model: this.#base, operation: base };
    const fresh = { model: this.#revision, operation: revision };
    const least = leastRequests(this.#base, base);
    const varied = least
      .slice(0, 1)
      .flatMap((request): Request[] => [
        ...base.parameters.flatMap((parameter) => this.#withParameter(request, parameter, alone)),
        ...(base.requestBody?.content ?? []).flatMap((content) => this.#withBody(request, content, alone)),
      ]);
    // The least request proves what concerns the operation itself; a changed schema is proved by a value for it.
    const isSchema = /\/schema(\/|$)|^\/components\/schemas\//.test(spot.pointer);
    const found = [...varied, ...(isSchema ? [] : least)].find(
      (request) => acceptsRequest(old, request) === true && acceptsRequest(fresh, request) === false,
    );
    return found === undefined ? undefined : requestWitness(base, found, "base");
  }

  #withParameter(request: Request, parameter: Parameter, alone: JsonObject | undefined): Request[] {
    return this.#refused(parameter.schemaPointer, schemaSide(this.#base, parameter), alone).map((value) => ({
      ...request,
      parameters: { ...request.parameters, [parameterKey(parameter)]: value },
    }));
  }

  #withBody(request: Request, content: MediaType, alone: JsonObject | undefined): Request[] {
    if (!isJson(content) || content.schemaPointer === undefined) return [];
    return this.#refused(content.schemaPointer, schemaSide(this.#base, content), alone).map((body) => ({
      ...request,
      content: { mediaType: content.mediaType, body },
    }));
  }

  /** Values that the base accepts and that this change alone makes invalid. */
  #refused(pointer: string, base: SchemaSide, alone: JsonObject | undefined): Json[] {
    const schema = alone === undefined ? undefined : resolvePointer(alone, pointer);
    if (alone === undefined || schema === undefined) return [];
    const changed: SchemaSide = { document: alone, schema: { allOf: [schema] } };
    return within(
      candidates(base, changed),
      (value) => isValid(base, value) === true && isValid(changed, value) === false,
    );
  }

  #answer({ base, revision }: Known, spot: Spot, alone: JsonObject | undefined): Witness | undefined {
    if (revision === undefined) return undefined;
    const old = { model: this.#base, operation: base };
    const fresh = { model: this.#revision, operation: revision };
    const answers = revision.responses
      .filter(({ status, pointer }) => /^2\d\d$/.test(status) && this.#concerns(pointer, spot.pointer))
      .flatMap((response) => this.#answers(response, spot, alone));
    const found = answers.find(
      (sent) => acceptsAnswer(fresh, sent) === true && acceptsAnswer(old, sent) === false,
    );
    return found === undefined ? undefined : answerWitness(revision, found, "revision");
  }

  /** An answer that the revision no longer knows. */
  #gone({ base, revision }: Known, spot: Spot): Witness | undefined {
    const response = base.responses.find(({ pointer }) => pointer === spot.pointer);
    if (response === undefined || revision === undefined) return undefined;
    const sent = answer(this.#base, response, response.status);
    const isProof =
      acceptsAnswer({ model: this.#base, operation: base }, sent) === true &&
      acceptsAnswer({ model: this.#revision, operation: revision }, sent) === false;
    return isProof ? answerWitness(base, sent, "base") : undefined;
  }

  #concerns(response: string, spot: string): boolean {
    return spot.startsWith("/components/") || spot === response || spot.startsWith(`${response}/`);
  }

  #answers(response: Response, spot: Spot, alone: JsonObject | undefined): Answer[] {
    const content = response.content.find(isJson);
    const plain = answer(this.#revision, response, response.status);
    if (content?.schemaPointer === undefined) return [plain];
    const schema = resolvePointer(this.#base.document, content.schemaPointer);
    const changed = alone === undefined ? undefined : resolvePointer(alone, content.schemaPointer);
    if (schema === undefined || alone === undefined || changed === undefined) return [plain];
    const before: SchemaSide = { document: this.#base.document, schema: { allOf: [schema] } };
    const after: SchemaSide = { document: alone, schema: { allOf: [changed] } };
    const bodies = within(
      [...candidates(after, before), ...candidates(schemaSide(this.#revision, content), before)],
      (value) => isValid(after, value) === true && isValid(before, value) === false,
    );
    const sent = bodies.map((body) => answer(this.#revision, response, response.status, body));
    return spot.pointer.includes("/schema") ? sent : [...sent, plain];
  }
}

/** A few are enough; one of them may not suit the other changes. */
function within(values: readonly Json[], fits: (value: Json) => boolean): Json[] {
  const found: Json[] = [];
  for (const value of values) {
    if (fits(value)) found.push(value);
    if (found.length === 8) break;
  }
  return found;
}
