/** Prints tests of an object's members all at once, and the table by which a wrong one is found. */
import { stringLiteral } from "../../print/literal.ts";
import { allOf, anyOf, conjunct, opposite } from "../code/conditions.ts";
import type { ValidatorModule } from "../code/module.ts";
import { lineWidth } from "./block.ts";
import { type Member, type Tested, type Unit, refusesUndefined } from "../code/steps.ts";

/**
 * Tests members all at once. Where more follows, the outcome is held in a variable with a type: at each part of a long
 * condition in an `if`, TypeScript looks many times over.
 */
export function printTested(members: readonly Member[], unit: Unit, isLast: boolean): string[] {
  const { module } = unit;
  const all = members.flatMap(({ tested, ...member }) =>
    tested === undefined ? [] : [{ ...member, tested }],
  );
  const [first] = all;
  if (first === undefined) return [];
  const { held, within } = first.tested;
  const tests = all.map((member) => conjunct(testInPlace(member, module) ?? isSound(member, module)));
  const given = [first.view, "issues", within, ...printTables(all, module)].join(", ");
  const goesOn = `${module.helper("noteMembers")}(${given})`;
  const long = tests.map((one, i) => `  ${one}${i < tests.length - 1 ? " &&" : ""}`);
  const line = tests.join(" && ");
  if (isLast) {
    const short = `return (${line}) || ${goesOn};`;
    return short.length <= lineWidth ? [short] : ["return (", ...long, `) || ${goesOn};`];
  }
  const short = `const ${held}: boolean = ${line};`;
  const test = short.length <= lineWidth ? [short] : [`const ${held}: boolean =`, `${long.join("\n")};`];
  return [...test.flatMap((one) => one.split("\n")), `if (!${held} && !${goesOn}) return false;`];
}

type TestedMember = Member & { readonly tested: Tested };

/** True if the member is read before it is tested. */
export function isHeld(member: Member, module: ValidatorModule): boolean {
  const { tested } = member;
  return tested === undefined || testInPlace({ ...member, tested }, module) === undefined;
}

/**
 * The test of a member that it mentions once, and whose name means nothing else here: the member is read in the test.
 * `undefined` where it is held in a variable.
 */
function testInPlace(member: TestedMember, module: ValidatorModule): string | undefined {
  const { name, local, view, read, tested } = member;
  if (local !== name || read !== undefined || tested.absent !== undefined) return undefined;
  const [before = "", after, ...more] = isSound(member, module).split(new RegExp(`\\b${local}\\b`));
  return after === undefined || more.length > 0 ? undefined : `${before}${view}.${name}${after}`;
}

/** The expression that is true where a member is valid: a type is asked for on the spot, what takes more is a call. */
function isSound({ local, required, tested }: TestedMember, module: ValidatorModule): string {
  const { by, absent } = tested;
  const mayBeUndefined = !required && absent === undefined;
  if ("word" in by) {
    const test = opposite(by.word);
    return mayBeUndefined ? anyOf([`${local} === undefined`, test]) : test;
  }
  const ok = module.call(by.unit);
  if (mayBeUndefined) return `${module.helper("optional")}(${local}, ${ok})`;
  return required && !refusesUndefined(by.unit)
    ? allOf([`${local} !== undefined`, `${ok}(${local})`])
    : `${ok}(${local})`;
}

/**
 * The names of the members and their tests, those alike together: runs of members that must be there, and of such that
 * need not, in turn.
 */
function printTables(members: readonly TestedMember[], module: ValidatorModule): string[] {
  const runs: string[][] = [[]];
  let last: string | undefined;
  for (const { name, required, tested } of members) {
    const test = printTest(tested, module);
    if (required !== (runs.length % 2 === 1)) {
      runs.push([]);
      last = undefined;
    }
    const run = runs.at(-1) ?? [];
    if (test === last) run.splice(-1, 0, stringLiteral(name));
    else run.push(stringLiteral(name), test);
    last = test;
  }
  return runs.map((run) => `[${run.join(", ")}]`);
}

function printTest({ by }: Tested, module: ValidatorModule): string {
  if ("unit" in by) return module.call(by.unit);
  const [{ rule, expected }] = by.word.then;
  return module.fault(rule, expected);
}
