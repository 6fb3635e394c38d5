/** The document as the settings have `format` checked: a format that they loosen says nothing about a value. */
import type { JsonObject } from "../json/json.ts";
import type { ApiModel } from "../model/api-model.ts";
import { mapSchemas } from "../openapi/structure.ts";
import { isLoosened } from "../schema/analyse/formats.ts";

export function withCheckedFormats({ document, formats }: ApiModel): JsonObject {
  if (formats === "strict") return document;
  return mapSchemas(document, (schema) => {
    const { format, ...rest } = schema;
    return typeof format === "string" && isLoosened(format, formats) ? rest : schema;
  });
}
