/** Takes out what an earlier expansion added, so that expanding twice changes nothing. */
import { generatedByKey } from "../contract/vocabulary.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { rewriteMembers } from "../openapi/structure.ts";
import { mapOperations } from "./map-operations.ts";

/** The document as its author wrote it: no marked component, no reference to one, no marked media type. */
export function stripGenerated(document: JsonObject): JsonObject {
  const { components } = document;
  if (!isObject(components)) return document;
  const removed = generatedRefs(components);
  if (removed.size === 0) return document;
  const kept = mapOperations(document, (operation) => stripOperation(operation, removed));
  return {
    ...kept,
    components: stripComponents(isObject(kept["components"]) ? kept["components"] : components),
  };
}

/** Was this component, response or media type made by `expand`? */
function isGenerated(value: Json | undefined): boolean {
  return isObject(value) && Object.hasOwn(value, generatedByKey);
}

function generatedRefs(components: JsonObject): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const [section, entries] of Object.entries(components)) {
    for (const [name, value] of isObject(entries) ? Object.entries(entries) : []) {
      if (isGenerated(value)) refs.add(`#${joinPointer("/components", section, name)}`);
    }
  }
  return refs;
}

function stripComponents(components: JsonObject): JsonObject {
  return withoutEmpty(components, (section) =>
    isObject(section) ? filterMembers(section, isGenerated) : section,
  );
}

function stripOperation(operation: JsonObject, removed: ReadonlySet<string>): JsonObject {
  const isRemoved = (value: Json | undefined): boolean =>
    isObject(value) && typeof value["$ref"] === "string" && removed.has(value["$ref"]);
  const stripResponse = (response: Json): Json => {
    if (!isObject(response)) return response;
    return withoutEmpty(response, (member, name) => {
      if (!isObject(member)) return member;
      if (name === "headers") return filterMembers(member, isRemoved);
      return name === "content" ? filterMembers(member, isGenerated) : member;
    });
  };
  return withoutEmpty(operation, (member, name) => {
    if (name === "parameters" && isArray(member)) {
      return member.some(isRemoved) ? member.filter((item) => !isRemoved(item)) : member;
    }
    if (name !== "responses" || !isObject(member)) return member;
    return rewriteMembers(filterMembers(member, isRemoved), (_status, response) => stripResponse(response));
  });
}

function filterMembers(object: JsonObject, drop: (value: Json) => boolean): JsonObject {
  const entries = Object.entries(object);
  const kept = entries.filter(([, value]) => !drop(value));
  return kept.length === entries.length ? object : Object.fromEntries(kept);
}

/** Rewrites members; drops those that the rewriting has emptied. */
function withoutEmpty(object: JsonObject, rewrite: (value: Json, key: string) => Json): JsonObject {
  const rewritten = rewriteMembers(object, (key, value) => rewrite(value, key));
  const emptied = (key: string, value: Json): boolean => value !== object[key] && isEmpty(value);
  return Object.fromEntries(Object.entries(rewritten).filter(([key, value]) => !emptied(key, value)));
}

function isEmpty(value: Json): boolean {
  return isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
