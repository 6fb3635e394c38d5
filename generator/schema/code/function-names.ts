/** Names for the functions of schemas that have none of their own. PascalCase; the compiler makes them unique. */
import { pascalCase } from "../../json/identifier.ts";
import { asArray, asObject, asStrings } from "../../json/json.ts";
import type { Pointer } from "../../model/api-model.ts";
import type { SchemaNode } from "../analyse/store.ts";

/** A schema that has only a place: its last telling token. */
export function nameOfPlace(pointer: Pointer): string {
  return `${nameOfMember(pointer.split("/").at(-1) ?? "")}_1`;
}

/** The schema of a member: the member's name. */
export function nameOfMember(member: string): string {
  const words = member.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return /^[A-Z]/.test(name) ? name : `Part${name}`;
}

/** A schema that is nothing but tests of the value: what it accepts, as `Uri`, `StringOrNull`, `Enum`. */
export function nameOfContent({ schema }: SchemaNode): string {
  const { type, format, enum: values } = asObject(typeof schema === "boolean" ? undefined : schema);
  const types = typeof type === "string" ? [type] : asStrings(asArray(type));
  const what = typeof format === "string" ? format : values === undefined ? undefined : "enum";
  const names = what === undefined ? types : [what, ...types.filter((name) => name === "null")];
  const name = names.map(pascalCase).join("Or");
  return /^[A-Z]\w*$/.test(name) ? name : "Value";
}
