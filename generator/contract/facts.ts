/** Reads off a bundled document what decides which codes an operation may return. */
import { asArray, isObject, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import type { OperationFacts } from "./derive.ts";
import {
  chosenNameKey,
  chosenNamePattern,
  idempotencyKeyKey,
  operationErrorsKey,
  reservedOperationNames,
} from "./vocabulary.ts";

export type IdempotencyKey = "none" | "accepted" | "required";

/** The request header of the IETF HTTPAPI draft (draft-ietf-httpapi-idempotency-key-header), in lower case. */
const idempotencyHeader = "idempotency-key";

/** The facts of one operation; `pathItem` brings the parameters that all its operations share. */
export function operationFacts(
  document: JsonObject,
  pathItem: JsonObject,
  operation: JsonObject,
): OperationFacts {
  const parameters = [...asArray(pathItem["parameters"]), ...asArray(operation["parameters"])].flatMap(
    (parameter) => {
      const { value } = followRefs(document, parameter, "");
      return isObject(value) ? [value] : [];
    },
  );
  const security = securityOf(document, operation);
  const idempotent = idempotencyKeyOf(operation, parameters) !== "none";
  return {
    secured: security.some((requirement) => Object.keys(requirement).length > 0),
    scoped: security.some((requirement) =>
      Object.values(requirement).some((scopes) => asArray(scopes).length > 0),
    ),
    hasBody: operation["requestBody"] !== undefined,
    hasParameters: parameters.length > 0 || idempotent,
    hasPathParameters: parameters.some((parameter) => parameter["in"] === "path"),
    idempotent,
    listed: asArray(operation[operationErrorsKey]).filter((code) => typeof code === "string"),
  };
}

/** `x-lockstep-name`, where it is a name that code can use. */
export function chosenNameOf(operation: JsonObject): string | undefined {
  const name = operation[chosenNameKey];
  if (typeof name !== "string" || !chosenNamePattern.test(name)) return undefined;
  return reservedOperationNames.includes(name) ? undefined : name;
}

/** From `x-idempotency-key`, or from a hand-written `Idempotency-Key` header parameter. */
export function idempotencyKeyOf(operation: JsonObject, parameters: readonly JsonObject[]): IdempotencyKey {
  const declared = operation[idempotencyKeyKey];
  if (declared === "accepted" || declared === "required") return declared;
  const header = parameters.find(isIdempotencyHeader);
  if (header === undefined) return "none";
  return header["required"] === true ? "required" : "accepted";
}

/** True if this Parameter Object is the `Idempotency-Key` header. Header names have no case (RFC 9110 §5.1). */
export function isIdempotencyHeader(parameter: JsonObject): boolean {
  const { name } = parameter;
  return parameter["in"] === "header" && typeof name === "string" && name.toLowerCase() === idempotencyHeader;
}

/** The operation's own security, or the document's. */
export function securityOf(document: JsonObject, operation: JsonObject): readonly JsonObject[] {
  return asArray(operation["security"] ?? document["security"]).filter(isObject);
}
