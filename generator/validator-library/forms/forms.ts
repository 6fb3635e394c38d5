/**
 * Reads forms (OpenAPI 3.1.2 §4.8.15, Encoding Objects).
 *
 * A field is read as a query parameter of its style is. Fields that the schema does not name are strings, or lists of
 * strings where they are repeated. Whether a field must be there, and what it may be, the schema says.
 */
import { json, formExploded } from "../parameters/styles.ts";
import { deepObject } from "../parameters/deep.ts";
import type { Shape, Source } from "../parameters/contract.ts";
import { readJson } from "../parameters/json-text.ts";
import { readParameters } from "../parameters/read.ts";
import { put, readText } from "../parameters/scalars.ts";
import { querySource } from "../parameters/sources.ts";
import type { FormReader } from "../http/contract.ts";
import { token, type Issues } from "../runtime/issues.ts";

/** Fields of a form are bounded in size by the body; this bounds the work of listing them. */
export const maxFields = 10_000;

export const urlencoded: FormReader = {
  read(raw, fields, issues) {
    if (typeof raw !== "string") {
      issues.add("", "type", "string");
      return undefined;
    }
    const source = querySource(raw, maxFields);
    if (source === undefined) {
      issues.add("", "pairs", maxFields);
      return undefined;
    }
    const value = readParameters(fields, source, issues);
    for (const name of source.pairs.keys()) {
      if (source.taken.has(name) || !issues.open) continue;
      const read = readParameters([{ name, read: formExploded, shape: "any" }], source, issues);
      put(value, name, read[name]);
    }
    return value;
  },
};

/** Entries as FormData has them: a string, or a file of whatever class the host has. */
export const multipart: FormReader = {
  read(raw, fields, issues) {
    const groups = grouped(raw);
    const source = textSource(groups);
    const value = readParameters(
      fields.filter((field) => field.read === deepObject),
      source,
      issues,
    );
    for (const [name, parts] of groups) {
      if (!issues.open) break;
      if (source.taken.has(name)) continue;
      const field = fields.find((one) => one.name === name);
      const shape = field?.shape ?? (parts.length > 1 ? { items: "string" } : "string");
      const items = typeof shape === "string" ? undefined : shape.items;
      const at = "/" + token(name);
      const isJson = field?.read === json;
      if (items !== undefined && !(isJson && parts.length === 1 && startsList(parts[0]))) {
        put(
          value,
          name,
          parts.map((part, i) => onePart(part, items, isJson, `${at}/${i}`, issues)),
        );
      } else if (parts.length > 1) issues.add(at, "repeated");
      else put(value, name, onePart(parts[0], shape, isJson, at, issues));
    }
    return value;
  },
  isText(name, fields) {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) return false;
    if (field.read === json) return true;
    const { shape } = field;
    const one = typeof shape === "object" ? (shape.items ?? shape) : shape;
    return typeof one === "object"
      ? one.scalars?.includes("string") !== true
      : one !== "string" && one !== "any";
  },
  plain(value) {
    if (typeof value !== "object" || value === null) return value;
    const plain: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(value))
      put(plain, name, Array.isArray(one) ? one.map(standIn) : standIn(one));
    return plain;
  },
};

export function startsList(part: unknown): boolean {
  return typeof part === "string" && part.trimStart().startsWith("[");
}

export function onePart(part: unknown, shape: Shape, isJson: boolean, at: string, issues: Issues): unknown {
  if (typeof part !== "string") return part;
  return isJson ? readJson(part, at, issues) : readText(part, shape, at, issues);
}

/** To a schema a file is a string of bytes; nothing is said about which. */
export function standIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? value : "";
}

/** The parts that are texts, for fields whose name is written with keys in brackets. Nothing is encoded in them. */
export function textSource(groups: ReadonlyMap<string, readonly unknown[]>): Source {
  const isText = (part: unknown): part is string => typeof part === "string";
  const pairs = new Map([...groups].map(([name, parts]) => [name, parts.filter(isText)] as const));
  const taken = new Set<string>();
  const take = (name: string): void => {
    taken.add(name);
  };
  const texts = (name: string): readonly string[] => {
    taken.add(name);
    return pairs.get(name) ?? [];
  };
  return { texts, pairs, taken, take, decode: (text) => text };
}

export function grouped(raw: unknown): Map<string, unknown[]> {
  const groups = new Map<string, unknown[]>();
  // Anything else that can be iterated over gives entries that the test inside turns down.
  const entries =
    typeof raw === "object" && raw !== null && Symbol.iterator in raw ? (raw as Iterable<unknown>) : [];
  for (const entry of entries) {
    if (!Array.isArray(entry) || typeof entry[0] !== "string") continue;
    const group = groups.get(entry[0]);
    if (group === undefined) groups.set(entry[0], [entry[1]]);
    else group.push(entry[1]);
  }
  return groups;
}
