/** Parameter and Header Objects (OpenAPI 3.1.1 §4.8.12, §4.8.21). */
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { Header, JsonSchema, Parameter, ParameterLocation, ParameterStyle } from "./api-model.ts";
import { optionalText } from "./text.ts";

const defaultStyle: Readonly<Record<ParameterLocation, ParameterStyle>> = {
  path: "simple",
  query: "form",
  header: "simple",
  cookie: "form",
};

const styles: readonly ParameterStyle[] = [
  "simple",
  "label",
  "matrix",
  "form",
  "spaceDelimited",
  "pipeDelimited",
  "deepObject",
  "cookie",
];

/** `undefined` for one without a name or with an unknown place (3.2's `querystring` among them). */
export function buildParameter(
  document: JsonObject,
  parameter: JsonObject,
  pointer: string,
): Parameter | undefined {
  const { name } = parameter;
  const location = (["path", "query", "header", "cookie"] as const).find(
    (known) => known === parameter["in"],
  );
  if (location === undefined || typeof name !== "string") return undefined;
  const style = styles.find((known) => known === parameter["style"]) ?? defaultStyle[location];
  const { explode } = parameter;
  return {
    name,
    in: location,
    pointer,
    required: location === "path" || parameter["required"] === true,
    deprecated: parameter["deprecated"] === true,
    ...optionalText(parameter, "sunset", "x-sunset"),
    ...optionalText(parameter, "stability", "x-stability"),
    ...optionalText(parameter, "stability", "x-stability-level"),
    ...optionalText(parameter, "description"),
    style,
    explode: typeof explode === "boolean" ? explode : style === "form" || style === "cookie",
    allowReserved: parameter["allowReserved"] === true,
    allowEmptyValue: parameter["allowEmptyValue"] === true,
    ...valueSchema(document, parameter, pointer),
  };
}

/** A response header; none for `Content-Type`, which §4.8.17 ignores. */
export function buildHeader(document: JsonObject, name: string, entry: Json, at: string): Header[] {
  const { value: header, pointer } = followRefs(document, entry, at);
  if (!isObject(header) || name.toLowerCase() === "content-type") return [];
  return [
    {
      name,
      pointer,
      required: header["required"] === true,
      ...optionalText(header, "description"),
      explode: header["explode"] === true,
      ...valueSchema(document, header, pointer),
    },
  ];
}

/** From `schema`, or from the only entry of `content`. Neither: any value. */
function valueSchema(
  document: JsonObject,
  holder: JsonObject,
  pointer: string,
): { readonly schema: JsonSchema; readonly schemaPointer: string; readonly content?: string } {
  const { schema, content } = holder;
  const [entry] = Object.entries(asObject(content));
  if (schema !== undefined || entry === undefined) {
    return { schema: asSchema(schema), schemaPointer: joinPointer(pointer, "schema") };
  }
  const at = joinPointer(pointer, "content", entry[0]);
  const media = followRefs(document, entry[1], at);
  return {
    schema: asSchema(isObject(media.value) ? media.value["schema"] : undefined),
    schemaPointer: joinPointer(media.pointer, "schema"),
    content: entry[0].toLowerCase(),
  };
}

/** A value that is not a schema accepts everything: `true`. */
export function asSchema(value: Json | undefined): JsonSchema {
  return isObject(value) || typeof value === "boolean" ? value : true;
}
