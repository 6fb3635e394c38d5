/** Differences of schemas as findings: the rule, the sentence, both places, and a message that proves it. */
import type { Json } from "../../json/json.ts";
import type { Counterexample } from "../change.ts";
import type { RuleName } from "../rule-table.ts";
import type { Direction, FieldChange, FieldDifference } from "../schema/difference.ts";
import { nodeOf, type SchemaNode } from "../schema/node.ts";
import type { View } from "../schema/reading.ts";
import { joinPath } from "../schema/records.ts";
import { quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import { embed, withOrWithout } from "./embed.ts";

/** Where a schema stands in the messages of an operation. */
export interface Spot {
  readonly direction: Direction;
  readonly view: View;
  /** As a sentence names it: `the request body`, `the query parameter limit`. */
  readonly label: string;
  readonly base: { readonly schema: Json; readonly pointer: string };
  readonly revision: { readonly schema: Json; readonly pointer: string };
  /** A complete message around a value, checked with both sides; `undefined` where there is none. */
  readonly prove?: (value: Json) => Counterexample | undefined;
}

/** Compares what both sides say about one value. */
export function compareSpot(comparison: Comparison, spot: Spot): readonly Found[] {
  const { pair, closures } = comparison;
  if (closures.same(spot.base.schema, spot.revision.schema)) return [];
  const base = nodeOf(pair.base.document, [spot.base], spot.view);
  const revision = nodeOf(pair.revision.document, [spot.revision], spot.view);
  const differences = comparison.walker(spot.direction).compare(base, revision);
  return differences.map((difference) => findingOf(comparison, spot, difference, base, revision));
}

const rules: Readonly<Record<Direction, Readonly<Record<FieldChange, RuleName>>>> = {
  request: {
    removed: "request-property-removed",
    ignored: "request-property-ignored",
    added: "request-property-added",
    unexpected: "request-property-added",
    optional: "request-property-optional",
    required: "request-property-required",
    "type-changed": "request-type-changed",
    widened: "request-widened",
    loosened: "request-widened",
    narrowed: "request-narrowed",
    changed: "request-undecided",
    "default-changed": "request-default-changed",
    deprecated: "deprecated",
  },
  response: {
    removed: "response-property-removed",
    ignored: "response-property-removed",
    added: "response-property-added",
    unexpected: "response-property-unexpected",
    optional: "response-property-optional",
    required: "response-property-required",
    "type-changed": "response-type-changed",
    widened: "response-widened",
    loosened: "response-loosened",
    narrowed: "response-narrowed",
    changed: "response-undecided",
    "default-changed": "response-undecided",
    deprecated: "deprecated",
  },
};

const verbs: Readonly<Record<Direction, Readonly<Record<FieldChange, string>>>> = {
  request: {
    removed: "is refused now",
    ignored: "is no longer read: clients that send it are ignored",
    added: "is new and optional",
    unexpected: "is new and optional",
    optional: "is optional now",
    required: "is required now",
    "type-changed": "must be of another type now",
    widened: "accepts more values",
    loosened: "accepts more values",
    narrowed: "refuses values that were accepted before",
    changed: "changed, and whether old values are still accepted can be neither proved nor refuted",
    "default-changed": "has another default",
    deprecated: "is deprecated now",
  },
  response: {
    removed: "is gone",
    ignored: "is gone",
    added: "is new",
    unexpected: "is new, where the base allows no other property",
    optional: "is no longer always there",
    required: "is always there now",
    "type-changed": "is of another type",
    widened: "may hold values that the base does not allow",
    loosened: "may hold values beyond the bounds of the base",
    narrowed: "holds fewer values than before",
    changed: "changed, and whether old clients can read it can be neither proved nor refuted",
    "default-changed": "has another default",
    deprecated: "is deprecated now",
  },
};

/** Changes that a sunset announces. */
const ends: Readonly<Record<Direction, readonly FieldChange[]>> = {
  request: ["removed", "narrowed"],
  response: ["removed", "optional"],
};

function findingOf(
  comparison: Comparison,
  spot: Spot,
  difference: FieldDifference,
  base: SchemaNode,
  revision: SchemaNode,
): Found {
  const { direction } = spot;
  const { kind, lifecycle } = difference;
  const root = revision.name ?? base.name;
  const named = difference.named ?? (root === undefined ? undefined : joinPath(root, difference.path));
  const isOver =
    ends[direction].includes(kind) &&
    lifecycle?.deprecated === true &&
    lifecycle.sunset !== undefined &&
    lifecycle.sunset < comparison.pair.today;
  const place = difference.path === "" ? spot.label : `${quoted(difference.path)} of ${spot.label}`;
  const what = named === undefined ? place : quoted(named);
  return {
    rule: isOver ? "removed-after-sunset" : rules[direction][kind],
    subject: named ?? joinPath(spot.label, difference.path),
    message: capital(`${what} ${verbs[direction][kind]}`),
    ...(difference.base === undefined ? {} : { base: difference.base }),
    ...(difference.revision === undefined ? {} : { revision: difference.revision }),
    ...(lifecycle?.stability === undefined ? {} : { stability: lifecycle.stability }),
    prove: () => proofOf(spot, difference, base, revision),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The value in a whole message of the side that sends it. */
function proofOf(
  spot: Spot,
  { value, steps, kind }: FieldDifference,
  base: SchemaNode,
  revision: SchemaNode,
): Counterexample | undefined {
  const forward = spot.direction === "request";
  const backwards = kind === "widened" || kind === "loosened" ? forward : kind === "narrowed" && !forward;
  if (backwards) return undefined;
  const [sender, receiver] = forward ? [base, revision] : [revision, base];
  const whole =
    value === undefined
      ? withOrWithout(sender.all, receiver.all, steps, kind, forward)
      : embed(sender.all, receiver.all, steps, value, forward);
  if (whole === undefined) return undefined;
  return spot.prove?.(whole);
}
