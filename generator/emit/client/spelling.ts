/** The parts of a descriptor that call helpers of the runtime: forms, parameter styles, pages. */
import { asObject, type Json, type JsonObject } from "../../json/json.ts";
import { jsonEvents, sequenceOf } from "../../model/items.ts";
import type { Operation, Parameter, RequestBody, Response } from "../../model/api-model.ts";
import { jsonLiteral, propertyKey, stringLiteral } from "../../print/literal.ts";
import { isJsonType } from "../../validator-library/http/media-type.ts";
import { mediaKey, mediaKind } from "./media.ts";
import type { SharedConstants } from "./shared-constants.ts";

/** The media types of a request in the document's order, forms with what makes them. */
export function requestForms({ content }: RequestBody, shared: SharedConstants): string {
  const forms = content.map((media) => {
    const type = stringLiteral(mediaKey(media));
    const kind = mediaKind(media);
    if (kind === "multipart") return `[${type}, ${shared.helper("multipart")}]`;
    if (kind !== "form") return `[${type}]`;
    const styles = encodingStyles(media.encoding);
    const text = Object.keys(styles).length === 0 ? "" : jsonLiteral(styles);
    return `[${type}, /* @__PURE__ */ ${shared.helper("urlEncoded")}(${text})]`;
  });
  return `[${forms.join(", ")}]`;
}

/**
 * The spelling of form members that have one of their own. A style counts where `style`, `explode` or `allowReserved` is
 * given, else `contentType` decides (OpenAPI 3.1.2 §4.8.15.1.2); without either an object is JSON and a list repeats its name.
 */
function encodingStyles(encoding: JsonObject = {}): JsonObject {
  const styles = Object.entries(encoding).flatMap(([name, value]): [string, Json][] => {
    const { style, explode, allowReserved, contentType } = asObject(value);
    if (style !== undefined || explode !== undefined || allowReserved !== undefined) {
      const styled = typeof style === "string" ? style : "form";
      const spread = typeof explode === "boolean" ? explode : styled === "form";
      return [[name, allowReserved === true ? [styled, spread, true] : [styled, spread]]];
    }
    const isJson = typeof contentType === "string" && isJsonType(contentType);
    return isJson ? [[name, ["json", false]]] : [];
  });
  return Object.fromEntries(styles);
}

/** The parameters of one place that are not spelled in its default style. */
function stylesOf(
  parameters: readonly Parameter[],
  location: Parameter["in"],
): readonly (readonly [string, Json])[] {
  const inQuery = location === "query";
  return parameters.flatMap((parameter): [string, Json][] => {
    const { name, style, explode, allowReserved, content } = parameter;
    if (parameter.in !== location) return [];
    if (content !== undefined) return [[name, ["json", false]]];
    if (allowReserved) return [[name, [style, explode, true]]];
    return style === (inQuery ? "form" : "simple") && explode === inQuery ? [] : [[name, [style, explode]]];
  });
}

export function queryOf({ parameters }: Operation, shared: SharedConstants): string | undefined {
  const styles = stylesOf(parameters, "query");
  if (styles.length === 0) return undefined;
  return `/* @__PURE__ */ ${shared.helper("styledQuery")}(${jsonLiteral(Object.fromEntries(styles))})`;
}

export function valueStyles(
  { parameters }: Operation,
  location: "path" | "header",
  shared: SharedConstants,
): string | undefined {
  const styles = stylesOf(parameters, location);
  if (styles.length === 0) return undefined;
  const members = styles.map(([name, style]) => {
    const values = jsonLiteral(style).slice(1, -1);
    return `${propertyKey(name)}: /* @__PURE__ */ ${shared.helper("styledValue")}(${values})`;
  });
  return `{ ${members.join(", ")} }`;
}

/** What reads a response item by item; none where no successful response is a sequence. */
export function itemsOf(
  document: JsonObject,
  successes: readonly Response[],
  shared: SharedConstants,
): string | undefined {
  for (const media of successes.flatMap(({ content }) => content)) {
    const kind = sequenceOf(media.mediaType);
    if (kind === "lines" || kind === "texts")
      return shared.helper(kind === "lines" ? "jsonLines" : "jsonTexts");
    if (kind === undefined) continue;
    const json = jsonEvents(document, media);
    const names = json === true || json === false ? String(json) : jsonLiteral([...json]);
    return `/* @__PURE__ */ ${shared.helper("eventStream")}(${names})`;
  }
  return undefined;
}

export function pagesOf({ nextPage }: Operation, shared: SharedConstants): string | undefined {
  if (nextPage === undefined) return undefined;
  if (nextPage.kind === "link-header") return shared.helper("linkHeader");
  const parameters = nextPage.parameters.map(
    (parameter) => [`${parameter.in}.${parameter.name}`, parameter.expression] as const,
  );
  return `/* @__PURE__ */ ${shared.helper("pageParameters")}(${jsonLiteral(Object.fromEntries(parameters))})`;
}
