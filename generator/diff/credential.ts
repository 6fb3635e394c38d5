/** What a caller must present for a security scheme, whatever the scheme is called. */
import { asObject } from "../json/json.ts";
import { resolvePointer } from "../json/pointer.ts";
import type { ApiModel } from "../model/api-model.ts";

/** `header x-api-key`, `http bearer`, `oauth2 https://example.com/token`: equal for schemes that take the same credentials. */
export function credentialOf(model: ApiModel, name: string): string {
  const scheme = model.securitySchemes.find((one) => one.name === name);
  if (scheme === undefined) return name;
  const node = asObject(resolvePointer(model.document, scheme.pointer));
  switch (scheme.type) {
    case "apiKey": {
      const parameter = scheme.parameterName ?? "";
      return `${scheme.in ?? ""} ${scheme.in === "header" ? parameter.toLowerCase() : parameter}`;
    }
    case "http":
      return `http ${scheme.scheme ?? ""}`;
    case "oauth2":
      return `oauth2 ${issuerOf(Object.values(asObject(node["flows"])).map(asObject)) ?? name}`;
    case "openIdConnect":
      return `openIdConnect ${typeof node["openIdConnectUrl"] === "string" ? node["openIdConnectUrl"] : name}`;
    case "mutualTLS":
      return "mutualTLS";
  }
}

/** The first address of the flows, in the order of the alphabet. */
function issuerOf(flows: readonly ReturnType<typeof asObject>[]): string | undefined {
  const addresses = flows.flatMap((flow) => [flow["tokenUrl"], flow["authorizationUrl"]]);
  return addresses.filter((address) => typeof address === "string").sort()[0];
}
