/** Addresses: servers and paths together, so that a base path may stand in either. */
import { asArray, asObject } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { quoted } from "../wording.ts";
import { addressesOf } from "../base-path.ts";
import type { Comparison } from "./comparison.ts";

/** Compares under which addresses each operation is found. */
export function compareServers(comparison: Comparison): void {
  const { pair } = comparison;
  for (const { base, revision, isMoved } of pair.operations) {
    if (isMoved) continue;
    const [before, after] = [serversOf(pair.base, base), serversOf(pair.revision, revision)];
    const at = { base: before.pointer, revision: after.pointer };
    const note = (rule: "server-removed" | "server-added", url: string, verb: string): void => {
      const message = `The server ${quoted(url)} ${verb}`;
      comparison.report({ ...at, rule, subject: url, message }, revision.id);
    };
    const known = new Set(before.urls.map((url) => full(url, base)));
    const now = new Set(after.urls.map((url) => full(url, revision)));
    for (const url of before.urls) if (!now.has(full(url, base))) note("server-removed", url, "is gone");
    for (const url of after.urls) if (!known.has(full(url, revision))) note("server-added", url, "is new");
  }
}

function full(url: string, { path }: Operation): string {
  return normalized(url).replace(/\/+$/, "") + path.replace(/\{[^{}]*\}/g, "{}");
}

/** Scheme and host in lower case, without the default port (RFC 3986 §6.2). */
function normalized(url: string): string {
  const [, start, rest] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(.*)$/is.exec(url) ?? [];
  if (start === undefined || rest === undefined) return url;
  return start.toLowerCase().replace(/^(http:.*):80$|^(https:.*):443$/, "$1$2") + rest;
}

interface Servers {
  readonly urls: readonly string[];
  readonly pointer: string;
}

/** The operation's own servers, else those of its path, else those of the document (OpenAPI 3.1.1 §4.8.10). */
function serversOf({ document }: ApiModel, { pointer }: Operation): Servers {
  const item = pointer.slice(0, pointer.lastIndexOf("/"));
  for (const at of [pointer, item, ""]) {
    const own = asArray(asObject(resolvePointer(document, at))["servers"]);
    if (own.length > 0) return { urls: own.flatMap(addressesOf), pointer: `${at}/servers` };
  }
  return { urls: ["/"], pointer: "/servers" };
}
