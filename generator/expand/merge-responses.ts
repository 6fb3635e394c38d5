/** Puts the error responses of an operation's codes beside, or into, those that its author wrote. */
import type { EnvelopeDeclaration } from "../contract/envelope.ts";
import { generatedByKey, type CatalogueEntry } from "../contract/vocabulary.ts";
import { asText, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { ComponentPool } from "./component-pool.ts";
import { responseName } from "./names.ts";
import { errorHeaders, errorResponse, sharedHeaders } from "./responses.ts";

interface MergeInput {
  /** The author's document: what references resolve in. */
  readonly document: JsonObject;
  readonly envelope: EnvelopeDeclaration;
  readonly pool: ComponentPool;
  /** The operation's codes by status. */
  readonly byStatus: ReadonlyMap<string, readonly CatalogueEntry[]>;
}

/**
 * The operation with one response per status of its codes. A status without a response gets a shared one from
 * `components.responses`; a response that the author wrote keeps its description, headers and other media types.
 */
export function mergeErrorResponses(operation: JsonObject, pointer: string, input: MergeInput): JsonObject {
  if (input.byStatus.size === 0) return operation;
  const authored = asObject(operation["responses"]);
  const responses: Record<string, Json> = { ...authored };
  for (const [status, entries] of input.byStatus) {
    const { value } = followRefs(input.document, authored[status], joinPointer(pointer, "responses", status));
    addHeaders(input.pool, entries);
    responses[status] = isObject(value)
      ? mergeResponse(value, entries, input)
      : { $ref: sharedResponse(entries, input) };
  }
  return { ...operation, responses };
}

function sharedResponse(
  entries: readonly CatalogueEntry[],
  { document, envelope, pool }: MergeInput,
): string {
  const name = responseName(entries.map((entry) => entry.code));
  return pool.addNumbered("responses", name, errorResponse(document, envelope, entries));
}

function mergeResponse(
  authored: JsonObject,
  entries: readonly CatalogueEntry[],
  { document, envelope }: MergeInput,
): JsonObject {
  const { [envelope.mediaType]: body, ...others } = asObject(authored["content"]);
  if (isObject(body) && !isEnvelope(body["schema"], envelope)) return authored;
  const made = errorResponse(document, envelope, entries);
  const madeBody = asObject(asObject(made["content"])[envelope.mediaType]);
  const headers = { ...asObject(made["headers"]), ...asObject(authored["headers"]) };
  return {
    ...authored,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: { [envelope.mediaType]: { ...madeBody, [generatedByKey]: "lockstep" }, ...others },
  };
}

/** No schema at all, or the envelope itself; anything narrower is the author's own and stays (the rules check it). */
function isEnvelope(schema: Json | undefined, envelope: EnvelopeDeclaration): boolean {
  return schema === undefined || (isObject(schema) && schema["$ref"] === `#${envelope.schema}`);
}

function addHeaders(pool: ComponentPool, entries: readonly CatalogueEntry[]): void {
  for (const header of Object.values(errorHeaders(entries))) {
    const name = isObject(header) ? asText(header["$ref"], "").split("/").at(-1) : undefined;
    const component = name === undefined ? undefined : sharedHeaders[name];
    if (name !== undefined && isObject(component)) pool.add("headers", name, component);
  }
}
