/** The error responses that the author wrote out, as three rules need them. */
import { generatedByKey } from "../contract/vocabulary.ts";
import { asObject, isObject, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { OperationSubject, Subject } from "./rule.ts";

export interface WrittenResponse {
  readonly operation: OperationSubject;
  /** `"404"`, `"4XX"` (upper case) or `"default"`. */
  readonly status: string;
  /** Where the operation names the response. */
  readonly keyPointer: string;
  /** Where the Response Object stands, `$ref`s followed. */
  readonly pointer: string;
  readonly value: JsonObject;
}

/** Every response of status 4xx, 5xx or `default`, those that Lockstep itself generated left out. */
export function* errorResponses({ document, operations }: Subject): Generator<WrittenResponse> {
  for (const operation of operations) {
    const responses = asObject(operation.value["responses"]);
    for (const key of Object.keys(responses)) {
      const status = key === "default" ? key : key.toUpperCase();
      if (!/^(?:[45](?:\d\d|XX)|default)$/.test(status)) continue;
      const keyPointer = joinPointer(operation.pointer, "responses", key);
      const { value, pointer } = followRefs(document, responses[key], keyPointer);
      if (!isObject(value) || value[generatedByKey] !== undefined) continue;
      yield { operation, status, keyPointer, pointer, value };
    }
  }
}

/** True if a code of this status is returned under this response key. Ranges cover what no exact key names (§4.8.16). */
export function covers(key: string, status: number | string): boolean {
  const exact = String(status);
  return key === "default" || key === exact || (key.endsWith("XX") && key[0] === exact[0]);
}
