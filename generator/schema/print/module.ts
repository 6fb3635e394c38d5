/** Prints a module of validators as a TypeScript file. */
import type { Unit } from "../code/steps.ts";
import { isTypeSymbol, printLibrary } from "../../validator-library/print-library.ts";
import type { HelperName } from "../code/library.ts";
import type { ValidatorModule } from "../code/module.ts";
import { printCheck } from "./check.ts";
import { printOk } from "./ok.ts";
import { okName } from "../code/module.ts";

const plainNotice = `/**
 * Each schema is one function ok… that is false where the value is invalid. Values are unknown: what a function reads it
 * has tested before.
 */`;
const reportingNotice = `/**
 * Each schema is one function ok… that is false where the value is invalid. Given a list, it notes issues there and goes
 * on as long as more are wanted. Values are unknown: what a function reads it has tested before, "as" only names that.
 * A member that need not be there is read with a default that passes.
 */`;

export interface ModuleText {
  /** What the file says of itself; without it, how its functions work. */
  readonly notice?: string;
  /** More import lines, after those of the module itself. */
  readonly imports?: readonly string[];
  /** Declarations after the functions. */
  readonly declarations?: readonly string[];
  /** Of relative imports. */
  readonly extension: string;
}

/** The whole file. After the compiler's `finish`, and after all `report`s. */
export function printModule(module: ValidatorModule<Unit>, text: ModuleText): string {
  const functions = module.units.map((unit) => ({
    name: okName(unit),
    text: (unit.reports ? printCheck(unit) : printOk(unit)).join("\n"),
    exported: unit.exported,
  }));
  const declarations = text.declarations ?? [];
  const roots = [...declarations, ...module.constants()];
  const body = [...reachable(functions, roots), ...declarations].join("\n\n");
  // Steps may have been compiled and dropped again; what only they use is left out.
  module.keepOnly(body);
  const depth = "../".repeat(module.path.split("/").length - 1);
  const from = (path: string): string => `"${depth === "" ? "./" : depth}${path}${text.extension}"`;
  const { helpers } = module;
  const imports = [
    ...(helpers.length === 0
      ? []
      : [`import { ${helpers.map(imported).join(", ")} } from ${from("runtime")};`]),
    ...module.imports().map((one) => `import { ${one.names.join(", ")} } from ${from(one.module.path)};`),
    ...(text.imports ?? []),
  ].join("\n");
  const notice = text.notice ?? (module.reports ? reportingNotice : plainNotice);
  const parts = [notice, imports, module.constants().join("\n"), body];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

interface FunctionText {
  readonly name: string;
  readonly text: string;
  readonly exported: boolean;
}

/** The functions that something calls, in their order: steps may have been dropped after they asked for one. */
function reachable(functions: readonly FunctionText[], roots: readonly string[]): string[] {
  const byName = new Map(functions.map((one) => [one.name, one]));
  const wanted = new Set(functions.filter((one) => one.exported));
  const queue = [...roots, ...[...wanted].map((one) => one.text)];
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    for (const word of text.match(/ok[^\s(),;[\]]+/g) ?? []) {
      const callee = byName.get(word);
      if (callee === undefined || wanted.has(callee)) continue;
      wanted.add(callee);
      queue.push(callee.text);
    }
  }
  return functions.filter((one) => wanted.has(one)).map((one) => one.text);
}

/** `runtime.ts` for modules of schemas alone. */
export function printRuntime(modules: readonly ValidatorModule[]): string {
  const roots = ["Issue" as const, ...modules.flatMap((module) => module.helpers)];
  const rules = modules.flatMap((module) => module.rules);
  return printLibrary(roots, { extension: "", rules }).get("runtime") ?? "";
}

/** Types are imported as such; the class `Issues` is one to callers, too. */
function imported(name: HelperName): string {
  return name === "Issues" || isTypeSymbol(name) ? `type ${name}` : name;
}
