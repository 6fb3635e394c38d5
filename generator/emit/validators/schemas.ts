/** The part of the validators that follows from `components.schemas`: three functions for each named schema. */
import type { ApiModel } from "../../model/api-model.ts";
import { ReachIndex } from "../../schema/analyse/reach.ts";
import { inputNames } from "../../schema/analyse/views.ts";
import type { Compiler } from "../../schema/compile/compiler.ts";
import { stringLiteral } from "../../print/literal.ts";
import type { HelperName } from "../../schema/code/library.ts";
import type { ValidatorModule } from "../../schema/code/module.ts";
import type { Unit } from "../../schema/code/steps.ts";

/** A unit that guards are declared for. */
export interface Guarded {
  /** `is…`, `check…` and `collect…` are called after it. */
  readonly identifier: string;
  /** The type that `is…` narrows to. */
  readonly type: string;
  readonly unit: Unit;
}

/**
 * Asks the compiler for every named schema, as responses and as requests have it. Before its `finish`.
 *
 * @param hasInputTypes `types.ts` has a type for what requests have; else guards of that say yes or no only
 */
export function addSchemas(
  { schemas }: Pick<ApiModel, "schemas">,
  compiler: Compiler,
  hasInputTypes = true,
): Guarded[] {
  const inputs = inputNames(schemas, compiler.store, new ReachIndex(compiler.store));
  return schemas.flatMap((named): Guarded[] => {
    const { name, identifier, schema, pointer } = named;
    const add = (wish: string, view: "request" | "response"): Unit =>
      compiler.add(compiler.schemas, wish, schema, pointer, view);
    const input = inputs.get(named);
    return [
      { identifier, type: `Schemas[${stringLiteral(name)}]`, unit: add(identifier, "response") },
      ...(input === undefined
        ? []
        : [{ identifier: input, type: hasInputTypes ? input : "unknown", unit: add(input, "request") }]),
    ];
  });
}

/** The types that guards narrow to besides those of `Schemas`. */
export function inputTypes(guarded: readonly Guarded[]): string[] {
  return guarded.filter(({ identifier, type }) => identifier === type).map(({ type }) => type);
}

const guardType = `/** True if the value is valid. Never throws: a value that cannot be read is invalid. */
type Guard<Value> = (value: unknown) => value is Value;`;

/**
 * Declares `isTemplate`, `checkTemplate` and `collectTemplate` for every guarded unit, by the type `Schemas`, which holds
 * those of all. After the compiler's `finish`.
 */
export function declareGuards(
  into: ValidatorModule,
  compiler: Compiler,
  guarded: readonly Guarded[],
): string[] {
  const guards = guarded.map(({ identifier, type, unit }) => {
    compiler.report(unit);
    const made = (helper: HelperName): string => `/* @__PURE__ */ ${into.helper(helper)}(${into.call(unit)})`;
    return [
      "export const",
      `  is${identifier}: Guard<${type}> = ${made("guard")},`,
      `  check${identifier}: ${into.helper("Check")} = ${made("first")},`,
      `  collect${identifier}: ${into.helper("Collect")} = ${made("all")};`,
    ].join("\n");
  });
  return guards.length === 0 ? [] : [guardType, ...guards];
}
