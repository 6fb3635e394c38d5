/** Builds the error responses of a set of codes that share a status: description, headers, schema, examples. */
import { joinPointer } from "../json/pointer.ts";
import { memberSchema, type EnvelopeDeclaration } from "../contract/envelope.ts";
import type { CatalogueEntry } from "../contract/vocabulary.ts";
import { asArray, asObject, type Json, type JsonObject } from "../json/json.ts";
import { codeExample } from "./code-schema.ts";
import { codeSchemaName } from "./names.ts";

const headerReference = {
  "Retry-After": "RetryAfter",
  RateLimit: "RateLimit",
  "RateLimit-Policy": "RateLimitPolicy",
} as const;

/** The components that generated responses and parameters refer to. */
export const sharedHeaders: JsonObject = {
  RetryAfter: {
    description: "Seconds to wait before the same request may succeed (RFC 9110 §10.2.3).",
    required: true,
    schema: { type: "integer", minimum: 0 },
    example: 30,
  },
  RateLimit: {
    description:
      "What is left of the quota: `r` requests, for another `t` seconds (draft-ietf-httpapi-ratelimit-headers).",
    schema: { type: "string" },
    example: '"default";r=0;t=30',
  },
  RateLimitPolicy: {
    description: "The quota: `q` requests per window of `w` seconds (draft-ietf-httpapi-ratelimit-headers).",
    schema: { type: "string" },
    example: '"default";q=100;w=60',
  },
};

/** Which headers a response with one of these codes carries. */
export function errorHeaders(entries: readonly CatalogueEntry[]): JsonObject {
  const reference = (name: keyof typeof headerReference): JsonObject => ({
    [name]: { $ref: `#/components/headers/${headerReference[name]}` },
  });
  return {
    ...(entries.every((entry) => entry.retry === "after-delay") ? reference("Retry-After") : {}),
    ...(entries.some((entry) => entry.raisedBy.includes("rate-limit"))
      ? { ...reference("RateLimit"), ...reference("RateLimit-Policy") }
      : {}),
  };
}

/** The Response Object of these codes (at least one, all of one status), without marks. */
export function errorResponse(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  entries: readonly CatalogueEntry[],
): JsonObject {
  const headers = { ...errorHeaders(entries), ...envelope.headers };
  const examples = Object.fromEntries(
    entries.map((entry) => [
      entry.code,
      { summary: entry.title, value: codeExample(document, envelope, entry) },
    ]),
  );
  return {
    description: describe(entries),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: { [envelope.mediaType]: { schema: bodySchema(document, envelope, entries), examples } },
  };
}

/** One code: its title. Several: a list of them. */
function describe(entries: readonly CatalogueEntry[]): string {
  const [only] = entries;
  if (only !== undefined && entries.length === 1) return `\`${only.code}\`: ${only.title}`;
  return entries.map((entry) => `- \`${entry.code}\`: ${entry.title}`).join("\n");
}

/** The whole body: the envelope with the object that holds the code replaced by the union of these codes. */
function bodySchema(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  entries: readonly CatalogueEntry[],
): JsonObject {
  const path = envelope.code.slice(0, -1);
  return wrap(document, envelope, path, 0, codeUnion(envelope, entries));
}

function codeUnion(envelope: EnvelopeDeclaration, entries: readonly CatalogueEntry[]): JsonObject {
  const refs = entries.map((entry) => `#${joinPointer("/components/schemas", codeSchemaName(entry.code))}`);
  const [only] = refs;
  if (only !== undefined && refs.length === 1) return { $ref: only };
  return {
    oneOf: refs.map(($ref) => ({ $ref })),
    discriminator: {
      propertyName: envelope.code.at(-1) ?? "code",
      mapping: Object.fromEntries(entries.map((entry, index) => [entry.code, refs[index] ?? ""])),
    },
  };
}

function wrap(
  document: JsonObject,
  envelope: EnvelopeDeclaration,
  path: readonly string[],
  depth: number,
  inner: JsonObject,
): JsonObject {
  const step = path[depth];
  if (step === undefined) return inner;
  const holder = memberSchema(document, envelope.schema, path.slice(0, depth))?.value;
  const base = asObject(holder);
  const properties = asObject(base["properties"]);
  const required = asArray(base["required"]);
  const { title: _title, description: _description, ...rest } = base;
  return {
    ...rest,
    type: "object",
    properties: { ...properties, [step]: wrap(document, envelope, path, depth + 1, inner) },
    required: [...new Set<Json>([...required, step])],
  };
}
