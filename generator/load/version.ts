/** Whether this is an OpenAPI document, and of which version. */
import { isObject, type Json } from "../json/json.ts";
import type { LoadedDocument } from "./document.ts";

export interface NotOpenApi {
  readonly message: string;
  readonly fix?: string;
  /** The member that says so; the root where absent. */
  readonly member?: string;
}

/** The feature line of a document (OpenAPI 3.1.1 §4.1), or why it has none. */
export function openApiVersion(value: Json): LoadedDocument["version"] | NotOpenApi {
  if (!isObject(value)) {
    return { message: `The file holds ${kindOf(value)}, where an OpenAPI document is an object.` };
  }
  const version = value["openapi"];
  if (version === undefined) return foreignFormat(value);
  if (typeof version !== "string") {
    return {
      member: "openapi",
      message: "The member `openapi` is not a string.",
      fix: `Put the version in quotes: \`openapi: "${typeof version === "number" ? `${version}.0` : "3.1.1"}"\`.`,
    };
  }
  const line = /^(3\.[012])\.\d+(?:-[\w.-]+)?$/.exec(version)?.[1];
  if (line === "3.0" || line === "3.1" || line === "3.2") return line;
  return {
    member: "openapi",
    message: `Lockstep reads OpenAPI 3.0, 3.1 and 3.2, and this document says \`${version.slice(0, 20)}\`.`,
    ...(/^3\.[012]$/.test(version) ? { fix: `Write all three numbers: \`openapi: ${version}.0\`.` } : {}),
  };
}

function foreignFormat(value: { readonly [member: string]: Json }): NotOpenApi {
  if (value["swagger"] !== undefined) {
    return {
      member: "swagger",
      message: "This is a Swagger 2.0 document, and Lockstep reads OpenAPI 3.0, 3.1 and 3.2.",
      fix: "Convert it to OpenAPI 3 first, for example with `npx swagger2openapi`.",
    };
  }
  for (const [member, name] of [
    ["asyncapi", "an AsyncAPI document"],
    ["arazzo", "an Arazzo document"],
    ["overlay", "an OpenAPI Overlay"],
    ["openrpc", "an OpenRPC document"],
    ["$schema", "a JSON Schema"],
  ] as const) {
    if (value[member] !== undefined) {
      return { member, message: `This is ${name}, and Lockstep reads OpenAPI 3.0, 3.1 and 3.2.` };
    }
  }
  return { message: "The document has no member `openapi` that says which version it follows." };
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  return `a ${typeof value}`;
}
