/** Builds the whole value around a part of it, and checks it with both sides. */
import { asArray, asObject, isArray, isObject, type Json } from "../../json/json.ts";
import { candidates } from "../schema/candidates.ts";
import type { FieldChange, PathStep } from "../schema/difference.ts";
import { isSendable } from "../schema/members.ts";
import { gather, propertyOf, sideOf, type Conjunction } from "../schema/side.ts";
import { isValid } from "../schema/validate.ts";

/** Values of the sender that are tried as the surroundings. */
const tried = 40;

/** A value that the sender allows and the receiver refuses, with `value` at the place that `steps` lead to. */
export function embed(
  sender: Conjunction,
  receiver: Conjunction,
  steps: readonly PathStep[],
  value: Json,
  declaredOnly: boolean,
): Json | undefined {
  const plain = candidates(sideOf(sender), sideOf(sender)).slice(0, tried);
  for (const around of plain.length === 0 ? [null] : plain) {
    const whole = place(sender, around, steps, value);
    const isProof =
      whole !== undefined &&
      isValid(sideOf(receiver), whole) === false &&
      isValid(sideOf(sender), whole) === true &&
      (!declaredOnly || isSendable(sender, receiver, whole));
    if (isProof) return whole;
  }
  return undefined;
}

/** Whether a member is there decides: which kinds of changes need it in the message. */
const presence: Partial<Readonly<Record<FieldChange, boolean>>> = {
  required: false,
  optional: false,
  removed: true,
  unexpected: true,
};

/** A value that the sender allows and the receiver refuses, with or without the member that `steps` lead to. */
export function withOrWithout(
  sender: Conjunction,
  receiver: Conjunction,
  steps: readonly PathStep[],
  kind: FieldChange,
  declaredOnly: boolean,
): Json | undefined {
  const wanted = presence[kind];
  if (wanted === undefined) return undefined;
  return candidates(sideOf(sender), sideOf(receiver)).find(
    (value) =>
      isThere(value, steps) === wanted &&
      isValid(sideOf(receiver), value) === false &&
      isValid(sideOf(sender), value) === true &&
      (!declaredOnly || isSendable(sender, receiver, value)),
  );
}

/** `undefined` where the way to the member ends before. */
function isThere(value: Json, steps: readonly PathStep[]): boolean | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return undefined;
  if (step === "item") {
    const [first] = isArray(value) ? value : [];
    return first === undefined ? undefined : isThere(first, rest);
  }
  if (!isObject(value)) return undefined;
  const inner = value[step.member];
  if (rest.length === 0) return Object.hasOwn(value, step.member);
  return inner === undefined ? undefined : isThere(inner, rest);
}

function place(all: Conjunction, around: Json, steps: readonly PathStep[], value: Json): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === "item") {
    const item = gather(all, (part) => part["items"]);
    const first = isArray(around) ? (asArray(around)[0] ?? plainOf(item)) : plainOf(item);
    const inner = place(item, first, rest, value);
    return inner === undefined ? undefined : [inner, ...(isArray(around) ? asArray(around).slice(1) : [])];
  }
  const name = step.member === "*" ? "extra" : step.member;
  const member = propertyOf(all, name);
  const object = isObject(around) ? around : asObject(plainOf(all));
  const inner = place(member, object[name] ?? plainOf(member), rest, value);
  return inner === undefined ? undefined : { ...object, [name]: inner };
}

function plainOf(all: Conjunction): Json {
  const side = sideOf(all);
  return candidates(side, side).find((value) => isValid(side, value) === true) ?? null;
}
