/** The error contract: from the catalogue where the document has one, else inferred from its responses. */
import { deriveErrors } from "../contract/derive.ts";
import { readEnvelope, type EnvelopeDeclaration } from "../contract/envelope.ts";
import { readErrorLayout } from "../contract/error-layout.ts";
import { operationFacts } from "../contract/facts.ts";
import {
  cataloguePointer,
  errorCodeKey,
  readCatalogue,
  type Catalogue,
  type CatalogueEntry,
  type OperationError,
} from "../contract/vocabulary.ts";
import { asObject, compareText, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../json/pointer.ts";
import type { ErrorCode, ErrorContract, ErrorEnvelope, Operation, RetiredCode } from "./api-model.ts";
import { codeIdentifiers } from "./code-identifiers.ts";
import { inferErrorContract } from "./infer.ts";
import { withIssues } from "./issues-place.ts";

export interface ErrorContractResult {
  readonly contract: ErrorContract;
  /** By operation id. */
  readonly operationErrors: ReadonlyMap<string, readonly OperationError[]>;
}

export function buildErrorContract(
  document: JsonObject,
  operations: readonly Operation[],
): ErrorContractResult {
  const catalogue = readCatalogue(document);
  const layout = readErrorLayout(document);
  if (catalogue === undefined && layout !== undefined) {
    const contract: ErrorContract = { origin: "none", layout, codes: [], retired: [] };
    return { contract, operationErrors: new Map() };
  }
  return catalogue === undefined
    ? inferErrorContract(document, operations)
    : declaredContract(document, operations, catalogue);
}

function declaredContract(
  document: JsonObject,
  operations: readonly Operation[],
  catalogue: Catalogue,
): ErrorContractResult {
  const operationErrors = new Map(
    operations.map((operation) => [operation.id, errorsOf(document, operation, catalogue)]),
  );
  const envelope = readEnvelope(document);
  const schemas = schemasByCode(document);
  const identifierOf = codeIdentifiers([...catalogue.live.keys()]);
  const codes = sorted(catalogue.live.values()).map((entry): ErrorCode => {
    const example = exampleOf(operations, entry);
    const objectSchema = schemas.get(entry.code);
    return {
      ...described(entry),
      identifier: identifierOf(entry.code),
      pointer: joinPointer(cataloguePointer, entry.code),
      statuses: [String(entry.status)],
      ...detailsOf(document, entry),
      ...(objectSchema === undefined ? {} : { objectSchema }),
      ...(example === undefined ? {} : { example }),
      operations: operations
        .filter(({ id }) => operationErrors.get(id)?.some(({ code }) => code === entry.code))
        .map(({ id }) => id),
    };
  });
  const retired = sorted(catalogue.retired.values()).map(({ status, ...tombstone }): RetiredCode => ({
    ...tombstone,
    pointer: joinPointer(cataloguePointer, tombstone.code),
    ...(status === undefined ? {} : { status: String(status) }),
  }));
  const contract: ErrorContract = {
    origin: "catalogue",
    ...(envelope === undefined ? {} : { envelope: withIssues(document, modelEnvelope(envelope)) }),
    codes,
    retired,
  };
  return { contract, operationErrors };
}

/** What the catalogue's entry says, without what the model spells otherwise. */
function described(entry: CatalogueEntry): Omit<CatalogueEntry, "status" | "detailsRef"> {
  const { status: _status, detailsRef: _detailsRef, ...rest } = entry;
  return rest;
}

function errorsOf(
  document: JsonObject,
  operation: Operation,
  catalogue: Catalogue,
): readonly OperationError[] {
  const raw = resolvePointer(document, operation.pointer);
  const pathItem = resolvePointer(document, parentPointer(operation.pointer));
  return deriveErrors(catalogue, operationFacts(document, asObject(pathItem), asObject(raw)));
}

function parentPointer(pointer: string): string {
  return pointerTokens(pointer)
    .slice(0, -1)
    .reduce((parent, token) => joinPointer(parent, token), "");
}

function detailsOf(document: JsonObject, entry: CatalogueEntry): Pick<ErrorCode, "details"> {
  const pointer = entry.detailsRef === undefined ? undefined : refPointer(entry.detailsRef);
  if (pointer === undefined) return {};
  const schema = resolvePointer(document, pointer);
  return isObject(schema) || typeof schema === "boolean"
    ? { details: { schema, pointer, required: true } }
    : {};
}

/** The per-code schemas that `expand` made. */
function schemasByCode(document: JsonObject): ReadonlyMap<string, string> {
  const schemas = asObject(asObject(document["components"])["schemas"]);
  const byCode = new Map<string, string>();
  for (const [name, schema] of Object.entries(schemas)) {
    const code = isObject(schema) ? schema[errorCodeKey] : undefined;
    if (typeof code === "string") byCode.set(code, joinPointer("/components/schemas", name));
  }
  return byCode;
}

/** The example that `expand` wrote into a response, under the code's name. */
function exampleOf(operations: readonly Operation[], entry: CatalogueEntry): Json | undefined {
  for (const operation of operations) {
    const response = operation.responses.find(({ status }) => status === String(entry.status));
    for (const media of response?.content ?? []) {
      const example = media.examples.find(({ name }) => name === entry.code);
      if (example !== undefined) return example.value;
    }
  }
  return undefined;
}

/** `nested` is decided by where the code sits, `problem` by the media type (RFC 9457 §3). */
function modelEnvelope({ headers: _headers, ...envelope }: EnvelopeDeclaration): ErrorEnvelope {
  const problem = envelope.mediaType === "application/problem+json";
  const shape = problem ? "problem" : envelope.code.length > 1 ? "nested" : "flat";
  return { shape, ...envelope };
}

function sorted<Entry extends { readonly code: string }>(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => compareText(a.code, b.code));
}
