/** Reads off a document how an operation's next page is found, where it says so. */
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import type { HttpMethod, NextPage, Parameter, ParameterLocation, Response } from "./api-model.ts";

interface PagedOperation {
  readonly id: string;
  readonly method: HttpMethod;
  readonly parameters: readonly Parameter[];
  readonly responses: readonly Response[];
}

/**
 * A Link Object (OpenAPI 3.1.1 §4.8.20) called `next`, or of any name, on a success, that leads back to the very operation
 * with other parameters; else a documented `Link` response header (RFC 8288) of a `GET`.
 *
 * @param responses the operation's Responses Object
 */
export function readNextPage(
  document: JsonObject,
  operation: PagedOperation,
  responses: Json | undefined,
): NextPage | undefined {
  for (const [status, entry] of Object.entries(asObject(responses))) {
    if (!/^2(?:\d\d|XX)$/.test(status)) continue;
    const response = asObject(followRefs(document, entry, "").value);
    for (const link of Object.values(asObject(response["links"]))) {
      const next = followLink(operation, followRefs(document, link, "").value);
      if (next !== undefined) return next;
    }
  }
  const linked = operation.responses.some(
    ({ status, headers }) =>
      status.startsWith("2") && headers.some(({ name }) => name.toLowerCase() === "link"),
  );
  return linked && operation.method === "get" ? { kind: "link-header" } : undefined;
}

function followLink(operation: PagedOperation, link: Json | undefined): NextPage | undefined {
  if (!isObject(link) || link["operationId"] !== operation.id) return undefined;
  const parameters = Object.entries(asObject(link["parameters"])).flatMap(([name, expression]) => {
    const parameter = findParameter(operation.parameters, name);
    return parameter === undefined || typeof expression !== "string" ? [] : [{ ...parameter, expression }];
  });
  // What comes from the response moves on; a link made of the request's own values would lead in a circle.
  const moves = parameters.some(({ expression }) => expression.startsWith("$response."));
  return moves &&
    parameters.every(({ expression }) => !expression.startsWith("$request.") && expression !== "$url")
    ? { kind: "parameters", parameters }
    : undefined;
}

/** `cursor`, or with its place, `query.cursor` (§4.8.20.1 `parameters`). */
function findParameter(
  parameters: readonly Parameter[],
  name: string,
): { readonly in: ParameterLocation; readonly name: string } | undefined {
  const found =
    parameters.find((parameter) => `${parameter.in}.${parameter.name}` === name) ??
    parameters.find((parameter) => parameter.name === name);
  return found === undefined ? undefined : { in: found.in, name: found.name };
}
