/** The part of the validators that follows from `components.schemas`: three functions for each named schema. */
import type { ApiModel, NamedSchema } from "../../model/api-model.ts";
import type { Compiler } from "../../schema/compile/compiler.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { HelperName } from "../../schema/code/library.ts";
import type { ValidatorModule } from "../../schema/code/module.ts";
import type { Unit } from "../../schema/code/unit.ts";

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

const guardType = `/** Is the value valid? Whatever it is, this gives an answer: of what cannot be read, false. */
type Guard<Name extends keyof Schemas> = (value: unknown) => value is Schemas[Name];`;

/**
 * Declares `isTemplate`, `checkTemplate` and `collectTemplate` for every named schema, by the type `Schemas`, which holds
 * those of all. After the compiler's `finish`.
 */
export function declareGuards(
  into: ValidatorModule,
  compiler: Compiler,
  units: ReadonlyMap<NamedSchema, Unit>,
): string[] {
  const guards = [...units].map(([{ name, identifier }, unit]) => {
    compiler.report(unit);
    const made = (helper: HelperName): string => `/* @__PURE__ */ ${into.helper(helper)}(${into.call(unit)})`;
    return [
      "export const",
      `  is${identifier}: Guard<${stringLiteral(name)}> = ${made("guard")},`,
      `  check${identifier}: ${into.helper("Check")} = ${made("first")},`,
      `  collect${identifier}: ${into.helper("Collect")} = ${made("all")};`,
    ].join("\n");
  });
  return guards.length === 0 ? [] : [guardType, ...guards];
}
