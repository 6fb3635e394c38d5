/** The servers of a document, a path or an operation (OpenAPI 3.1.1 §4.8.5). */
import { asArray, asObject, isObject, type Json } from "../json/json.ts";
import type { ApiServer } from "./api-model.ts";
import { optionalText } from "./text.ts";

export function buildServers(servers: Json | undefined): ApiServer[] {
  return asArray(servers).flatMap(buildServer);
}

function buildServer(server: Json): ApiServer[] {
  if (!isObject(server) || typeof server["url"] !== "string") return [];
  const variables = asObject(server["variables"]);
  const defaultUrl = server["url"].replace(/\{([^{}]*)\}/g, (template, name: string) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return isObject(variable) && typeof variable["default"] === "string" ? variable["default"] : template;
  });
  return [{ url: server["url"], defaultUrl, ...optionalText(server, "description") }];
}
