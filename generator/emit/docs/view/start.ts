/** The start page: what the API is, and the ways into the site. */
import { compareText } from "../../../json/json.ts";
import type { ApiModel, ErrorCode, SecurityScheme } from "../../../model/api-model.ts";
import type { DocsOptions, Page } from "../site.ts";
import { firstSentence } from "../markdown.ts";
import { addresses, hasErrorPages, tagAddress } from "./addresses.ts";
import { codeLink, titleOf } from "./error.ts";
import { exchangeOf } from "./exchange.ts";
import type { SiteContext } from "./operation-row.ts";
import { shortStatus, statusFamily } from "./words.ts";

/** Up to `most` codes are all shown; of more, only the first `few`. */
const shownCodes = { most: 16, few: 12 };

export function startPage(context: SiteContext, options: DocsOptions): Page {
  const { model } = context;
  const { info, errors, operations, servers } = model;
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
      hasErrors: hasErrorPages(model),
      changelog: options.changelog !== undefined,
      server: servers.length === 1 ? servers.map(serverView) : [],
      servers: servers.map(serverView),
      severalServers: servers.length > 1,
      failure: failureShown(context),
      schemes: model.securitySchemes.map(schemeView),
      tags: model.tags.map(({ name, description }) => ({
        name,
        address: tagAddress(context.anchors, name),
        description: firstSentence(description ?? ""),
        count: operations.filter(({ tags }) => tags.includes(name)).length,
      })),
      ...codesShown(errors.codes),
    },
  };
}

function serverView({ url, description }: ApiModel["servers"][number]): object {
  return { url, description: description ?? "" };
}

/** By status, as the catalogue has them. */
function codesShown(all: readonly ErrorCode[]): object {
  const sorted = [...all].sort((a, b) => compareText(a.statuses[0] ?? "", b.statuses[0] ?? ""));
  const shown = sorted.slice(0, all.length > shownCodes.most ? shownCodes.few : all.length);
  return {
    codes: shown.map((code) => ({
      ...codeLink(code.code),
      title: titleOf(code),
      status: shortStatus(code.statuses),
      family: statusFamily(code.statuses[0]),
    })),
    moreCodes: all.length - shown.length,
  };
}

/** One failed call for the head of the page: with details where there are some, and short. None, or one. */
function failureShown(context: SiteContext): object[] {
  const failures = context.model.errors.codes.flatMap((code) => {
    const exchange = exchangeOf(context, code);
    return exchange === undefined || code.example === undefined ? [] : [{ ...exchange, code }];
  });
  const detailed = failures.filter(({ code }) => code.details?.required === true);
  const [shown] = (detailed.length > 0 ? detailed : failures).sort((a, b) => a.body.length - b.body.length);
  return shown === undefined ? [] : [{ ...shown, ...codeLink(shown.code.code) }];
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
