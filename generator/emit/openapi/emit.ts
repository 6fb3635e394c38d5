/** `openapi.yaml`: the expanded document, for every other tool. */
import type { JsonObject } from "../../json/json.ts";
import { WrittenNumbers, type WrittenNumber } from "../../json/written-numbers.ts";
import { yamlHeader } from "../../print/header.ts";
import { yamlText } from "../../print/yaml.ts";
import type { Emitter } from "../emitter.ts";

export const emitOpenapi: Emitter = (model) => ({
  files: [{ path: "openapi.yaml", content: openapiYaml(model.document, model.numbers) }],
  findings: [],
});

/** YAML without anchors: equal objects are written out, so that no reader needs to know aliases. */
export function openapiYaml(document: JsonObject, numbers: readonly WrittenNumber[]): string {
  const written = new WrittenNumbers(numbers);
  return yamlHeader + yamlText(document, (value, path) => written.digits(value, path));
}
