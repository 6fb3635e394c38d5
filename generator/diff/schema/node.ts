/** A place in a message, with all that a document says about it and where it says it. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";
import { subtypesOf, type Subtypes } from "./inheritance.ts";
import { componentOf, originOf, type View } from "./reading.ts";
import { conjunction, idOf, type Conjunction } from "./side.ts";

interface Located {
  readonly schema: Json;
  readonly pointer: string;
}

export interface SchemaNode {
  readonly all: Conjunction;
  readonly located: readonly Located[];
  /** Of each schema that a part was read from. */
  readonly places: ReadonlyMap<JsonObject, string>;
  /** The component that the node is, where it is nothing but a reference to one. */
  readonly name?: string;
}

/** The node for schemas that apply to one place. */
export function nodeOf(document: JsonObject, located: readonly Located[], view: View): SchemaNode {
  const places = new Map<JsonObject, string>();
  for (const { schema, pointer } of located) locate(document, schema, pointer, places);
  const name = located.length === 1 ? nameOf(document, located[0]) : undefined;
  const all = conjunction(
    document,
    located.map(({ schema }) => schema),
    view,
  );
  return { all, located, places, ...(name === undefined ? {} : { name }) };
}

function locate(
  document: JsonObject,
  schema: Json | undefined,
  pointer: string,
  places: Map<JsonObject, string>,
): void {
  if (!isObject(schema) || places.has(schema)) return;
  places.set(schema, pointer);
  const target = typeof schema["$ref"] === "string" ? refPointer(schema["$ref"]) : undefined;
  if (target !== undefined) locate(document, resolvePointer(document, target), target, places);
  for (const [index, part] of asArray(schema["allOf"]).entries())
    locate(document, part, joinPointer(pointer, "allOf", index), places);
}

/** A reference, or a wrapper around one that says nothing else about values. */
function nameOf(document: JsonObject, located: Located | undefined): string | undefined {
  if (located === undefined) return undefined;
  const own = componentOf(located.pointer);
  if (own !== undefined) return pointerTokens(own).at(-1);
  const { $ref: ref, allOf } = asObject(located.schema);
  const [single, ...others] = asArray(allOf);
  const inner = typeof ref === "string" ? ref : others.length === 0 ? asObject(single)["$ref"] : undefined;
  const pointer = typeof inner === "string" ? refPointer(inner) : undefined;
  if (pointer === undefined || resolvePointer(document, pointer) === undefined) return undefined;
  const component = componentOf(pointer);
  return component === undefined ? undefined : pointerTokens(component).at(-1);
}

/** The subtypes that a message may carry where it declares the node. */
export function subtypesAt({ all, name }: SchemaNode): Subtypes {
  return subtypesOf(all.document, joinPointer("", "components", "schemas", name ?? ""));
}

/** A component of the node's document, read as the node is. */
export function componentAt({ all }: SchemaNode, pointer: string): SchemaNode {
  return nodeOf(all.document, [{ schema: resolvePointer(all.document, pointer) ?? true, pointer }], all.view);
}

type Step = readonly [schema: Json | undefined, ...tokens: readonly (string | number)[]];

/** The node below: what `each` finds in every part, with the way there. */
export function below(node: SchemaNode, each: (part: JsonObject) => readonly Step[]): SchemaNode {
  const located = node.all.parts.flatMap((part) =>
    each(part).flatMap(([schema, ...tokens]) =>
      schema === undefined ? [] : [{ schema, pointer: joinPointer(placeOf(node, part), ...tokens) }],
    ),
  );
  return nodeOf(node.all.document, located, node.all.view);
}

/** Where a part of the node stands. */
export function placeOf(node: SchemaNode, part: JsonObject): string {
  return node.places.get(originOf(part)) ?? pointerOf(node);
}

/** Where the node itself stands: the component, where it is one. */
export function pointerOf(node: SchemaNode): string {
  const [first] = node.located;
  if (first === undefined) return "";
  const { $ref: ref } = asObject(first.schema);
  const target = typeof ref === "string" ? refPointer(ref) : undefined;
  return target !== undefined && node.name !== undefined ? target : first.pointer;
}

/** What is said about a member by name. */
export function memberOf(node: SchemaNode, name: string): SchemaNode {
  return below(node, (part) => {
    const properties = asObject(part["properties"]);
    return Object.hasOwn(properties, name) ? [[properties[name], "properties", name]] : [];
  });
}

/** What is said about items. */
export function itemsOf(node: SchemaNode): SchemaNode {
  return below(node, (part) => [[part["items"], "items"]]);
}

/** What is said about members without a name of their own. */
export function othersOf(node: SchemaNode): SchemaNode {
  return below(node, (part) => [[part["additionalProperties"], "additionalProperties"]]);
}

/** The alternatives, where exactly one part has any. */
export function branchesOf(node: SchemaNode): readonly SchemaNode[] {
  const unions = node.all.parts.filter((part) => part["anyOf"] !== undefined || part["oneOf"] !== undefined);
  const [part] = unions;
  if (part === undefined || unions.length > 1) return [];
  const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
  return asArray(part[name]).map((branch, index) => branchNode(node, part, name, branch, index));
}

function branchNode(
  node: SchemaNode,
  part: JsonObject,
  name: string,
  branch: Json,
  index: number,
): SchemaNode {
  const original = originOf(part);
  const used = original[name] === undefined ? "oneOf" : name;
  const written = asArray(original[used])[index] ?? branch;
  const pointer = joinPointer(placeOf(node, part), used, index);
  const result = nodeOf(node.all.document, [{ schema: branch, pointer }], node.all.view);
  const named = nameOf(node.all.document, { schema: written, pointer });
  return { ...result, ...(named === undefined ? {} : { name: named }) };
}

/** One text for nodes that say the same by identity. */
export function nodeKey({ all }: SchemaNode): string {
  return conjunctionKey(all);
}

/** The same for a conjunction. */
export function conjunctionKey(all: Conjunction): string {
  return `${all.view}${all.never ? "!" : ""}${all.parts.map(idOf).join(",")}`;
}
