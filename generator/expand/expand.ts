/** Turns the authoring vocabulary into plain OpenAPI 3.1: per-code schemas, error responses, headers, parameters. */
import { deriveErrors } from "../contract/derive.ts";
import { readEnvelope } from "../contract/envelope.ts";
import type { OperationFacts } from "../contract/derive.ts";
import { operationFacts } from "../contract/facts.ts";
import {
  cataloguePointer,
  readCatalogue,
  type Catalogue,
  type CatalogueEntry,
} from "../contract/vocabulary.ts";
import type { Finding } from "../diagnostics/diagnostic.ts";
import type { JsonObject } from "../json/json.ts";
import { codeSchema } from "./code-schema.ts";
import { ComponentPool } from "./component-pool.ts";
import { addIdempotencyKey } from "./idempotency-key.ts";
import { defaultReading, type Reading } from "../openapi/reading.ts";
import { mapOperations } from "../openapi/map-operations.ts";
import { mergeErrorResponses } from "./merge-responses.ts";
import { codeSchemaName } from "./names.ts";
import { stripGenerated } from "./strip.ts";
import { upgrade } from "./upgrade.ts";

export interface ExpandResult {
  /** Valid OpenAPI 3.1 (3.2 where the source is); shares unchanged parts with the source. */
  readonly document: JsonObject;
  /** Pointers are into the source document. */
  readonly findings: readonly Finding[];
}

/**
 * Expands a bundled document. Idempotent: what an earlier run added carries `x-generated-by: lockstep` and is made
 * anew. A document without a catalogue is only upgraded to 3.1 and given its `Idempotency-Key` parameters.
 */
export function expand(root: JsonObject, reading: Reading = defaultReading): ExpandResult {
  const authored = stripGenerated(upgrade(root, reading));
  const pool = new ComponentPool(authored);
  const catalogue = readCatalogue(authored);
  const envelope = catalogue === undefined ? undefined : readEnvelope(authored);
  const document = mapOperations(authored, (operation, pathItem, pointer) => {
    const withKey = addIdempotencyKey(authored, operation, pool);
    if (catalogue === undefined || envelope === undefined) return withKey;
    const byStatus = codesByStatus(catalogue, operationFacts(authored, pathItem, withKey));
    return mergeErrorResponses(withKey, pointer, { document: authored, envelope, pool, byStatus });
  });
  if (envelope !== undefined) {
    for (const entry of catalogue?.live.values() ?? []) {
      pool.add("schemas", codeSchemaName(entry.code), codeSchema(authored, envelope, entry));
    }
  }
  const missing = catalogue !== undefined && envelope === undefined ? [envelopeMissing] : [];
  return { document: pool.into(document), findings: [...missing, ...pool.findings] };
}

const envelopeMissing: Finding = {
  code: "lockstep/envelope-missing",
  message: "The document has a catalogue of error codes, but no envelope schema that could carry them.",
  pointer: cataloguePointer,
};

function codesByStatus(
  catalogue: Catalogue,
  facts: OperationFacts,
): ReadonlyMap<string, readonly CatalogueEntry[]> {
  const byStatus = new Map<string, CatalogueEntry[]>();
  for (const { code, status } of deriveErrors(catalogue, facts)) {
    const entry = catalogue.live.get(code);
    if (entry !== undefined) byStatus.set(status, [...(byStatus.get(status) ?? []), entry]);
  }
  return byStatus;
}
