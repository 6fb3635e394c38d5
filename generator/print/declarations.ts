/** The declarations that emitters build most, as text: imports, aliases, interfaces, functions, constants. */
import { commentText } from "./literal.ts";

export interface TypeParameter {
  readonly name: string;
  readonly constraint?: string;
  readonly default?: string;
}

/** A property signature. `name` is printed already (see `memberName`). */
export interface Member {
  readonly name: string;
  readonly type: string;
  /** Plain text of one line or several. */
  readonly doc?: string;
  readonly optional?: boolean;
  readonly readonly?: boolean;
}

interface DeclarationOptions {
  /** Plain text; no comment where absent. */
  readonly doc?: string;
  readonly typeParameters?: readonly TypeParameter[];
  /** Default: true. */
  readonly exported?: boolean;
}

/** `import { … } from`; `import type { … } from` where `typeOnly`. */
export function namedImport(names: readonly string[], module: string, typeOnly = false): string {
  return `import ${typeOnly ? "type " : ""}{ ${names.join(", ")} } from "${module}";`;
}

/** `type name<…> = type`, behind an empty line. */
export function typeAlias(name: string, type: string, options: DeclarationOptions = {}): string {
  return `\n${head("type", name, options)} = ${hanging(type, "  ")};`;
}

/** `interface name<…> extends … { … }`, behind an empty line. */
export function interfaceOf(
  name: string,
  members: readonly Member[],
  options: DeclarationOptions & { readonly extends?: string } = {},
): string {
  const heritage = options.extends === undefined ? "" : ` extends ${options.extends}`;
  const body = members.map((member) => `${propertySignature(member)}\n`).join("");
  return `\n${head("interface", name, options)}${heritage} {\n${body}}`;
}

/** `export const name: type = initializer` behind an empty line. */
export function constant(
  name: string,
  initializer: string,
  { doc, type, exported = true }: { doc?: string; type?: string; exported?: boolean },
): string {
  const annotation = type === undefined ? "" : `: ${type}`;
  return `\n${docComment(doc)}${exported ? "export " : ""}const ${name}${annotation} = ${initializer};`;
}

/** `function name<…>(parameters): returnType { … }` behind an empty line; each statement is one line. */
export function functionOf(
  name: string,
  { parameters, returns }: { readonly parameters: string; readonly returns: string },
  statements: readonly string[],
  options: DeclarationOptions = {},
): string {
  const body = statements.map((statement) => `  ${statement}\n`).join("");
  return `\n${head("function", name, options)}(${parameters}): ${returns} {\n${body}}`;
}

/** An object literal over several lines; members arrive printed, their own further lines indented already. */
export function objectLiteral(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{\n${members.map((member) => `  ${member},\n`).join("")}}`;
}

function head(
  keyword: string,
  name: string,
  { doc, typeParameters = [], exported = true }: DeclarationOptions,
): string {
  const parameters = typeParameters.map(typeParameter).join(", ");
  const generic = parameters === "" ? "" : `<${parameters}>`;
  return `${docComment(doc)}${exported ? "export " : ""}${keyword} ${name}${generic}`;
}

function typeParameter(parameter: TypeParameter): string {
  const constraint = parameter.constraint === undefined ? "" : ` extends ${parameter.constraint}`;
  return `${parameter.name}${constraint}${parameter.default === undefined ? "" : ` = ${parameter.default}`}`;
}

function propertySignature({ name, type, doc, optional, readonly }: Member): string {
  const modifier = readonly === true ? "readonly " : "";
  const question = optional === true ? "?" : "";
  return `${docComment(doc, "  ")}  ${modifier}${name}${question}: ${hanging(type, "    ")};`;
}

/** A doc comment and its line end; nothing for no text. */
function docComment(text: string | undefined, indent = ""): string {
  if (text === undefined) return "";
  const lines = commentText(text).split("\n");
  if (lines.length === 1) return `${indent}/** ${lines.join("")} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join("")}${indent} */\n`;
}

/** Further lines of a type are indented below its first. */
function hanging(type: string, indent: string): string {
  return type.replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
}
