/** Parameters in all places, by what travels on the wire. */
import { append } from "../../json/append.ts";
import type { Json } from "../../json/json.ts";
import type { Parameter } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { RuleName } from "../rule-table.ts";
import { candidates } from "../schema/candidates.ts";
import { listedValues, conjunction, typesOf } from "../schema/side.ts";
import { isValid } from "../schema/validate.ts";
import { accepts } from "../wire/decode.ts";
import { lenient } from "../wire/lenient.ts";
import { serialize } from "../wire/serialize.ts";
import { quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import type { Exchange } from "./exchange.ts";
import { compareSpot } from "./schemas.ts";

export type ProveParameter = (parameter: Parameter, value: Json) => Counterexample | undefined;

/** What clients may send in paths, queries, headers and cookies. */
export function compareParameters(
  comparison: Comparison,
  exchange: Exchange,
  prove: ProveParameter,
): readonly Found[] {
  const before = keyed(exchange.base.parameters, exchange.base.path);
  const after = keyed(exchange.revision.parameters, exchange.revision.path);
  const found: Found[] = [];
  for (const [key, parameter] of before) {
    const now = after.get(key);
    if (now === undefined) found.push(removed(comparison, parameter, exchange));
    else append(found, capped(parameter, compareParameter(comparison, parameter, now, prove)));
  }
  for (const [key, parameter] of after) {
    if (!before.has(key)) found.push(added(parameter, exchange));
  }
  return found;
}

/** By place and name: parameters of paths by their position, headers without regard to case. The idempotency key has its own rules. */
function keyed(parameters: readonly Parameter[], path: string): ReadonlyMap<string, Parameter> {
  const positions = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  const entries = parameters.flatMap((parameter): [string, Parameter][] => {
    const { name, in: place } = parameter;
    if (place === "header" && name.toLowerCase() === "idempotency-key") return [];
    if (place === "path") return [[`path ${positions.indexOf(name)}`, parameter]];
    return [[`${place} ${place === "header" ? name.toLowerCase() : name}`, parameter]];
  });
  return new Map(entries);
}

function labelOf({ in: place, name }: Parameter): string {
  return `the ${place} parameter ${quoted(name)}`;
}

function draft(
  rule: RuleName,
  parameter: Parameter,
  verb: string,
): Pick<Found, "rule" | "subject" | "message"> {
  return {
    rule,
    subject: `${parameter.in} ${parameter.name}`,
    message: `${labelOf(parameter).replace("the", "The")} ${verb}`,
  };
}

/** Findings about a parameter that promises less stability than its operation. */
function capped({ stability }: Parameter, found: readonly Found[]): readonly Found[] {
  return stability === undefined ? found : found.map((one) => ({ stability, ...one }));
}

function removed(comparison: Comparison, parameter: Parameter, { revision }: Exchange): Found {
  const at = { base: parameter.pointer, revision: revision.pointer };
  const isOver =
    parameter.deprecated && parameter.sunset !== undefined && parameter.sunset < comparison.pair.today;
  const rule = isOver ? "removed-after-sunset" : "parameter-removed";
  return {
    ...at,
    ...draft(rule, parameter, "is no longer read: clients that send it are ignored"),
    ...(parameter.stability === undefined ? {} : { stability: parameter.stability }),
  };
}

function added(parameter: Parameter, { base }: Exchange): Found {
  const at = { base: base.pointer, revision: parameter.pointer };
  return parameter.required
    ? { ...at, ...draft("parameter-required", parameter, "is new and must be sent") }
    : { ...at, ...draft("parameter-added", parameter, "is new and optional") };
}

function compareParameter(
  comparison: Comparison,
  before: Parameter,
  after: Parameter,
  prove: ProveParameter,
): readonly Found[] {
  const at = { base: before.pointer, revision: after.pointer };
  const found: Found[] = [];
  const note = (rule: RuleName, verb: string): void => {
    found.push({ ...at, ...draft(rule, before, verb) });
  };
  if (!before.required && after.required) note("parameter-required", "must be sent now");
  if (before.required && !after.required) note("parameter-optional", "need not be sent any more");
  if (before.allowReserved && !after.allowReserved)
    note("parameter-stricter", "no longer allows reserved characters");
  if (before.allowEmptyValue && !after.allowEmptyValue)
    note("parameter-stricter", "no longer allows an empty value");
  if (!before.deprecated && after.deprecated) note("deprecated", "is deprecated now");
  const written = comparison.closures.same(before.schema, after.schema) && sameForm(before, after);
  if (written) return found;
  return [...found, ...compareWritten(comparison, before, after, prove)];
}

function sameForm(before: Parameter, after: Parameter): boolean {
  return before.style === after.style && before.explode === after.explode && before.content === after.content;
}

/** Values as text: what is written in the old way must be read in the new one. */
function compareWritten(
  comparison: Comparison,
  before: Parameter,
  after: Parameter,
  prove: ProveParameter,
): readonly Found[] {
  const { pair } = comparison;
  const refuses = (value: Json): boolean => {
    const wire = serialize(before, value);
    return wire !== undefined && accepts({ ...after, document: pair.revision.document }, wire) === false;
  };
  const proveText = (value: Json): Counterexample | undefined =>
    refuses(value) ? prove(before, value) : undefined;
  if (!sameForm(before, after) && !sameText(comparison, before, after))
    return [serializationChanged(comparison, before, after, refuses, prove)];
  const found = compareSpot(comparison, {
    direction: "request",
    view: "request",
    label: labelOf(before),
    base: { schema: before.schema, pointer: before.schemaPointer },
    revision: {
      schema: after.content === undefined ? lenient(pair.revision.document, after.schema) : after.schema,
      pointer: after.schemaPointer,
    },
    prove: proveText,
  });
  return found.flatMap((one) => confirmed(comparison, before, one, refuses, prove));
}

/** A single value is written the same in any way of a style, unless a style has marks of its own. */
function sameText(comparison: Comparison, before: Parameter, after: Parameter): boolean {
  if (before.content !== after.content) return false;
  const marks = (style: string): string => (["label", "matrix", "deepObject"].includes(style) ? style : "");
  // The style `simple` writes lists in one way.
  const isSimple = before.style === "simple" && after.style === "simple";
  const isScalar = (parameter: Parameter, document = comparison.pair.base.document): boolean =>
    [...typesOf(conjunction(document, [parameter.schema]))].every(
      (type) => type !== "object" && (type !== "array" || isSimple),
    );
  return (
    marks(before.style) === marks(after.style) &&
    isScalar(before) &&
    isScalar(after, comparison.pair.revision.document)
  );
}

function serializationChanged(
  comparison: Comparison,
  before: Parameter,
  after: Parameter,
  refuses: (value: Json) => boolean,
  prove: ProveParameter,
): Found {
  const side = { document: comparison.pair.base.document, schema: before.schema };
  const value = candidates(side, side).find((one) => isValid(side, one) === true && refuses(one));
  const counterexample = value === undefined ? undefined : prove(before, value);
  const verb =
    value === undefined
      ? "is written in another way, and whether old requests are still read can be neither proved nor refuted"
      : "is written in another way";
  return {
    ...draft(value === undefined ? "request-undecided" : "parameter-serialization-changed", before, verb),
    base: before.pointer,
    revision: after.pointer,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

const harmfulRules: ReadonlySet<RuleName> = new Set(["request-narrowed", "request-type-changed"]);

/** What schemas alone refuse may be read as text all the same: `1` under `enum: ["1"]`. */
function confirmed(
  comparison: Comparison,
  before: Parameter,
  found: Found,
  refuses: (value: Json) => boolean,
  prove: ProveParameter,
): readonly Found[] {
  if (!harmfulRules.has(found.rule)) return [found];
  const proved = found.prove?.();
  if (proved !== undefined) return [{ ...found, counterexample: proved }];
  const side = { document: comparison.pair.base.document, schema: before.schema };
  const listed = listedValues(conjunction(side.document, [side.schema]));
  const values = (listed ?? candidates(side, side)).filter((one) => isValid(side, one) === true);
  const value = values.find(refuses);
  const counterexample = value === undefined ? undefined : prove(before, value);
  if (value !== undefined) return [{ ...found, ...(counterexample === undefined ? {} : { counterexample }) }];
  if (listed !== undefined) return [];
  const verb = "changed, and whether old values are still read can be neither proved nor refuted";
  return [{ ...found, ...draft("request-undecided", before, verb) }];
}
