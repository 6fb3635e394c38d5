/** The declarations that emitters build most: an alias, an interface, a constant, all exported and documented. */
import {
  StructureKind,
  VariableDeclarationKind,
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type TypeAliasDeclarationStructure,
  type TypeParameterDeclarationStructure,
  type VariableStatementStructure,
} from "ts-morph";

/** `export type name<…> = type` under a doc comment. */
export function typeAlias(
  name: string,
  type: string,
  doc: string,
  typeParameters: OptionalKind<TypeParameterDeclarationStructure>[] = [],
): TypeAliasDeclarationStructure {
  return { kind: StructureKind.TypeAlias, name, type, typeParameters, isExported: true, docs: [doc] };
}

/** `export interface name { … }` under a doc comment. */
export function interfaceOf(
  name: string,
  properties: OptionalKind<PropertySignatureStructure>[],
  doc: string,
): InterfaceDeclarationStructure {
  return { kind: StructureKind.Interface, name, properties, isExported: true, docs: [doc] };
}

/** `export const name: type = initializer` under a doc comment. */
export function constant(
  name: string,
  initializer: string,
  { doc, type, isExported = true }: { doc?: string; type?: string; isExported?: boolean },
): VariableStatementStructure {
  return {
    kind: StructureKind.VariableStatement,
    declarationKind: VariableDeclarationKind.Const,
    declarations: [{ name, initializer, ...(type === undefined ? {} : { type }) }],
    isExported,
    docs: doc === undefined ? [] : [doc],
  };
}

/** An object literal over several lines; members arrive printed. */
export function objectLiteral(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{\n${members.map((member) => `  ${member},\n`).join("")}}`;
}
