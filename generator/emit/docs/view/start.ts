/** The start page: what the API is, and the ways into the site. */
import type { SecurityScheme } from "../../../model/api-model.ts";
import type { DocsOptions, Page } from "../site.ts";
import { firstSentence } from "../markdown.ts";
import { addresses } from "./addresses.ts";
import { codeLink } from "./error.ts";
import type { SiteContext } from "./operation-row.ts";
import { statusFamily } from "./words.ts";

const shownCodes = 12;

export function startPage({ model }: SiteContext, options: DocsOptions): Page {
  const { info, errors, operations } = model;
  return {
    path: addresses.start,
    template: "start",
    title: options.title ?? info.title,
    description: info.summary ?? firstSentence(info.description ?? `Documentation of ${info.title}.`),
    view: {
      version: info.version,
      summary: info.summary ?? "",
      text: info.description ?? "",
      operationCount: operations.length,
      codeCount: errors.codes.length,
      changelog: options.changelog !== undefined,
      servers: model.servers.map(({ url, description }) => ({ url, description: description ?? "" })),
      schemes: model.securitySchemes.map(schemeView),
      tags: model.tags.map(({ name, description }) => ({
        name,
        description: firstSentence(description ?? ""),
        count: operations.filter(({ tags }) => tags.includes(name)).length,
      })),
      codes: errors.codes.slice(0, shownCodes).map(({ code, statuses }) => ({
        ...codeLink(code),
        status: statuses.length === 1 ? (statuses[0] ?? "") : "",
        family: statusFamily(statuses[0]),
      })),
      moreCodes: Math.max(0, errors.codes.length - shownCodes),
    },
  };
}

function schemeView(scheme: SecurityScheme): object {
  return {
    name: scheme.name,
    how: howOf(scheme),
    description: scheme.description ?? "",
    scopes: scheme.scopes,
  };
}

function howOf({ type, in: place, parameterName, scheme }: SecurityScheme): string {
  switch (type) {
    case "apiKey":
      return place === "header"
        ? `in the ${parameterName ?? ""} header`
        : `as the ${parameterName ?? ""} ${place ?? ""} parameter`;
    case "http":
      return `in the Authorization header (${scheme ?? ""})`;
    case "oauth2":
      return "as an OAuth 2 access token";
    case "openIdConnect":
      return "as an OpenID Connect token";
    case "mutualTLS":
      return "as a TLS client certificate";
  }
}
