/** A request as one line for a POSIX shell; credentials are variables. */
import type { ProbeRequest } from "./exchange.ts";
import type { Secrets } from "./secrets.ts";

/** Bodies beyond this are not repeated. */
const longest = 4_000;

export function curlLine(
  baseUrl: string,
  { method, target, headers, body }: ProbeRequest,
  secrets: Secrets,
): string {
  const parts = ["curl", "-si"];
  if (method !== (body === undefined ? "GET" : "POST")) parts.push("-X", method);
  for (const [name, value] of headers) {
    if (name !== "accept") parts.push("-H", quote(`${name}: ${value}`, secrets));
  }
  // Without this, curl would name a media type of its own.
  if (body !== undefined && !headers.some(([name]) => name.toLowerCase() === "content-type"))
    parts.push("-H", "'content-type:'");
  if (body !== undefined) parts.push("--data-raw", quote(body.slice(0, longest), secrets));
  parts.push(quote(`${baseUrl}${target}`, secrets));
  return parts.join(" ");
}

/** Single quotes hold everything; a credential's variable stands in double quotes between them. */
function quote(text: string, secrets: Secrets): string {
  const escaped = (part: string): string => `'${part.replaceAll("'", `'\\''`)}'`;
  return (
    secrets
      .split(text)
      .map((part) => (typeof part === "string" ? (part === "" ? "" : escaped(part)) : `"${part.variable}"`))
      .join("") || "''"
  );
}
