/** Sound documents, changed at random: what a slip of the hand, a bad merge or an attacker makes of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { isObject, type Json, type JsonObject } from "../../../generator/json/json.ts";
import { sound } from "../../unit/rules-documents.ts";

/** The document of the rules and those of the goldens that generate. */
const originals: readonly Json[] = [sound, ...goldens()].map((text) => parse(text) as Json); // JSON, written as YAML.

function goldens(): string[] {
  const folder = join(import.meta.dirname, "../../golden");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("fails-"))
    .map((entry) => readFileSync(join(folder, entry.name, "openapi.yaml"), "utf8"));
}

/** Members that mean something somewhere, and names that mean something to JavaScript. */
const names = [
  ..."type nullable enum const required properties additionalProperties items prefixItems oneOf anyOf allOf".split(
    " ",
  ),
  ..."not if then minimum maxLength pattern format default readOnly writeOnly discriminator description".split(
    " ",
  ),
  ..."deprecated $ref x-a title summary examples example unevaluatedProperties patternProperties contains".split(
    " ",
  ),
  ..."propertyNames dependentRequired minItems uniqueItems style explode in name content schema headers".split(
    " ",
  ),
  ..."allowReserved allowEmptyValue multipleOf contentMediaType contentEncoding xml security tags servers".split(
    " ",
  ),
  ..."parameters callbacks links $defs $id $anchor $dynamicRef x-error-codes x-errors x-error-envelope".split(
    " ",
  ),
  ..."constructor toString class 1".split(" "),
  ...["", "a b", "*/", "`${x}`", "\u2028", "x\ny", "/p/{q}", "200", "default"],
];

/** The wrong type, the right one, patterns, references to nowhere, to themselves and to something else. */
const values: readonly Json[] = [
  ...[null, 0, -1, 3, 1.5, 1e300, true, false, "", "x", [], ["a"], [null], {}],
  ...[
    "string",
    "integer",
    "object",
    "array",
    "null",
    "date-time",
    "uuid",
    "binary",
    "header",
    "path",
    "query",
  ],
  ...["^a+$", "(a+)+$", "[", "*/ evil()", "`${process.exit()}`", "</script>", "\u2028"],
  ...[["string", "null"], [1, "a", null], { type: "string" }, [{ type: "string" }, { type: "null" }]],
  { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
  { type: "array", items: { type: "integer" } },
  { propertyName: "kind" },
  { "text/plain": {} },
  { "*/*": { schema: { type: "string" } } },
  { "multipart/form-data": { schema: { properties: { f: { type: "string", format: "binary" } } } } },
  ...["#/components/schemas/None", "#/components/schemas/ErrorEnvelope", "#/components", "none.yaml", 3].map(
    ($ref): JsonObject => ({ $ref }),
  ),
];

const kinds = ["replace", "add", "remove", "copy", "rename", "double"] as const;

/** `at` and `from` choose a member among all of the document. */
const edit = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(),
  from: fc.nat(),
  name: fc.constantFrom(...names),
  value: fc.constantFrom(...values),
});
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

export const damagedDocument: fc.Arbitrary<Json> = fc
  .record({
    original: fc.constantFrom(...originals),
    edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  })
  .map(({ original, edits }) => {
    const document = structuredClone(original);
    for (const each of edits) apply(document, each);
    return document;
  });

/** What holds a member, and its name or index. */
type Member = readonly [parent: object, key: string];

function apply(document: Json, { kind, at, from, name, value }: Edit): void {
  const members = membersOf(document);
  const member = members[at % members.length];
  const source = members[from % members.length];
  if (member === undefined || source === undefined) return;
  const [parent, key] = member;
  const current = valueOf(member);
  if (kind === "replace") Reflect.set(parent, key, structuredClone(value));
  else if (kind === "remove" && Array.isArray(parent)) parent.splice(Number(key), 1);
  else if (kind === "remove") Reflect.deleteProperty(parent, key);
  else if (kind === "copy") Reflect.set(parent, key, structuredClone(valueOf(source)));
  else if (kind === "rename" && !Array.isArray(parent)) {
    Reflect.deleteProperty(parent, key);
    Reflect.set(parent, name, current);
  } else if (isObject(current)) {
    const [first = "x"] = Object.keys(current);
    if (kind === "add") Reflect.set(current, name, structuredClone(value));
    else Reflect.set(current, `${first}${String(at % 3)}`, structuredClone(current[first] ?? {}));
  }
}

function valueOf([parent, key]: Member): Json {
  return Reflect.get(parent, key) as Json; // A member of JSON.
}

function membersOf(node: Json): Member[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]): Member[] => [[node, key], ...membersOf(value)]);
}
