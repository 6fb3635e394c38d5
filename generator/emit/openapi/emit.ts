/** `openapi.yaml`: the expanded document, for every other tool. */
import type { JsonObject } from "../../json/json.ts";
import { yamlHeader } from "../../print/header.ts";
import { yamlText } from "../../print/yaml.ts";
import type { Emitter } from "../emitter.ts";

export const emitOpenapi: Emitter = (model) => ({
  files: [{ path: "openapi.yaml", content: openapiYaml(model.document) }],
  findings: [],
});

/** YAML without anchors: equal objects are written out, so that no reader needs to know aliases. */
export function openapiYaml(document: JsonObject): string {
  return yamlHeader + yamlText(document);
}
