/** Compares emitted validators with Ajv, TypeBox and our own reading of the specification on random schemas and values. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { Compile } from "typebox/schema";
import { registry } from "../../../generator/diagnostics/registry.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../../generator/json/json.ts";
import { emitAndLoad, type Validator } from "../../conformance/validators/emitted.ts";
import { rootSchema, value } from "./arbitraries.ts";
import { accepts, type Bug } from "./reference.ts";

export interface Disagreement {
  readonly schema: JsonObject;
  readonly value: Json;
  readonly ours: boolean;
  readonly oracles: Readonly<Record<string, boolean | undefined>>;
}

export interface Outcome {
  readonly cases: number;
  /** The letter of the specification contradicts us; or both oracles do, and no known bug of theirs explains it. */
  readonly alone: readonly Disagreement[];
  /** One oracle contradicts us; the other one agrees, or crashed (Ajv does on members called `toString`). */
  readonly split: number;
  /** The three modes contradict each other. */
  readonly inconsistent: readonly Disagreement[];
  readonly refused: number;
}

/** One batch: `schemas` schemas, each with `values` values. */
export async function compareBatch(seed: number, schemas: number, values: number): Promise<Outcome> {
  const drawn = fc.sample(rootSchema, { seed, numRuns: schemas });
  const inputs = fc.sample(value, { seed: seed + 1, numRuns: values });
  const validators = await emitAndLoad(drawn.map((schema) => ({ schema, formats: "off" })));
  const outcome = {
    cases: 0,
    // Filled below.
    alone: [] as Disagreement[],
    split: 0,
    // Filled below.
    inconsistent: [] as Disagreement[],
    refused: 0,
  };
  drawn.forEach((schema, i) => {
    const validator = validators[i];
    if (
      validator === undefined ||
      validator.findings.some(({ code }) => registry[code].severity === "error")
    ) {
      outcome.refused++;
      return;
    }
    const oracles = oraclesFor(schema);
    for (const input of inputs) {
      outcome.cases++;
      const ours = validator.is(input);
      const answers = Object.fromEntries(Object.entries(oracles).map(([name, ask]) => [name, ask(input)]));
      const disagreement = { schema, value: input, ours, oracles: answers };
      if (!isConsistent(validator, input, ours)) outcome.inconsistent.push(disagreement);
      const against = Object.values(answers).filter(
        (answer) => answer !== undefined && answer !== ours,
      ).length;
      const withUs = Object.values(answers).filter((answer) => answer === ours).length;
      if (accepts(schema, input) !== ours) outcome.alone.push(disagreement);
      else if (against > 1 && withUs === 0 && !isExplained(schema, input, ours))
        outcome.alone.push(disagreement);
      else if (against > 0) outcome.split++;
    }
  });
  return outcome;
}

/** Do the known bugs of the oracles explain that both contradict us? */
function isExplained(schema: JsonObject, input: Json, ours: boolean): boolean {
  const plain = withoutTriggers(schema);
  const value = withoutTriggers(input);
  return Object.entries(oraclesFor(plain)).some(([name, ask]) => {
    const answer = ask(value);
    return answer === ours || answer === accepts(plain, value, bugs[name]);
  });
}

/** Known bugs of each oracle that are simulated; for the others see `withoutTriggers`. */
const bugs: Readonly<Record<string, readonly Bug[]>> = {
  ajv: ["contains evaluates all"],
  typebox: ["one account", "items are properties"],
};

/**
 * The same schema, or value, written so that known bugs of the oracles do not matter. What every object inherits is no
 * member (core §10.3.2.1): TypeBox applies `properties` to a `toString` that is not there, Ajv `dependentSchemas`, and
 * Ajv loses a `__proto__` that `properties` declares; so names change to others of the same length and beginning. 1e300
 * is a multiple of 1 (validation §6.2.1): both divide and round; a million is one to them, too. `dependentSchemas` say
 * nothing of arrays (core §10.2.2.4): both count what is evaluated inside as if they did. Of `then` and `else` only one
 * applies (core §10.2.2): Ajv may count what either evaluates. `oneOf` says the same and is counted right.
 * An array in which nothing matches `contains` is invalid (core §10.3.1.3): Ajv forgets to note it where other keywords
 * have been found to hold, but counts right where it has to count. What matches `contains: true` is evaluated: not to
 * Ajv, which looks at no item then, unless the schema says the same in more words.
 */
function withoutTriggers<T extends Json>(json: T): T {
  const text = JSON.stringify(json, (_, one: Json) => (isObject(one) ? rewritten(one) : one))
    .replace(
      /"(to|con|__)(S|s|p)(tring|tructor|roto__)"/g,
      (_, head: string, middle: string, tail: string) => `"${head}${middle === "p" ? "q" : "z"}${tail}"`,
    )
    .replaceAll("1e+300", "1000000");
  // JSON of the same shape, or a schema again.
  return JSON.parse(text) as T;
}

function rewritten(schema: JsonObject): JsonObject {
  const {
    dependentSchemas,
    contains,
    if: condition,
    then = true,
    else: otherwise = true,
    ...others
  } = schema;
  const counted: JsonObject =
    contains === undefined ? {} : { maxContains: 1_000_000, contains: { allOf: [contains], not: false } };
  const choices = Object.entries(asObject(dependentSchemas)).map(([name, one]) =>
    choice({ type: "object", required: [name] }, one, true),
  );
  if (condition !== undefined) choices.push(choice(condition, then, otherwise));
  const allOf = [...asArray(others["allOf"]), ...choices];
  return { ...counted, ...others, ...(allOf.length > 0 ? { allOf } : {}) };
}

/** What `if`, `then` and `else` say. */
function choice(condition: Json, then: Json, otherwise: Json): JsonObject {
  return { oneOf: [{ allOf: [condition, then] }, { not: condition, allOf: [otherwise] }] };
}

function isConsistent(validator: Validator, input: Json, ours: boolean): boolean {
  const issues = validator.collect(input);
  const first = validator.check(input);
  return ours
    ? issues.length === 0 && first === undefined
    : issues.length > 0 &&
        issues.length <= 20 &&
        first?.pointer === issues[0]?.pointer &&
        first?.rule !== "unreadable";
}

type Oracle = (input: unknown) => boolean | undefined;

/** `undefined` where the oracle cannot compile the schema, or crashes. */
function oraclesFor(schema: JsonObject): Record<string, Oracle> {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, ownProperties: true, logger: false });
  return { ajv: oracle(() => ajv.compile(schema)), typebox: oracle(() => typebox(schema)) };
}

function typebox(schema: JsonObject): (input: unknown) => boolean {
  const compiled = Compile(schema);
  return (input) => compiled.Check(input);
}

function oracle(compile: () => (input: unknown) => unknown): Oracle {
  let ask: ((input: unknown) => unknown) | undefined;
  try {
    ask = compile();
  } catch {
    return () => undefined;
  }
  return (input) => {
    try {
      return ask(input) === true;
    } catch {
      return undefined;
    }
  };
}
