/** Keywords that compare with given values: `enum` and `const` (validation §6.1.2, §6.1.3). */
import { isArray, isObject, type Json } from "../../../json/json.ts";
import { reject } from "../reject.ts";
import type { Site } from "../site.ts";
import { jsonLiteral } from "../../../print/literal.ts";
import type { Branch, Step } from "../../code/steps.ts";
import { typeOf } from "../../analyse/types.ts";
import { asserted } from "./read.ts";

/** Up to this many strings a chain of comparisons beats a hash table. */
const chainLength = 8;
/** Longer lists of allowed values are not repeated in issues: a hostile body must not make the response explode. */
const expectedLength = 50;

export function applyValues(site: Site): Step[] {
  return comparisons(site).map(({ values, rule, expected }) => {
    const tests = values.length === 0 ? ["true"] : compare(site, values).map(({ differs }) => differs);
    return reject(site, tests.join(" && "), rule, expected);
  });
}

/** All of a schema that asks for nothing but values, maybe of some type: that of the values need not be asked for. */
export function compareOnly(site: Site): Branch | undefined {
  const [only] = comparisons(site);
  if (only === undefined || only.values.length === 0) return undefined;
  const tests = compare(site, only.values);
  return {
    kind: "branch",
    when: tests.map(({ differs }) => differs).join(" && "),
    opposite: tests.map(({ equals }) => equals).join(" || "),
    then: [reject(site, "true", only.rule, only.expected)],
    otherwise: [],
    rejectsUndefined: true,
  };
}

interface Comparison {
  readonly rule: "const" | "enum";
  readonly values: readonly Json[];
  /** Source of what was expected. */
  readonly expected: string | undefined;
}

function comparisons(site: Site): Comparison[] {
  const found: Comparison[] = [];
  // Values of a type that has been ruled out cannot match any more.
  const isPossible = (value: Json): boolean => (typeOf(value) & site.known) !== 0;
  const constant = asserted(site, "const");
  if (constant !== undefined) {
    const expected = isScalar(constant) ? jsonLiteral(constant) : undefined;
    found.push({ rule: "const", values: [constant].filter(isPossible), expected });
  }
  const values = asserted(site, "enum");
  if (isArray(values)) {
    const possible = values.filter(isPossible);
    const isShort = possible.every(isScalar) && possible.length <= expectedLength;
    found.push({ rule: "enum", values: possible, expected: isShort ? jsonLiteral(possible) : undefined });
  } else if (values !== undefined) {
    site.compiler.unsupported(site.node, "enum", "`enum` is not a list");
  }
  return found;
}

/** A condition and its opposite. */
interface Test {
  readonly equals: string;
  readonly differs: string;
}

/**
 * The value equals one of `values` where one of the tests holds. Where more is asked of the value, comparisons go through
 * `unknown`: TypeScript would narrow the variable and then refuse what comes next.
 */
function compare(site: Site, values: readonly Json[]): Test[] {
  const value = site.alone === true ? site.value : `(${site.value} as unknown)`;
  const { module } = site.unit;
  const scalars = values.filter(isScalar);
  const rest = values.filter((value) => !isScalar(value));
  const tests = rest.map((value) => {
    const literal = module.constant("literal", "unknown", jsonLiteral(value));
    return asked(`${module.helper("equal")}(${site.value}, ${literal})`);
  });
  if (scalars.length > chainLength) {
    const set = module.constant(
      "values",
      "ReadonlySet<unknown>",
      `/* @__PURE__ */ new Set<unknown>(${jsonLiteral(scalars)})`,
    );
    return [asked(`${set}.has(${site.value})`), ...tests];
  }
  const compared = scalars.map(jsonLiteral).map((scalar): Test => ({
    equals: `${value} === ${scalar}`,
    differs: `${value} !== ${scalar}`,
  }));
  return [...compared, ...tests];
}

function asked(call: string): Test {
  return { equals: call, differs: `!${call}` };
}

function isScalar(value: Json): boolean {
  return !isArray(value) && !isObject(value);
}
