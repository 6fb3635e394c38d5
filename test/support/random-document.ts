/** A random OpenAPI document whose parts refer to each other, and random edits of it: valid before and after. */
import * as fc from "fast-check";
import { asObject, isArray, isObject, type Json, type JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";

type Random = fc.GeneratorValue;
/** An object of the document that an edit may change: those that `randomDocument` makes are not frozen. */
type Node = Record<string, Json>;

const schemaNames = Array.from({ length: 14 }, (_, index) => `S${index}`);
const pathNames = Array.from({ length: 10 }, (_, index) => `/p${index}`);

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(fc.nat, items.length - 1)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
const chance = (random: Random, percent: number): boolean => random(fc.nat, 99) < percent;

const refTo = (random: Random): JsonObject => ({ $ref: `#/components/schemas/${pick(random, schemaNames)}` });

function scalar(random: Random): JsonObject {
  return pick<JsonObject>(random, [
    { type: "string" },
    { type: "string", maxLength: 10 },
    { type: "string", enum: ["a", "b"] },
    { type: "integer", minimum: 1 },
    { type: "string", readOnly: true },
    { type: "string", writeOnly: true },
  ]);
}

/** No reference at the depth of components: two of them may not lead to each other and nowhere else. */
function schema(random: Random, depth: number): JsonObject {
  const kind = random(fc.integer, { min: depth === 0 ? 2 : 0, max: depth > 2 ? 4 : 9 });
  if (kind < 2) return refTo(random);
  if (kind < 5) return scalar(random);
  const inner = (): JsonObject => schema(random, depth + 1);
  if (kind === 5) return { type: "array", items: inner() };
  if (kind === 6) return { oneOf: [refTo(random), inner(), inner()] };
  if (kind === 7) return { allOf: [refTo(random), inner()] };
  const properties = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, inner()]));
  return { type: "object", properties, required: pick(random, [[], ["a"], ["a", "b", "c"]]) };
}

function operation(random: Random, id: string): JsonObject {
  const content = (): JsonObject => ({ "application/json": { schema: schema(random, 1) } });
  return {
    operationId: id,
    parameters: [
      { $ref: "#/components/parameters/Page" },
      { name: "q", in: "query", schema: schema(random, 2) },
    ],
    ...(chance(random, 50) ? { requestBody: { content: content() } } : {}),
    responses: {
      "200": { description: "OK", headers: { "X-A": { schema: scalar(random) } }, content: content() },
      ...(chance(random, 30) ? { "202": { $ref: "#/components/responses/Later" } } : {}),
    },
    ...(chance(random, 20) ? { callbacks: { done: { "{$url}": called(content()) } } } : {}),
  };
}

function called(content: JsonObject): JsonObject {
  return { post: { requestBody: { content }, responses: { "204": { description: "Seen" } } } };
}

export function randomDocument(random: Random): JsonObject {
  const item = (path: string): JsonObject => ({
    get: operation(random, `get${path}`),
    ...(chance(random, 50) ? { post: operation(random, `post${path}`) } : {}),
  });
  const schemas = schemaNames.map((name) => [name, schema(random, 0)] as const);
  return {
    openapi: "3.1.1",
    info: { title: "Random", version: "1.0.0" },
    paths: Object.fromEntries(pathNames.map((path) => [path, item(path)])),
    webhooks: { told: called({ "application/json": { schema: refTo(random) } }) },
    components: {
      schemas: {
        ...Object.fromEntries(schemas),
        Pet: {
          oneOf: [refTo(random), refTo(random)],
          discriminator: { propertyName: "a", mapping: { one: "#/components/schemas/S0" } },
        },
      },
      parameters: { Page: { name: "page", in: "query", schema: refTo(random) } },
      responses: {
        Later: { description: "Later", content: { "application/json": { schema: refTo(random) } } },
      },
    },
  };
}

/** Changes a document in place; a reference to a schema stays one. */
export class DocumentEdits {
  readonly #random: Random;
  readonly #document: JsonObject;

