/** Reads the authoring vocabulary (docs/vocabulary.md) off a document. Lenient: shape errors are the rules' business. */
import { asText, isObject, type Json, type JsonObject } from "../json/json.ts";
import { resolvePointer } from "../json/pointer.ts";

export const errorCodeSchemaName = "ErrorCode";
export const errorEnvelopeSchemaName = "ErrorEnvelope";

export const errorCodesKey = "x-error-codes";
export const operationErrorsKey = "x-errors";
export const envelopeKey = "x-error-envelope";
export const idempotencyKeyKey = "x-idempotency-key";
export const chosenNameKey = "x-lockstep-name";
/** What `x-lockstep-name` may be, but for `reservedOperationNames`. */
export const chosenNamePattern = /^[a-z][A-Za-z0-9]*$/;
/** A client or a group with such a member would be a promise, or hide what JavaScript gives every object. */
export const reservedOperationNames: readonly string[] = ["then", "constructor", "prototype"];
export const scopesKey = "x-scopes";
/** Marks a component or response that `expand` made (value `lockstep`): it is made anew each time, never authored. */
export const generatedByKey = "x-generated-by";
/** On a schema that `expand` made: the error code it belongs to. */
export const errorCodeKey = "x-error-code";

/** `"404"`, a class such as `"4XX"`, or `"default"` (OpenAPI 3.1.1 §4.8.16). */
export type StatusKey = string;

export const retryPolicies = ["never", "same-request", "after-delay", "new-key"] as const;
/**
 * What a caller may do with the very same intent: `never` repeat it unchanged; `same-request` at once;
 * `after-delay` once `Retry-After` has passed; `new-key` with a fresh `Idempotency-Key`.
 */
export type RetryPolicy = (typeof retryPolicies)[number];

export const stages = [
  "routing",
  "request-limits",
  "media-type",
  "authentication",
  "authorization",
  "requirement",
  "rate-limit",
  "request-validation",
  "resource-lookup",
  "idempotency-in-progress",
  "idempotency-reuse",
  "handler",
  "unhandled",
] as const;
/** The stage of a server that raises a code (`raised-by`), in the order in which a request passes them. */
export type Stage = (typeof stages)[number];

/** One pair that an operation may return. */
export interface OperationError {
  readonly code: string;
  readonly status: StatusKey;
  /** The stages it follows from; `handler` or `requirement` where the operation lists it in `x-errors`. */
  readonly raisedBy: readonly Stage[];
}

/** One live entry of `x-error-codes`; members that are missing or of a wrong type are left out. */
export interface CatalogueEntry {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly meaning?: string;
  readonly remediation?: string;
  readonly message?: string;
  readonly raisedBy: readonly Stage[];
  readonly retry?: RetryPolicy;
  readonly fixedBy?: "caller" | "administrator" | "provider";
  /** The `$ref` of the details schema, e.g. `#/components/schemas/InsufficientScopeDetails`. */
  readonly detailsRef?: string;
  readonly since?: string;
  readonly deprecated?: string;
  readonly sunset?: string;
  readonly replacedBy?: string;
  readonly stability?: string;
}

/** A tombstone: an entry with `retired`. */
export interface Tombstone {
  readonly code: string;
  readonly retired: string;
  readonly title: string;
  readonly status?: number;
  readonly meaning?: string;
  readonly since?: string;
  readonly replacedBy?: string;
}

export interface Catalogue {
  readonly live: ReadonlyMap<string, CatalogueEntry>;
  readonly retired: ReadonlyMap<string, Tombstone>;
}

/** Where `x-error-codes` stands in a bundled document. */
export const cataloguePointer = `/components/schemas/${errorCodeSchemaName}/${errorCodesKey}`;

/**
 * The catalogue of a bundled document, or `undefined` where it declares none.
 * Entries without a usable status are skipped; `lockstep/error-code-entry` reports them.
 */
export function readCatalogue(document: JsonObject): Catalogue | undefined {
  const raw = resolvePointer(document, cataloguePointer);
  return isObject(raw) ? parseCatalogue(raw) : undefined;
}

/** Parses the value of `x-error-codes`. */
export function parseCatalogue(raw: JsonObject): Catalogue {
  const live = new Map<string, CatalogueEntry>();
  const retired = new Map<string, Tombstone>();
  for (const code of Object.keys(raw)) {
    const entry = raw[code];
    if (!isObject(entry)) continue;
    if (entry["retired"] !== undefined) retired.set(code, tombstone(code, entry));
    else if (typeof entry["status"] === "number") live.set(code, liveEntry(code, entry["status"], entry));
  }
  return { live, retired };
}

/** `raised-by` as a list; an absent one means the handler. Unknown names are dropped. */
export function parseRaisedBy(value: Json | undefined): readonly Stage[] {
  const names = Array.isArray(value) ? value : [value ?? "handler"];
  const known: readonly string[] = stages;
  // The filter proves membership in `stages`, which the compiler cannot see through `includes`.
  return names.filter((name): name is Stage => typeof name === "string" && known.includes(name));
}

function liveEntry(code: string, status: number, entry: JsonObject): CatalogueEntry {
  const details = entry["details"];
  const detailsRef = isObject(details) && typeof details["$ref"] === "string" ? details["$ref"] : undefined;
  const retry = retryPolicies.find((policy) => policy === entry["retry"]);
  const fixedBy = (["caller", "administrator", "provider"] as const).find((who) => who === entry["fixed-by"]);
  return {
    code,
    status,
    title: text(entry, "title") ?? code,
    raisedBy: parseRaisedBy(entry["raised-by"]),
    ...optionalText(entry, "meaning"),
    ...optionalText(entry, "remediation"),
    ...optionalText(entry, "message"),
    ...optionalText(entry, "since"),
    ...optionalText(entry, "deprecated"),
    ...optionalText(entry, "sunset"),
    ...optionalText(entry, "replacedBy"),
    ...optionalText(entry, "stability", "x-stability"),
    ...(retry === undefined ? {} : { retry }),
    ...(fixedBy === undefined ? {} : { fixedBy }),
    ...(detailsRef === undefined ? {} : { detailsRef }),
  };
}

function tombstone(code: string, entry: JsonObject): Tombstone {
  return {
    code,
    retired: asText(entry["retired"], "0"),
    title: text(entry, "title") ?? code,
    ...(typeof entry["status"] === "number" ? { status: entry["status"] } : {}),
    ...optionalText(entry, "meaning"),
    ...optionalText(entry, "since"),
    ...optionalText(entry, "replacedBy"),
  };
}

/** A scalar as text: YAML reads `since: 1.0` as a number and `deprecated: true` as a boolean. */
function text(entry: JsonObject, member: string): string | undefined {
  const value = asText(entry[member], "");
  return value === "" ? undefined : value;
}

function optionalText<Name extends string>(
  entry: JsonObject,
  as: Name,
  member: string = as,
): { readonly [member in Name]?: string } {
  const value = text(entry, member);
  // A computed key widens to `string`; the one key written here is `Name`.
  return (value === undefined ? {} : { [as]: value }) as { readonly [member in Name]?: string };
}
