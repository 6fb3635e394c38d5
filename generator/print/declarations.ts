/** The declarations that emitters build most: an alias, an interface, a constant, all exported and documented. */
import {
  StructureKind,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type TypeAliasDeclarationStructure,
  type TypeParameterDeclarationStructure,
} from "ts-morph";

/** `export type name<…> = type` under a doc comment. */
export function typeAlias(
  name: string,
  type: string,
  doc: string,
  typeParameters: OptionalKind<TypeParameterDeclarationStructure>[] = [],
): TypeAliasDeclarationStructure {
  return {
    kind: StructureKind.TypeAlias,
    name,
    type,
    typeParameters,
    isExported: true,
    docs: [doc],
    leadingTrivia: "\n",
  };
}

/** `export interface name { … }` under a doc comment. */
export function interfaceOf(
  name: string,
  properties: OptionalKind<PropertySignatureStructure>[],
  doc: string,
): InterfaceDeclarationStructure {
  return { kind: StructureKind.Interface, name, properties, isExported: true, docs: [doc] };
}

/**
 * `export const name: type = initializer` under a doc comment, as text: ts-morph would indent the lines of a long
 * initializer once more.
 */
export function constant(
  name: string,
  initializer: string,
  { doc, type, isExported = true }: { doc?: string; type?: string; isExported?: boolean },
): string {
  const comment = doc === undefined ? "" : `/** ${doc} */\n`;
  const annotation = type === undefined ? "" : `: ${type}`;
  return `\n${comment}${isExported ? "export " : ""}const ${name}${annotation} = ${initializer};`;
}

/** An object literal over several lines; members arrive printed, their own further lines indented already. */
export function objectLiteral(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{\n${members.map((member) => `  ${member},\n`).join("")}}`;
}
