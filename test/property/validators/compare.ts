/** Compares emitted validators with Ajv and TypeBox on random schemas and values. */
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { Compile } from "typebox/schema";
import type { JsonObject } from "../../../generator/json/json.ts";
import { emitAndLoad, type Validator } from "../../conformance/validators/emitted.ts";
import { rootSchema, value } from "./arbitraries.ts";

export interface Disagreement {
  readonly schema: JsonObject;
  readonly value: unknown;
  readonly ours: boolean;
  readonly oracles: Readonly<Record<string, boolean | undefined>>;
}

export interface Outcome {
  readonly cases: number;
  /** Both oracles contradict us, and no known bug of theirs explains it. */
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
  const validators = await emitAndLoad(drawn.map((schema) => ({ schema, assertFormats: false })));
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
    if (validator === undefined || validator.findings.some((one) => one.code !== "lockstep/format-unknown")) {
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
      if (against > 1 && withUs === 0 && !isExplained(schema, input, ours)) outcome.alone.push(disagreement);
      else if (against > 0) outcome.split++;
    }
  });
  return outcome;
}

/**
 * Known bugs that both oracles share. `contains` evaluates only the items that match it (core §10.3.1.3, §11.2); they take
 * all items for evaluated where the array matches. 1e300 is a multiple of 1 (validation §6.2.1); they divide and round.
 * `dependentSchemas` say nothing of arrays (core §10.2.2.4); both count `unevaluatedItems` inside as if they did.
 * What every object inherits is no member (core §10.3.2.1): TypeBox applies `properties` to a `toString` that is not
 * there, Ajv `dependentSchemas`, and Ajv loses a `__proto__` that `properties` declares. With other names they agree.
 * Arrays have no properties to evaluate (core §11.3); TypeBox applies `unevaluatedProperties` to them. A `false` among
 * `prefixItems` lets Ajv pass arrays in which nothing matches `contains` (core §10.3.1.3). Together they look shared.
 */
function isExplained(schema: JsonObject, input: unknown, ours: boolean): boolean {
  const text = JSON.stringify(schema);
  if (text.includes('"multipleOf"') && JSON.stringify(input).includes("1e+300")) return true;
  if (text.includes('"unevaluatedItems"') && text.includes('"contains"')) return true;
  if (text.includes('"dependentSchemas"') && text.split('"unevaluatedItems"').length > 2) return true;
  const meets = ["contains", "prefixItems", "unevaluatedProperties"].every((one) =>
    text.includes(`"${one}"`),
  );
  if (meets && JSON.stringify(input).includes("[")) return true;
  const answers = Object.values(oraclesFor(renamed(schema))).map((ask) => ask(renamed(input)));
  return answers.some((answer) => answer === ours);
}

/** The same with names that no object inherits, as long as they were and with the same beginnings. */
function renamed<T>(json: T): T {
  const text = JSON.stringify(json).replace(
    /"(to|con|__)(S|s|p)(tring|tructor|roto__)"/g,
    (_, head: string, middle: string, tail: string) => `"${head}${middle === "p" ? "q" : "z"}${tail}"`,
  );
  // The same JSON but for its names.
  return JSON.parse(text) as T;
}

function isConsistent(validator: Validator, input: unknown, ours: boolean): boolean {
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
