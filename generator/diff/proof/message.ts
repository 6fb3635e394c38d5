/** Messages as a proof prints them: decoded values, one operation. Type aliases, because a counterexample holds any JSON object. */
import type { Json, JsonObject } from "../../json/json.ts";
import type { ApiModel, MediaType, Operation } from "../../model/api-model.ts";
import { isJsonType } from "../../validator-library/http/media-type.ts";
import { candidates } from "../schema/candidates.ts";
import type { SchemaSide } from "../schema/side.ts";
import { isValid } from "../schema/validate.ts";

/** What a server sends. Header names in lower case. */
export interface ResponseMessage {
  readonly status: string;
  readonly headers: JsonObject;
  /** Absent where nothing is sent. */
  readonly content?: { readonly mediaType: string; readonly body: Json };
}

/** What a client sends. `parameters` by location and name, such as `query limit`, with values before they are serialized. */
export interface Request {
  readonly parameters: JsonObject;
  /** The scopes of each scheme whose credentials are shown. */
  readonly credentials: Readonly<Record<string, readonly string[]>>;
  readonly idempotencyKey: boolean;
  readonly content?: { readonly mediaType: string; readonly body: Json };
}

/** A side of the comparison as far as one operation goes; without `operation` the side does not have it. */
export interface Party {
  readonly model: ApiModel;
  readonly operation: Operation | undefined;
}

export function schemaSide(
  model: ApiModel,
  { schema }: { readonly schema?: SchemaSide["schema"] },
): SchemaSide {
  return { document: model.document, schema: schema ?? true };
}

/** The plainest value that the schema surely accepts. */
export function plainValue(side: SchemaSide): Json | undefined {
  return candidates(side, side).find((value) => isValid(side, value) === true);
}

/** The key under which a request holds a parameter. */
export function parameterKey(parameter: { readonly in: string; readonly name: string }): string {
  return `${parameter.in} ${parameter.in === "header" ? parameter.name.toLowerCase() : parameter.name}`;
}

/** Values of JSON types, the only ones that are made up here. */
export function isJson({ mediaType }: Pick<MediaType, "mediaType">): boolean {
  return isJsonType(mediaType);
}
