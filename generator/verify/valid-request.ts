/** Makes requests that an operation accepts: from the actors file, the document's examples, or its schemas. */
import { candidates } from "../diff/schema/candidates.ts";
import type { SchemaSide } from "../diff/schema/side.ts";
import { isValid } from "../diff/schema/validate.ts";
import { asText, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, resolvePointer } from "../json/pointer.ts";
import type { ApiModel, MediaType, Operation, Parameter } from "../model/api-model.ts";
import { sampleValue } from "../openapi/sample.ts";
import { isJsonType } from "../validator-library/http/media-type.ts";
import type { Actor, Actors } from "./actors.ts";
import { withCheckedFormats } from "./checked-formats.ts";
import { withoutMembers } from "./direction-view.ts";
import { isSafe } from "./probe.ts";
import type { SeededRandom } from "./random.ts";

/** A request before it is written down: values, not texts. */
export interface RequestDraft {
  readonly operation: Operation;
  /** By location and name. */
  readonly parameters: ReadonlyMap<Parameter, Json>;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: { readonly mediaType: string; readonly value: Json };
  /** True if it must succeed: it reads with the seeds of the caller, or the actors file has a request. */
  readonly known: boolean;
}

export class RequestMaker {
  readonly #model: ApiModel;
  readonly #actors: Actors;
  readonly #random: SeededRandom;
  /** As requests have to follow it. */
  readonly document: JsonObject;

  constructor(model: ApiModel, actors: Actors, random: SeededRandom) {
    this.#model = model;
    this.#actors = actors;
    this.#random = random;
    this.document = withoutMembers(withCheckedFormats(model), "readOnly");
  }

  /** With the seeds of `owner`; what has none gets a value that is well-formed and leads nowhere. */
  draft(operation: Operation, owner: Actor | undefined): RequestDraft {
    const given = this.#actors.requests[operation.id];
    const parameters = new Map<Parameter, Json>();
    let known = true;
    for (const parameter of operation.parameters) {
      const seeded = given?.[parts[parameter.in]]?.[parameter.name] ?? seedOf(owner, operation, parameter);
      if (seeded !== undefined) parameters.set(parameter, seeded);
      else if (parameter.in === "path" || parameter.required) {
        known &&= parameter.in !== "path";
        parameters.set(parameter, this.nowhere(parameter));
      }
    }
    const media = operation.requestBody?.content.find(({ mediaType }) => isJsonType(mediaType));
    const body = media === undefined ? undefined : this.#body(media, given?.body);
    // What an operation that writes does with a resource depends on the state that the resource is in.
    if (!isSafe(operation))
      known = given !== undefined && (operation.requestBody?.required !== true || given.body !== undefined);
    const headers = Object.entries(given?.headers ?? {}).map(
      ([name, value]) => [name, asText(value, "")] as const,
    );
    return {
      operation,
      parameters,
      headers,
      known,
      ...(media === undefined || body === undefined
        ? {}
        : { body: { mediaType: media.mediaType, value: body } }),
    };
  }

  side({
    schema,
    schemaPointer,
  }: {
    readonly schema?: SchemaSide["schema"];
    readonly schemaPointer?: string;
  }): SchemaSide {
    const found = schemaPointer === undefined ? undefined : resolvePointer(this.document, schemaPointer);
    const own = isObject(found) || typeof found === "boolean" ? found : (schema ?? true);
    return { document: this.document, schema: own };
  }

  /** A well-formed value that no resource has. */
  nowhere(parameter: Parameter): Json {
    const side = this.side(parameter);
    const random = [
      this.#random.uuid(),
      this.#random.hex(24),
      2_147_000_000 - Math.floor(this.#random.next() * 1e6),
    ];
    return (
      random.find((value) => isValid(side, value) === true) ??
      this.#plain(side) ??
      sampleValue(this.document, side.schema)
    );
  }

  #body(media: MediaType, given: Json | undefined): Json | undefined {
    const side = this.side(media);
    if (given !== undefined) return given;
    const values = [...media.examples.map(({ value }) => value), sampleValue(this.document, side.schema)];
    return values.find((value) => isValid(side, value) === true) ?? this.#plain(side) ?? values[0];
  }

  #plain(side: SchemaSide): Json | undefined {
    return candidates(side, side).find((value) => isValid(side, value) === true);
  }

  /** Link Objects of the operation's responses. */
  links(operation: Operation, status: string): JsonObject {
    const response = operation.responses.find((one) => one.status === status);
    const node = response === undefined ? undefined : resolvePointer(this.#model.document, response.pointer);
    const { value } = followRefs(this.#model.document, node, "");
    return isObject(value) && isObject(value["links"]) ? value["links"] : {};
  }
}

const parts = { path: "path", query: "query", header: "headers", cookie: "headers" } as const;

export function seedOf(
  owner: Actor | undefined,
  { id }: Operation,
  { name, in: where }: Parameter,
): Json | undefined {
  if (owner === undefined) return undefined;
  const exact = owner.seeds[`${id}.${name}`];
  return exact ?? (where === "path" ? owner.seeds[name] : undefined);
}

/** The parameters of the path, which lead to a resource. */
export function pathParameters({ parameters }: Operation): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.in === "path");
}
