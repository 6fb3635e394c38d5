/** Schemas that nothing fits, where one schema shows it: bounds that cross, and members that it asks for and keeps out. */
import { asStrings, isObject, type JsonObject } from "../../json/json.ts";
import { joinPointer } from "../../json/pointer.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { Site } from "./site.ts";

interface Contradiction {
  /** The keyword to point at. */
  readonly keyword: string;
  readonly message: string;
  readonly fix: string;
}

const counts = [
  ["minLength", "maxLength", "string"],
  ["minItems", "maxItems", "array"],
  ["minProperties", "maxProperties", "object"],
] as const;

/** Warns of what keeps every value out: the validator is right then, but hardly what was meant. */
export function noteContradictions({ compiler, node, schema }: Site): void {
  if (!compiler.asserts(node.resource)) return;
  for (const { keyword, ...said } of [...lengths(schema), ...numbers(schema), ...keptOut(schema)]) {
    const pointer = joinPointer(node.pointer, keyword);
    compiler.note({ code: "lockstep/schema-impossible", pointer, ...said });
  }
}

function lengths(schema: JsonObject): Contradiction[] {
  return counts.flatMap(([least, most, type]): Contradiction[] => {
    const { [least]: low, [most]: high } = schema;
    if (typeof low !== "number" || typeof high !== "number" || low <= high) return [];
    return [crossing(type, least, low, most, high)];
  });
}

function numbers(schema: JsonObject): Contradiction[] {
  for (const least of ["minimum", "exclusiveMinimum"]) {
    for (const most of ["maximum", "exclusiveMaximum"]) {
      const { [least]: low, [most]: high } = schema;
      if (typeof low !== "number" || typeof high !== "number") continue;
      const isOpen = least !== "minimum" || most !== "maximum";
      if (low > high || (low === high && isOpen)) return [crossing("number", least, low, most, high)];
    }
  }
  return [];
}

function crossing(type: string, least: string, low: number, most: string, high: number): Contradiction {
  return {
    keyword: least,
    message: `No ${type} can meet both \`${least}: ${String(low)}\` and \`${most}: ${String(high)}\`.`,
    fix: `Lower \`${least}\`, or raise \`${most}\`.`,
  };
}

/** Members that are required and, in an object closed by `additionalProperties: false`, not declared. */
function keptOut({
  required,
  properties,
  patternProperties,
  additionalProperties,
}: JsonObject): Contradiction[] {
  if (additionalProperties !== false || patternProperties !== undefined) return [];
  const declared = isObject(properties) ? properties : {};
  const names = asStrings(required).filter((name) => !Object.hasOwn(declared, name));
  if (names.length === 0) return [];
  const list = names.map(stringLiteral).join(", ");
  const message = `No object can have ${list}: required, but not among the \`properties\` of a schema that allows no others.`;
  const fix = "Declare the member under `properties`, or correct its name under `required`.";
  return [{ keyword: "required", message, fix }];
}
