/** `x-idempotency-key` → an `Idempotency-Key` header parameter. */
import { isIdempotencyHeader } from "../contract/facts.ts";
import { idempotencyKeyKey } from "../contract/vocabulary.ts";
import { asArray, isObject, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import type { ComponentPool } from "./component-pool.ts";

const description =
  "A key of your choice that makes this request safe to repeat: the same key with the same body replays the first " +
  "response (draft-ietf-httpapi-idempotency-key-header). A UUID is a good key.";

function keyParameter(required: boolean): JsonObject {
  return {
    name: "Idempotency-Key",
    in: "header",
    description,
    required,
    schema: { type: "string", minLength: 1, maxLength: 255 },
    example: "8e03978e-40d5-43e8-bc93-6894a57f9324",
  };
}

/** Adds the parameter where the operation asks for it and does not write it out itself. */
export function addIdempotencyKey(
  document: JsonObject,
  operation: JsonObject,
  pool: ComponentPool,
): JsonObject {
  const wanted = operation[idempotencyKeyKey];
  if (wanted !== "accepted" && wanted !== "required") return operation;
  const parameters = asArray(operation["parameters"]);
  const written = parameters.some((parameter) => {
    const { value } = followRefs(document, parameter, "");
    return isObject(value) && isIdempotencyHeader(value);
  });
  if (written) return operation;
  const required = wanted === "required";
  const $ref = pool.add(
    "parameters",
    required ? "RequiredIdempotencyKey" : "IdempotencyKey",
    keyParameter(required),
  );
  return { ...operation, parameters: [...parameters, { $ref }] };
}
