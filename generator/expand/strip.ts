/** Takes out what an earlier expansion added, so that expanding twice changes nothing. */
import { generatedByKey } from "../contract/vocabulary.ts";
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { rewriteMembers } from "../openapi/structure.ts";
import { mapOperations } from "../openapi/map-operations.ts";

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
  return rewriteMembers(components, (_section, entries) =>
    isObject(entries) ? filterMembers(entries, isGenerated) : entries,
  );
}

/** What was emptied stays where it is, so that the next expansion fills it in the same place. */
function stripOperation(operation: JsonObject, removed: ReadonlySet<string>): JsonObject {
  const isRemoved = (value: Json | undefined): boolean =>
    isObject(value) && typeof value["$ref"] === "string" && removed.has(value["$ref"]);
  const stripResponse = (response: Json): Json => {
    if (!isObject(response)) return response;
    return rewriteMembers(response, (name, member) => {
      if (!isObject(member)) return member;
      if (name === "headers") return filterMembers(member, isRemoved);
      return name === "content" ? filterMembers(member, isGenerated) : member;
    });
  };
  return rewriteMembers(operation, (name, member) => {
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
