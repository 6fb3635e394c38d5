/** Finds the error codes of a document that declares no catalogue: `const` and `enum` at the envelope's code. */
import { greatest } from "../json/extremes.ts";
import { compareErrors } from "../contract/derive.ts";
import { readEnvelope, type EnvelopeDeclaration } from "../contract/envelope.ts";
import type { OperationError } from "../contract/vocabulary.ts";
import { compareText, type JsonObject } from "../json/json.ts";
import { bareType, isJsonType } from "../validator-library/http/media-type.ts";
import type { ErrorCode, ErrorContract, ErrorEnvelope, MediaType, Operation } from "./api-model.ts";
import { codeIdentifiers } from "./code-identifiers.ts";
import type { ErrorContractResult } from "./error-contract.ts";
import { withIssues } from "./issues-place.ts";
import { CodeReader, type CodesFound } from "./read-codes.ts";

/** Where codes sit in the APIs that we know, the more telling place first. */
const candidates: readonly (readonly string[])[] = [
  ["error", "code"],
  ["error"],
  ["code"],
  ["errorCode"],
  ["error_code"],
  ["error", "status"],
  ["error", "type"],
  ["reason"],
];

const messageNames = ["message", "detail", "error_description", "errorMessage", "description", "title"];
const detailsNames = ["details", "data", "params"];

interface ErrorBody {
  readonly operation: Operation;
  readonly status: string;
  readonly media: MediaType;
}

/** Reads off every 4xx, 5xx and default response with a JSON body. No code found: origin `none`. */
export function inferErrorContract(
  document: JsonObject,
  operations: readonly Operation[],
): ErrorContractResult {
  const bodies = operations.flatMap(errorBodies);
  const reader = new CodeReader(document);
  const declared = readEnvelope(document);
  const paths =
    document["x-error-envelope"] !== undefined && declared !== undefined ? [declared.code] : candidates;
  const path = choosePath(bodies, paths, reader);
  if (path === undefined)
    return { contract: { origin: "none", codes: [], retired: [] }, operationErrors: new Map() };
  const inferred = inferredEnvelope(path, bodies, reader);
  const envelope = withIssues(document, { ...inferred, ...declaredMembers(document, declared) });
  const found = bodies.map((body) => ({ body, codes: reader.read(body.media, path, envelope.details) }));
  const codes = collectCodes(found);
  const contract: ErrorContract = {
    origin: codes.length > 0 ? "inferred" : "none",
    envelope,
    codes,
    retired: [],
  };
  return { contract, operationErrors: errorsByOperation(found) };
}

/** What the author says of the envelope goes before what can be seen. */
function declaredMembers(
  document: JsonObject,
  declared: EnvelopeDeclaration | undefined,
): Partial<Pick<ErrorEnvelope, "message" | "details" | "status" | "schema">> {
  if (document["x-error-envelope"] === undefined || declared === undefined) return {};
  const { message, details, status, schema } = declared;
  return {
    ...(message === undefined ? {} : { message }),
    ...(details === undefined ? {} : { details }),
    ...(status === undefined ? {} : { status }),
    schema,
  };
}

interface Found {
  readonly body: ErrorBody;
  readonly codes: CodesFound;
}

function errorBodies(operation: Operation): ErrorBody[] {
  return operation.responses.flatMap((response) => {
    if (!/^(?:[45](?:\d\d|XX)|default)$/.test(response.status)) return [];
    const media = response.content.find(({ mediaType }) => isJson(mediaType));
    return media?.schema === undefined ? [] : [{ operation, status: response.status, media }];
  });
}

/** Under any type, codes are read off JSON. */
function isJson(mediaType: string): boolean {
  return isJsonType(mediaType) || bareType(mediaType) === "*/*";
}

/**
 * The first place at which bodies name codes (a later one only where twice as many do); without any, the first that at
 * least half of the bodies have.
 */
function choosePath(
  bodies: readonly ErrorBody[],
  paths: readonly (readonly string[])[],
  reader: CodeReader,
): readonly string[] | undefined {
  const scored = paths.map((path) => {
    const found = bodies.map((body) => reader.read(body.media, path));
    return {
      path,
      named: found.filter(({ codes }) => codes.size > 0).length,
      present: found.filter(({ present }) => present).length,
    };
  });
  const most = greatest(
    scored.map(({ named }) => named),
    0,
  );
  if (most > 0) return scored.find(({ named }) => named * 2 >= most)?.path;
  return scored.find(({ present }) => present > 0 && present * 2 >= bodies.length)?.path;
}

function inferredEnvelope(
  path: readonly string[],
  bodies: readonly ErrorBody[],
  reader: CodeReader,
): ErrorEnvelope {
  const found = bodies.map((body) => ({ body, codes: reader.read(body.media, path) }));
  const [first] = found.filter(({ codes }) => codes.present);
  const parent = path.slice(0, -1);
  const sibling = (names: readonly string[]): readonly string[] | undefined => {
    const name = names.find((candidate) =>
      found.some(({ body }) => reader.has(body.media, [...parent, candidate])),
    );
    return name === undefined || name === path.at(-1) ? undefined : [...parent, name];
  };
  const mediaType = first?.body.media.mediaType ?? "application/json";
  const problem = bareType(mediaType) === "application/problem+json";
  const naming = found.filter(({ codes }) => codes.codes.size > 0);
  const schemas = new Set(naming.map(({ body }) => reader.rootSchema(body.media)));
  const [schema] = schemas.size === 1 ? schemas : [];
  const message = sibling(messageNames);
  const details = sibling(detailsNames);
  return {
    shape: problem ? "problem" : path.length > 1 ? "nested" : "flat",
    code: path,
    ...(message === undefined ? {} : { message }),
    ...(details === undefined ? {} : { details }),
    mediaType,
    ...(schema === undefined ? {} : { schema }),
  };
}

function collectCodes(found: readonly Found[]): ErrorCode[] {
  const names = [...new Set(found.flatMap(({ codes }) => [...codes.codes.keys()]))].sort(compareText);
  const identifierOf = codeIdentifiers(names);
  return names.map((code): ErrorCode => {
    const occurrences = found.flatMap(({ body, codes }) => {
      const variant = codes.codes.get(code);
      return variant === undefined ? [] : [{ body, variant }];
    });
    const pointer = occurrences[0]?.variant.pointer ?? "";
    const objects = new Set(occurrences.map(({ variant }) => variant.object));
    const [object] = objects.size === 1 ? objects : [];
    const details = occurrences[0]?.variant.details;
    const sameDetails = occurrences.every(({ variant }) => variant.details?.pointer === details?.pointer);
    return {
      code,
      identifier: identifierOf(code),
      pointer,
      statuses: [...new Set(occurrences.map(({ body }) => body.status))].sort(compareText),
      title: code,
      raisedBy: ["handler"],
      ...(details !== undefined && sameDetails ? { details } : {}),
      ...(object === undefined ? {} : { objectSchema: object }),
      operations: [...new Set(occurrences.map(({ body }) => body.operation.id))],
    };
  });
}

function errorsByOperation(found: readonly Found[]): ReadonlyMap<string, readonly OperationError[]> {
  const byOperation = new Map<string, OperationError[]>();
  for (const { body, codes } of found) {
    const errors = byOperation.get(body.operation.id) ?? [];
    for (const code of codes.codes.keys()) errors.push({ code, status: body.status, raisedBy: ["handler"] });
    byOperation.set(body.operation.id, errors);
  }
  for (const errors of byOperation.values()) errors.sort(compareErrors);
  return byOperation;
}
