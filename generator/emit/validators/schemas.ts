/** The part of the validators that follows from `components.schemas`: three functions for each named schema. */
import type { ApiModel, NamedSchema } from "../../model/api-model.ts";
import type { Compiler } from "../../schema/compiler.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { HelperName } from "../../schema/library/library.ts";
import type { ValidatorModule } from "../../schema/module.ts";
import type { Unit } from "../../schema/unit.ts";

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
export function declareGuards(
  into: ValidatorModule,
  compiler: Compiler,
  units: ReadonlyMap<NamedSchema, Unit>,
): string[] {
  return [...units].map(([{ name, identifier }, unit]) => {
    compiler.report(unit);
    const ok = into.call(unit);
    const constant = (verb: string, type: HelperName, made: HelperName, of = ""): string =>
      `export const ${verb}${identifier}: ${into.helper(type)}${of} = /* @__PURE__ */ ${into.helper(made)}(${ok});`;
    return [
      constant("is", "Guard", "guard", `<Schemas[${stringLiteral(name)}]>`),
      constant("check", "Check", "first"),
      constant("collect", "Collect", "all"),
    ].join("\n");
  });
}