  constructor(random: Random, document: JsonObject) {
    this.#random = random;
    this.#document = document;
  }

  next(): void {
    const random = this.#random;
    const schemas = this.#schemas();
    const node = pick(random, schemas);
    const kind = random(fc.nat, 8);
    if (kind === 0) this.#removePath();
    else if (kind === 1) this.#changeOperation();
    else if (kind === 2) this.#refer(node);
    else if (kind === 3) replace(node, schema(random, 1));
    else if (kind === 4) replace(node, { oneOf: [structuredClone(node), refTo(random)] });
    else if (kind === 5) this.#inline(node);
    else if (kind === 6) this.#changeList(node);
    else this.#changeProperties(schemas);
  }

  #removePath(): void {
    const { paths } = this.#document;
    const items: Node = asObject(paths);
    const [name] = Object.keys(items);
    if (name === undefined) return;
    const item = items[name];
    Reflect.deleteProperty(items, name);
    if (item !== undefined && chance(this.#random, 50)) items[`${name}x`] = item;
  }

  #changeOperation(): void {
    const items = Object.values(asObject(this.#document["paths"]));
    if (items.length === 0) return;
    const get: Node = asObject(asObject(pick(this.#random, items))["get"]);
    const { parameters } = get;
    const kind = random3(this.#random);
    if (kind === 0) Reflect.deleteProperty(get, "requestBody");
    else if (kind === 1) get["operationId"] = "other";
    else if (isArray(parameters)) get["parameters"] = [...parameters.toReversed(), added];
  }

  #refer(node: Node): void {
    const components = Object.values(asObject(asObject(this.#document["components"])["schemas"]));
    if (!components.includes(node)) replace(node, refTo(this.#random));
  }

  /** Puts what a reference leads to in its place. */
  #inline(node: Node): void {
    const ref = node["$ref"];
    if (typeof ref !== "string") return;
    const target = resolvePointer(this.#document, ref.slice(1));
    if (isObject(target)) replace(node, structuredClone(target));
  }

  #changeList(node: Node): void {
    for (const name of ["oneOf", "allOf"]) {
      const list = node[name];
      if (!isArray(list)) continue;
      const [first] = list;
      const kind = random3(this.#random);
      if (kind === 0) node[name] = list.toReversed();
      else if (kind === 1) node[name] = list.slice(1);
      else if (first !== undefined) node[name] = [...list, structuredClone(first)];
    }
    if (node["type"] === "string") node["readOnly"] = node["readOnly"] !== true;
  }

  #changeProperties(schemas: readonly Node[]): void {
    const owners = schemas.filter((node) => isObject(node["properties"]));
    if (owners.length === 0) return;
    const owner = pick(this.#random, owners);
    const properties: Node = asObject(owner["properties"]);
    const { a, ...rest } = properties;
    const kind = random3(this.#random);
    if (kind === 0) owner["required"] = pick(this.#random, [[], ["b"], ["a", "b", "c", "d"]]);
    else if (kind === 1) owner["properties"] = rest;
    else owner["properties"] = { ...rest, ...(a === undefined ? {} : { aa: a }) };
  }

  /** Every Schema Object, wherever it stands. */
  #schemas(): Node[] {
    const found: Node[] = [];
    const visit = (node: Json, isSchema: boolean): void => {
      if (isArray(node)) for (const item of node) visit(item, isSchema);
      if (!isObject(node)) return;
      if (isSchema) found.push(node);
      for (const [name, member] of Object.entries(node)) {
        if (name === "schemas" || name === "properties") {
          for (const each of Object.values(asObject(member))) visit(each, true);
        } else visit(member, ["schema", "items", "oneOf", "allOf"].includes(name));
      }
    };
    visit(this.#document, false);
    return found;
  }
}

const added: JsonObject = { name: "added", in: "query", required: true, schema: { type: "string" } };

const random3 = (random: Random): number => random(fc.nat, 2);

function replace(node: Node, value: JsonObject): void {
  for (const name of Object.keys(node)) Reflect.deleteProperty(node, name);
  Object.assign(node, value);
}
