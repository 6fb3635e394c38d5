/** Named enumerations as TypeScript enums and as arrays of their values, where the settings ask for them. */
import { pascalCase, uniqueNames } from "../../json/identifier.ts";
import { jsonLiteral } from "../../print/literal.ts";
import type { TypeSettings } from "../type-settings.ts";
import type { Type } from "./type.ts";

/** The values of a type that has strings and numbers only; `undefined` for any other. */
function valuesOf(type: Type): readonly (string | number)[] | undefined {
  const parts = type.kind === "union" ? type.parts : [type];
  const values = parts.flatMap((part) => {
    const value = part.kind === "atom" ? part.literal : undefined;
    return typeof value === "string" || typeof value === "number" ? [value] : [];
  });
  return values.length === parts.length ? values : undefined;
}

/** What is declared in place of a type, or besides it. */
export interface Enumeration {
  /** Stands in place of the alias. */
  readonly declaration?: string;
  /** Stands behind it. */
  readonly values: string;
}

export function enumeration(name: string, type: Type, settings: TypeSettings): Enumeration | undefined {
  const values = valuesOf(type);
  if (values === undefined) return undefined;
  const members = memberNames(values);
  const lines = values.map((value, i) => `    ${members[i] ?? ""} = ${jsonLiteral(value)},\n`);
  const listed = settings.enum
    ? members.map((member) => `${name}.${member}`)
    : values.map((value) => jsonLiteral(value));
  return {
    ...(settings.enum ? { declaration: `export enum ${name} {\n${lines.join("")}}\n` } : {}),
    values: settings.enumValues
      ? `\nexport const ${name}Values: readonly ${name}[] = [${listed.join(", ")}];\n`
      : "",
  };
}

/** A member cannot be called after a number. */
function memberNames(values: readonly (string | number)[]): string[] {
  const unique = uniqueNames();
  return values.map((value) =>
    unique(typeof value === "number" ? `Value${numberName(value)}` : pascalCase(value)),
  );
}

function numberName(value: number): string {
  return String(value)
    .replace("-", "Minus")
    .replaceAll(/[^A-Za-z0-9]/g, "_");
}
