/** Judges the messages of the guard's proofs without the guard's own code: Reference Objects by hand, schemas by ajv. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Counterexample } from "../../generator/diff/change.ts";
import { asArray, asObject, asText, type Json, type JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";
import type { ApiModel, Operation } from "../../generator/model/api-model.ts";

export interface JudgedPair {
  readonly base: ApiModel;
  readonly revision: ApiModel;
}

/** Does the base take the message, and does the revision? */
export function verdicts(
  pair: JudgedPair,
  counterexample: Counterexample,
): [base: boolean, revision: boolean] {
  const [before, after] = sides(pair, counterexample);
  return [takes(pair.base, counterexample, before), takes(pair.revision, counterexample, after)];
}

/** The operation as both sides know it. */
function sides(
  { base, revision }: JudgedPair,
  { acceptedBy, operation }: Counterexample,
): [Operation | undefined, Operation | undefined] {
  const [own, other] = acceptedBy === "base" ? [base, revision] : [revision, base];
  const here = own.operations.find(({ id }) => id === operation);
  const there = other.operations.find(({ method, path }) => method === here?.method && path === here.path);
  return acceptedBy === "base" ? [here, there] : [there, here];
}

function takes(model: ApiModel, counterexample: Counterexample, operation: Operation | undefined): boolean {
  if (operation === undefined) return false;
  const node = asObject(resolvePointer(model.document, operation.pointer));
  return counterexample.kind === "response"
    ? takesAnswer(model.document, node, counterexample.message)
    : takesRequest(model.document, node, counterexample.message);
}

function follow(document: JsonObject, node: Json | undefined): JsonObject {
  const ref = asObject(node)["$ref"];
  return typeof ref === "string" ? follow(document, resolvePointer(document, ref.slice(1))) : asObject(node);
}

function fits(document: JsonObject, schema: Json | undefined, value: Json): boolean {
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  return ajv.validate({ components: document["components"], allOf: [schema ?? true] }, value);
}

function takesAnswer(document: JsonObject, operation: JsonObject, message: JsonObject): boolean {
  const responses = asObject(operation["responses"]);
  const status = asText(message["status"], "");
  const response = follow(
    document,
    responses[status] ?? responses[`${status.charAt(0)}XX`] ?? responses["default"],
  );
  if (Object.keys(response).length === 0) return false;
  const sent = asObject(message["headers"]);
  for (const [name, declared] of Object.entries(asObject(response["headers"]))) {
    const header = follow(document, declared);
    const value = sent[name.toLowerCase()];
    if (value === undefined ? header["required"] === true : !fits(document, header["schema"], value))
      return false;
  }
  const content = asObject(response["content"]);
  if (Object.keys(content).length === 0) return message["body"] === undefined;
  const media = content[asText(message["mediaType"], "")];
  return media !== undefined && fits(document, asObject(media)["schema"], message["body"] ?? null);
}

function takesRequest(document: JsonObject, operation: JsonObject, message: JsonObject): boolean {
  const security = asArray(operation["security"] ?? document["security"] ?? []);
  const held = asObject(message["credentials"]);
  const authorized =
    security.length === 0 ||
    security.some((alternative) =>
      Object.entries(asObject(alternative)).every(([scheme, scopes]) => {
        const credential = credentialOf(document, scheme);
        return (
          Object.hasOwn(held, credential) &&
          asArray(scopes).every((scope) => asArray(held[credential]).includes(scope))
        );
      }),
    );
  const keyed = operation["x-idempotency-key"] !== "required" || message["idempotencyKey"] !== undefined;
  const body = follow(document, operation["requestBody"]);
  const media = asObject(body["content"])[asText(message["mediaType"], "")];
  const bodied =
    message["body"] === undefined
      ? body["required"] !== true
      : media === undefined || fits(document, asObject(media)["schema"], message["body"]);
  return (
    authorized && keyed && bodied && takesParameters(document, operation, asObject(message["parameters"]))
  );
}

/** What is presented for an API key: `header x-key`. */
function credentialOf(document: JsonObject, name: string): string {
  const schemes = asObject(asObject(document["components"])["securitySchemes"]);
  const scheme = follow(document, schemes[name]);
  return `${asText(scheme["in"], "")} ${asText(scheme["name"], "").toLowerCase()}`;
}

/** Parameters of the operation; those of path items are merged into it before. */
function takesParameters(document: JsonObject, operation: JsonObject, sent: JsonObject): boolean {
  return asArray(operation["parameters"]).every((declared) => {
    const parameter = follow(document, declared);
    const name = asText(parameter["name"], "");
    const place = asText(parameter["in"], "");
    if (name.toLowerCase() === "idempotency-key") return true;
    const value = sent[`${place} ${place === "header" ? name.toLowerCase() : name}`];
    return value === undefined ? parameter["required"] !== true : fits(document, parameter["schema"], value);
  });
}
