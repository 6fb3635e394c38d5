/** Scalars: what one text spells. */
import type { Issues } from "../runtime/issues.ts";
import { exactInteger, noteInexact } from "./json-text.ts";
import type { Parameter, Scalar, Shape, Source } from "./contract.ts";

export const integerText = /^-?(?:0|[1-9]\d*)$/;
export const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The first of the scalars that the text spells. */
export function spelled(text: string, scalars: readonly Scalar[], at: string, issues: Issues): unknown {
  for (const scalar of scalars) {
    if (scalar === "string") return text;
    if (scalar === "boolean" && (text === "true" || text === "false")) return text === "true";
    if (scalar === "null" && (text === "null" || text === "")) return null;
    if ((scalar === "integer" && integerText.test(text)) || (scalar === "number" && numberText.test(text))) {
      const value = integerText.test(text) ? exactInteger(text) : finite(Number(text));
      // There is no minus zero in a contract.
      if (value !== undefined) return value + 0;
      if (!scalars.includes("string")) {
        noteInexact(text, at, issues);
        return undefined;
      }
    }
  }
  issues.add(at, "type", scalars.length === 1 ? scalars[0] : scalars);
  return undefined;
}

/** The value of a whole text for a shape of scalars; notes an issue where there is none. */
export function readText(text: string, shape: Shape, at: string, issues: Issues): unknown {
  const scalars = scalarsOf(shape);
  return spelled(text, scalars.length === 0 ? anyText : scalars, at, issues);
}

export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

export const anyText: readonly Scalar[] = ["string"];
export const single: Readonly<Record<Scalar | "any", readonly Scalar[]>> = {
  any: anyText,
  integer: ["integer"],
  number: ["number"],
  boolean: ["boolean"],
  string: anyText,
  null: ["null"],
};

/** The scalars of a shape; none where it has only items or members. */
export function scalarsOf(shape: Shape): readonly Scalar[] {
  if (typeof shape === "string") return single[shape];
  return shape.scalars ?? [];
}

export function itemsOf(shape: Shape): Shape | undefined {
  return typeof shape === "string" ? undefined : shape.items;
}

/** Of the item at an index; items of a tuple have shapes of their own. */
export function itemShape(shape: Shape, index: number): Shape | undefined {
  return typeof shape === "string" ? undefined : (shape.prefix?.[index] ?? shape.items);
}

/** True if the value may be a list of values that are given one by one. */
export function isList(shape: Shape): boolean {
  return shape === "any" || itemsOf(shape) !== undefined;
}

export function hasMembers(shape: Shape): boolean {
  return typeof shape === "object" && (shape.members !== undefined || shape.others !== undefined);
}

export function memberShape(shape: Shape, name: string): Shape {
  if (typeof shape === "string") return "any";
  const { members } = shape;
  const own = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
  return own ?? shape.others ?? "any";
}

/** What a shape is called in an issue. */
export function typesOf(shape: Shape): string | readonly string[] {
  const names = [
    ...scalarsOf(shape),
    ...(itemsOf(shape) === undefined ? [] : ["array"]),
    ...(hasMembers(shape) ? ["object"] : []),
  ];
  return names.length === 1 ? (names[0] ?? "string") : names;
}

/** Sets an own member, whatever its name. */
export function put(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else target[name] = value;
}

/** Decodes and coerces one text for a shape of scalars. */
export function scalar(text: string, shape: Shape, at: string, given: Given): unknown {
  const { source, parameter, issues } = given;
  const decoded = source.decode(text, parameter);
  if (decoded === undefined) {
    issues.add(at, "encoding");
    return undefined;
  }
  const scalars = scalarsOf(shape);
  if (scalars.length > 0) return spelled(decoded, scalars, at, issues);
  issues.add(at, "type", typesOf(shape));
  return undefined;
}

/** What every step of reading one parameter needs. */
export interface Given {
  readonly source: Source;
  readonly parameter: Parameter;
  readonly issues: Issues;
}
