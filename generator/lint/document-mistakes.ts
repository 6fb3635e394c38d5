/** Rules over paths, responses and names: mistakes that make two things one, or one thing none. */
import { asObject, compareText, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { httpMethods, isStatusKey } from "../openapi/structure.ts";
import type { OperationSubject, Rule, RuleFinding } from "./rule.ts";
import { quote } from "./wording.ts";

/** OpenAPI 3.1.1 §4.8.8.1: a path begins with a slash; what does not is checked by nothing. */
export const pathKey: Rule = function* ({ document }) {
  for (const path of Object.keys(asObject(document["paths"]))) {
    if (path.startsWith("/") || path.startsWith("x-")) continue;
    const message = `The path ${quote(path)} does not begin with \`/\`; it is read with one before it.`;
    yield { pointer: joinPointer("/paths", path), message };
  }
};

/** OpenAPI 3.1.1 §4.8.16: a status code, a range with an upper-case X, or `default`. */
export const statusKey: Rule = function* ({ document, operations }) {
  for (const { value, pointer, name } of operations) yield* statusKeys(value, pointer, name);
  for (const [name, item] of Object.entries(asObject(document["webhooks"])))
    for (const method of httpMethods) {
      const pointer = joinPointer("/webhooks", name, method);
      yield* statusKeys(asObject(asObject(item)[method]), pointer, `The webhook ${quote(name)}`);
    }
};

function* statusKeys(operation: JsonObject, pointer: string, name: string): Generator<RuleFinding> {
  for (const key of Object.keys(asObject(operation["responses"]))) {
    if (/^(?:[1-5](?:\d\d|XX)|default)$/.test(key) || key.startsWith("x-")) continue;
    const at = joinPointer(pointer, "responses", key);
    if (isStatusKey(key)) {
      const read = key.toUpperCase();
      yield {
        pointer: at,
        severity: "warning",
        message: `${name} has a response ${quote(key)}; Lockstep reads it as \`${read}\`.`,
        fix: `Write \`${read}\`.`,
      };
    } else
      yield {
        pointer: at,
        message: `${name} has a response ${quote(key)}, which is not an HTTP status; it is left out.`,
      };
  }
}

export const nameCase: Rule = function* ({ document }) {
  for (const [section, components] of Object.entries(asObject(document["components"]))) {
    if (section.startsWith("x-")) continue;
    const first = new Map<string, string>();
    for (const name of Object.keys(asObject(components)).sort(compareText)) {
      const other = first.get(name.toLowerCase());
      if (other === undefined) {
        first.set(name.toLowerCase(), name);
        continue;
      }
      const message = `\`components.${section}\` has both ${quote(other)} and ${quote(name)}, which differ in case only.`;
      yield { pointer: joinPointer("/components", section, name), message };
    }
  }
};

export const duplicateOperationId: Rule = function* ({ operations }) {
  const first = new Map<string, string>();
  for (const { value, name, pointer } of operations) {
    const id = value["operationId"];
    if (typeof id !== "string") continue;
    const other = first.get(id);
    first.set(id, other ?? name);
    if (other === undefined) continue;
    yield {
      pointer: joinPointer(pointer, "operationId"),
      message: `${name} has the \`operationId\` ${quote(id)}, which ${other} has already; Lockstep names it by method and path.`,
    };
  }
};

/** OpenAPI 3.1.1 §4.8.8.2: paths that differ in the names of their parameters only are the same path. */
export const duplicatePath: Rule = function* ({ operations }) {
  const first = new Map<string, OperationSubject>();
  for (const operation of operations) {
    const { method, path, pathItemPointer } = operation;
    const shape = `${method} ${path.replaceAll(/\{[^{}]*\}/g, "{}")}`;
    const other = first.get(shape);
    // Where no method is on both paths, every request still has one response.
    if (other !== undefined) {
      const message = `${operation.name} takes the same requests as ${other.name}.`;
      yield { pointer: pathItemPointer, message };
    } else first.set(shape, operation);
  }
};
