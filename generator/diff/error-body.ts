/** Complete messages that prove a finding. */
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { without } from "./schema/side.ts";
import type { ApiModel, ErrorCode } from "../model/api-model.ts";

/** An error body of this code that carries `details`, or none for `undefined`. Absent where the envelope is unknown. */
export function wireBody(
  model: ApiModel,
  code: ErrorCode,
  details: Json | undefined,
): JsonObject | undefined {
  const { envelope } = model.errors;
  if (envelope?.details === undefined) return undefined;
  const start = isObject(code.example) ? code.example : setMember({}, envelope.code, code.code);
  return setMember(start, envelope.details, details);
}

/** A copy with the member at `path` set, or without it for `undefined`. */
export function setMember(object: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  if (rest.length === 0) {
    return value === undefined ? without(object, step) : { ...object, [step]: value };
  }
  const inner = Object.hasOwn(object, step) ? object[step] : undefined;
  return { ...object, [step]: setMember(asObject(inner), rest, value) };
}
