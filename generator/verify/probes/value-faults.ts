/** Values that a schema surely refuses, one fault at a time. */
import { conjunction, type SchemaSide } from "../../diff/schema/side.ts";
import { isValid } from "../../diff/schema/validate.ts";
import { asObject, asStrings, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { readingsOf } from "../contract.ts";

export interface ValueFault {
  /** `type`, `required`, `maxLength`: the kind of fault. */
  readonly kind: string;
  readonly value: Json;
}

/** Faults of a whole value, plain ones first. Every one is proven: what cannot be decided is left out. */
export function valueFaults(side: SchemaSide): ValueFault[] {
  const { parts } = conjunction(side.document, [side.schema]);
  const found = parts.flatMap((part) => [...typeFaults(part), ...boundFaults(part), ...textFaults(part)]);
  const kinds = new Set<string>();
  return found.filter(({ kind, value }) => {
    if (kinds.has(kind) || isValid(side, value) !== false) return false;
    kinds.add(kind);
    return true;
  });
}

/** The same for a text that is read as a parameter: no reading of it may be valid. */
export function textualFaults(side: SchemaSide): ValueFault[] {
  const { parts } = conjunction(side.document, [side.schema]);
  const found = parts.flatMap((part) => [
    { kind: "type", value: "~not-this~" },
    ...boundFaults(part),
    ...textFaults(part),
    ...(part["enum"] === undefined ? [] : [{ kind: "enum", value: "~none-of-these~" }]),
  ]);
  const kinds = new Set<string>();
  return found.filter(({ kind, value }) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    const isRefused = text !== "" && readingsOf(text).every((reading) => isValid(side, reading) === false);
    if (kinds.has(kind) || !isRefused) return false;
    kinds.add(kind);
    return true;
  });
}

function typeFaults({ type, enum: listed, const: constant }: JsonObject): ValueFault[] {
  const names = typeof type === "string" ? [type] : asStrings(type);
  const others: Json[] = [{ unexpected: true }, [["unexpected"]], 17.5, "unexpected", true];
  const wrong = names.length === 0 ? [] : others.map((value) => ({ kind: "type", value }));
  const limited = listed !== undefined || constant !== undefined;
  return [...wrong, ...(limited ? [{ kind: "enum", value: "~none-of-these~" }] : [])];
}

function boundFaults(part: JsonObject): ValueFault[] {
  const bound = (name: string, make: (limit: number) => Json): ValueFault[] => {
    const limit = part[name];
    return typeof limit === "number" ? [{ kind: name, value: make(limit) }] : [];
  };
  return [
    ...bound("maximum", (limit) => Math.floor(limit) + 1),
    ...bound("minimum", (limit) => Math.ceil(limit) - 1),
    ...bound("exclusiveMaximum", (limit) => limit),
    ...bound("exclusiveMinimum", (limit) => limit),
    ...bound("multipleOf", (step) => step / 2),
  ];
}

/** Lengths beyond this are no longer a small request. */
const longest = 10_000;

function textFaults({ maxLength, minLength, format, pattern, maxItems, minItems }: JsonObject): ValueFault[] {
  return [
    ...(typeof format === "string" ? [{ kind: "format", value: `not-a-${format}` }] : []),
    ...(typeof pattern === "string"
      ? ["~", " ", "A", "a", "0", ""].map((value) => ({ kind: "pattern", value }))
      : []),
    ...(typeof maxLength === "number" && maxLength < longest
      ? [{ kind: "maxLength", value: "x".repeat(maxLength + 1) }]
      : []),
    ...(typeof minLength === "number" && minLength > 0
      ? [{ kind: "minLength", value: "x".repeat(minLength - 1) }]
      : []),
    ...(typeof maxItems === "number" && maxItems < 100
      ? [{ kind: "maxItems", value: Array.from({ length: maxItems + 1 }, () => "x") }]
      : []),
    ...(typeof minItems === "number" && minItems > 0 ? [{ kind: "minItems", value: [] }] : []),
  ];
}

export interface BodyFault extends ValueFault {
  /** The member that is wrong; absent where the whole body is. */
  readonly member?: string;
}

/** Faults of an object body, made from a valid one. Ordered so that the first ones are of different kinds. */
export function bodyFaults(side: SchemaSide, valid: Json): BodyFault[] {
  const faults: BodyFault[] = [
    { kind: "root-type", value: isArray(valid) ? {} : [] },
    ...(isObject(valid) ? memberFaults(side, valid) : []),
  ];
  return byKind(faults.filter(({ value }) => isValid(side, value) === false));
}

function memberFaults(side: SchemaSide, valid: JsonObject): BodyFault[] {
  const { parts, document } = conjunction(side.document, [side.schema]);
  const required = new Set(parts.flatMap((part) => asStrings(part["required"])));
  const missing = [...required]
    .filter((member) => Object.hasOwn(valid, member))
    .map((member) => ({ kind: "required", member, value: without(valid, member) }));
  const unknown = {
    kind: "unknown-member",
    member: "lockstepUnknown",
    value: { ...valid, lockstepUnknown: 1 },
  };
  const wrong = parts.flatMap((part) =>
    Object.entries(asObject(part["properties"])).flatMap(([member, schema]) =>
      isObject(schema)
        ? valueFaults({ document, schema }).map(({ kind, value }) => ({
            kind,
            member,
            value: { ...valid, [member]: value },
          }))
        : [],
    ),
  );
  return [...missing, unknown, ...wrong];
}

function without(object: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));
}

/** One of each kind, then the second of each, and so on. */
function byKind(faults: readonly BodyFault[]): BodyFault[] {
  const ranks = new Map<string, number>();
  const ranked = faults.map((fault) => {
    const rank = ranks.get(fault.kind) ?? 0;
    ranks.set(fault.kind, rank + 1);
    return { fault, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ fault }) => fault);
}
