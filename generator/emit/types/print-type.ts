/** Types as text. */
import { memberName } from "../../print/literal.ts";
import { unite } from "./combine.ts";
import { docComment } from "./doc-comment.ts";
import { atom, never, unknown, type ListType, type Member, type ObjectType, type Type } from "./type.ts";

export interface PrintOptions {
  /** Members and items are `readonly`. */
  readonly immutable: boolean;
}

export const indentation = "    ";

/** @param indent of the line that the text starts on */
export function printType(type: Type, options: PrintOptions, indent: string): string {
  switch (type.kind) {
    case "unknown":
    case "never":
      return type.kind;
    case "atom":
      return type.text;
    case "list":
      return printList(type, options, indent);
    case "object":
      return printObject(type, options, indent);
    case "union":
      return type.parts.map((part) => inUnion(part, options, indent)).join(" | ");
    case "intersection":
      return type.parts.map((part) => grouped(part, options, indent)).join(" & ");
  }
}

function inUnion(type: Type, options: PrintOptions, indent: string): string {
  const text = printType(type, options, indent);
  return type.kind === "intersection" ? `(${text})` : text;
}

function grouped(type: Type, options: PrintOptions, indent: string): string {
  const text = printType(type, options, indent);
  return type.kind === "union" || type.kind === "intersection" || text.startsWith("readonly ")
    ? `(${text})`
    : text;
}

function printList({ leading, least, rest }: ListType, options: PrintOptions, indent: string): string {
  const readonly = options.immutable ? "readonly " : "";
  if (leading.length === 0 && rest !== undefined) return `${readonly}${grouped(rest, options, indent)}[]`;
  const items = leading.map((item, i) =>
    i < least ? printType(item, options, indent) : `${grouped(item, options, indent)}?`,
  );
  if (rest !== undefined) items.push(`...${grouped(rest, options, indent)}[]`);
  return `${readonly}[${items.join(", ")}]`;
}

/** `{ … }`, also the body of an interface. */
export function printObject(type: ObjectType, options: PrintOptions, indent: string): string {
  const inner = indent + indentation;
  const readonly = options.immutable ? "readonly " : "";
  const lines = type.members.map((member) => printMember(member, options, inner, readonly));
  const index = indexType(type);
  if (index !== undefined)
    lines.push(`${inner}${readonly}[key: string]: ${printType(index, options, inner)};\n`);
  return lines.length === 0 ? emptyObject(type) : `{\n${lines.join("")}${indent}}`;
}

/** `{}` would take every value but null. */
function emptyObject({ others }: ObjectType): string {
  return `{ [key: string]: ${others?.type === never ? "never" : "unknown"} }`;
}

function printMember(member: Member, options: PrintOptions, indent: string, readonly: string): string {
  const comment = docComment(member.described, indent);
  const name = `${readonly}${memberName(member.name)}${member.optional ? "?" : ""}`;
  return `${comment}${indent}${name}: ${printType(member.type, options, indent)};\n`;
}

/**
 * An index signature holds for the listed members as well, so it is as wide as all of them. An intersection with a
 * signature of its own would be exact where members are read, but nothing could be assigned to it. It is `unknown` beside
 * members with an intersection: TypeScript does not always take one for assignable to its own text written again.
 */
function indexType({ members, others }: ObjectType): Type | undefined {
  if (others === undefined || others.type === never) return undefined;
  if (others.type === unknown || members.some(({ type }) => hasIntersection(type))) return unknown;
  const missing = members.some(({ optional }) => optional) ? [atom("undefined", 0)] : [];
  return unite([others.type, ...members.map(({ type }) => type), ...missing]);
}

function hasIntersection(type: Type): boolean {
  switch (type.kind) {
    case "intersection":
      return true;
    case "union":
      return type.parts.some(hasIntersection);
    case "list":
      return type.leading.some(hasIntersection) || (type.rest !== undefined && hasIntersection(type.rest));
    case "object":
      return (
        type.members.some((member) => hasIntersection(member.type)) ||
        (type.others !== undefined && hasIntersection(type.others.type))
      );
    default:
      return false;
  }
}
