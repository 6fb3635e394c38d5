/** Security schemes and requirements (OpenAPI 3.1.1 §4.8.27, §4.8.30). */
import { scopesKey } from "../contract/vocabulary.ts";
import { asObject, asStrings, isObject, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import type { SecurityRequirement, SecurityScheme } from "./api-model.ts";
import { optionalText } from "./text.ts";

const types = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"] as const;
const locations = ["query", "header", "cookie"] as const;

/** `components.securitySchemes`; entries without a known `type` are left out (the rules report them). */
export function buildSecuritySchemes(document: JsonObject): SecurityScheme[] {
  const components = asObject(document["components"]);
  const schemes = asObject(components["securitySchemes"]);
  return Object.entries(schemes).flatMap(([name, entry]) => {
    const at = joinPointer("/components/securitySchemes", name);
    const { value, pointer } = followRefs(document, entry, at);
    return isObject(value) ? buildScheme(name, value, pointer) : [];
  });
}

function buildScheme(name: string, scheme: JsonObject, pointer: string): SecurityScheme[] {
  const type = types.find((known) => known === scheme["type"]);
  if (type === undefined) return [];
  const location = type === "apiKey" ? locations.find((known) => known === scheme["in"]) : undefined;
  const httpScheme = scheme["scheme"];
  return [
    {
      name,
      pointer,
      type,
      ...(location === undefined ? {} : { in: location }),
      ...(type === "apiKey" ? optionalText(scheme, "parameterName", "name") : {}),
      ...(type === "http" && typeof httpScheme === "string" ? { scheme: httpScheme.toLowerCase() } : {}),
      ...optionalText(scheme, "description"),
      scopes: [...collectScopes(scheme)].map(([scope, description]) => ({ name: scope, description })),
    },
  ];
}

function collectScopes(scheme: JsonObject): ReadonlyMap<string, string> {
  const flows = Object.values(asObject(scheme["flows"]));
  const sources = [scheme[scopesKey], ...flows.map((flow) => (isObject(flow) ? flow["scopes"] : undefined))];
  const scopes = new Map<string, string>();
  for (const source of sources) {
    for (const [scope, description] of Object.entries(asObject(source))) {
      if (!scopes.has(scope)) scopes.set(scope, typeof description === "string" ? description : "");
    }
  }
  return scopes;
}

/** One alternative of `security`: scheme name to the scopes it must bring. */
export function buildRequirement(requirement: JsonObject): SecurityRequirement {
  return {
    schemes: Object.entries(requirement).map(([scheme, scopes]) => ({ scheme, scopes: asStrings(scopes) })),
  };
}
