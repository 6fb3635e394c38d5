/** Credentials in a recorded request, which no report may repeat. */
import type { ApiModel } from "../../model/api-model.ts";
import type { Exchange } from "../exchange.ts";

/** Headers that carry credentials whatever the document says. */
const usual: ReadonlySet<string> = new Set(["authorization", "proxy-authorization", "cookie", "x-api-key"]);

/** Names of variables, and the values that they stand for. */
export function recordedCredentials(
  { securitySchemes }: ApiModel,
  { request, response }: Exchange,
): [string, string][] {
  const keys = securitySchemes.filter(({ type }) => type === "apiKey");
  const headerNames = new Set(
    keys.filter((one) => one.in === "header").map(({ parameterName = "" }) => parameterName.toLowerCase()),
  );
  const queryNames = new Set(
    keys.filter((one) => one.in === "query").map(({ parameterName = "" }) => parameterName),
  );
  const query = new URLSearchParams(request.target.split("?")[1] ?? "");
  return [
    ...request.headers
      .filter(([name]) => usual.has(name.toLowerCase()) || headerNames.has(name.toLowerCase()))
      .flatMap(([name, value]) => valuesOf(name, value)),
    ...[...query]
      .filter(([name]) => queryNames.has(name))
      .map(([name, value]): [string, string] => [variable(name), value]),
    ...(response?.headers ?? [])
      .filter(([name]) => name.toLowerCase() === "set-cookie")
      .map(([name, value]): [string, string] => [variable(name), value.split(";")[0] ?? ""]),
  ];
}

/** `Bearer abc` holds `abc`; a cookie header holds each of its cookies. */
function valuesOf(name: string, value: string): [string, string][] {
  const parts =
    name.toLowerCase() === "cookie"
      ? value.split(/;\s*/).map((cookie) => cookie.slice(cookie.indexOf("=") + 1))
      : value.split(" ").slice(-1);
  return parts.map((part) => [variable(name), part]);
}

function variable(name: string): string {
  return `$${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
}
