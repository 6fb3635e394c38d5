/** The part of the validators that follows from `components.schemas`: three functions for each named schema. */
import type { ApiModel, NamedSchema } from "../../model/api-model.ts";
import type { Compiler } from "../../schema/compiler.ts";
import { stringLiteral } from "../../print/literal.ts";
import { okName, type Unit } from "../../schema/unit.ts";

export interface SchemaGuards {
  /** Declarations of the guards, for the end of the compiler's `schemas` module. */
  readonly declarations: readonly string[];
  /** Names of all functions that are exported for users. */
  readonly names: readonly string[];
}

/** Asks the compiler for every named schema. Before its `finish`. */
export function addSchemas(
  model: Pick<ApiModel, "schemas">,
  compiler: Compiler,
): ReadonlyMap<NamedSchema, Unit> {
  return new Map(
    model.schemas.map((named) => [
      named,
      compiler.add(compiler.schemas, named.identifier, named.schema, named.pointer, "both"),
    ]),
  );
}

/** Declares `isTemplate`, `checkTemplate` and `collectTemplate` for every named schema. After the compiler's `finish`. */
export function declareGuards(compiler: Compiler, units: ReadonlyMap<NamedSchema, Unit>): SchemaGuards {
  const { schemas } = compiler;
  if (units.size > 0) for (const name of ["Issue", "begin", "first", "all"] as const) schemas.helper(name);
  const names: string[] = [];
  const declarations = [...units].map(([{ name, identifier }, unit]) => {
    compiler.report(unit);
    const ok = okName(unit);
    names.push(`is${identifier}`, `check${identifier}`, `collect${identifier}`);
    return `export function is${identifier}(value: unknown): value is Schemas[${stringLiteral(name)}] {
  try {
    begin();
    return ${ok}(value);
  } catch {
    return false;
  }
}
export function check${identifier}(value: unknown): Issue | undefined {
  return first(${ok}, value);
}
export function collect${identifier}(value: unknown, limit = 20): Issue[] {
  return all(${ok}, value, limit);
}`;
  });
  return { declarations, names };
}
