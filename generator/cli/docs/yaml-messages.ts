/** What crosses between `YamlThread` and its worker: text as bytes, which change hands where a string would be copied. */
import { openapiYaml } from "../../emit/openapi/emit.ts";
import type { JsonObject } from "../../json/json.ts";
import type { WrittenNumber } from "../../json/written-numbers.ts";

export interface PrintRequest {
  /** The document as JSON, in UTF-8. */
  readonly bytes: Uint8Array;
  readonly numbers: readonly WrittenNumber[];
}

export function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The YAML of a document that is given as JSON text. */
export function printYaml(json: string, numbers: readonly WrittenNumber[]): string {
  // The text was made from a JSON object.
  return openapiYaml(JSON.parse(json) as JsonObject, numbers);
}
