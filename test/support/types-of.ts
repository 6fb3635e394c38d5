/** `types.ts` of a document that is plain OpenAPI already. */
import { printTypes } from "../../generator/emit/types/emit.ts";
import { defaultTypeSettings, type TypeSettings } from "../../generator/emit/type-settings.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";

export function typesOf(document: JsonObject, settings: Partial<TypeSettings> = {}): string {
  return printTypes(buildModel(document).model, { ...defaultTypeSettings, ...settings });
}
