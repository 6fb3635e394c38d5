/** Keywords that compare with given values: `enum` and `const` (validation §6.1.2, §6.1.3). */
import { isArray, isObject, type Json } from "../../json/json.ts";
import { reject } from "../build.ts";
import type { Site } from "../site.ts";
import { jsonLiteral } from "../../print/literal.ts";
import { allOf } from "../conditions.ts";
import type { Step } from "../steps.ts";
import { typeOf } from "../types.ts";
import { asserted } from "./read.ts";

/** Up to this many strings a chain of comparisons beats a hash table. */
const chainLength = 8;
/** Longer lists of allowed values are not repeated in issues: a hostile body must not make the answer explode. */
const expectedLength = 50;

export function applyValues(site: Site): Step[] {
  const steps: Step[] = [];
  const constant = asserted(site, "const");
  if (constant !== undefined) {
    steps.push(
      reject(site, isNot(site, [constant]), "const", isScalar(constant) ? jsonLiteral(constant) : undefined),
    );
  }
  const values = asserted(site, "enum");
  if (isArray(values)) {
    // Values of a type that has been ruled out cannot match any more.
    const possible = values.filter((value) => (typeOf(value) & site.known) !== 0);
    const isShort = possible.every(isScalar) && possible.length <= expectedLength;
    steps.push(reject(site, isNot(site, possible), "enum", isShort ? jsonLiteral(possible) : undefined));
  } else if (values !== undefined) {
    site.compiler.unsupported(site.node, "enum", "`enum` is not a list");
  }
  return steps;
}

/**
 * A condition that is true where the value equals none of `values`. Where more is asked of the value, comparisons go
 * through `unknown`: TypeScript would narrow the variable and then refuse what comes next.
 */
function isNot(site: Site, values: readonly Json[]): string {
  const value = site.alone === true ? site.value : `(${site.value} as unknown)`;
  const { module } = site.unit;
  const scalars = values.filter(isScalar);
  const rest = values.filter((value) => !isScalar(value));
  const tests = rest.map(
    (value) =>
      `!${module.helper("equal")}(${site.value}, ${module.constant("literal", "unknown", jsonLiteral(value))})`,
  );
  if (scalars.length > chainLength) {
    const set = module.constant(
      "values",
      "ReadonlySet<unknown>",
      `/* @__PURE__ */ new Set<unknown>(${jsonLiteral(scalars)})`,
    );
    tests.unshift(`!${set}.has(${site.value})`);
  } else {
    tests.unshift(...scalars.map((scalar) => `${value} !== ${jsonLiteral(scalar)}`));
  }
  return tests.length === 0 ? "true" : allOf(tests);
}

function isScalar(value: Json): boolean {
  return !isArray(value) && !isObject(value);
}
