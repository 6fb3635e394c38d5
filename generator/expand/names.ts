/** Names of the components that `expand` adds. */
import { pascalCase } from "../json/identifier.ts";

/** The per-code schema in `components.schemas`: `not_found` → `NotFoundError`. */
export function codeSchemaName(code: string): string {
  const name = componentName(code);
  return name.endsWith("Error") ? name : `${name}Error`;
}

/** The shared response in `components.responses` of a set of codes: `[a, b]` → `AOrB`; four names at the most. */
export function responseName(codes: readonly string[]): string {
  const shown = codes.slice(0, 4).map(componentName);
  return [...shown, ...(codes.length > 4 ? [`${String(codes.length - 4)}Others`] : [])].join("Or");
}

/** Component keys are ASCII (OpenAPI 3.1.1 §4.8.7): other characters are spelt as their code points. */
function componentName(code: string): string {
  return pascalCase(code).replace(/[^A-Za-z0-9_]/gu, (char) => `U${(char.codePointAt(0) ?? 0).toString(16)}`);
}
