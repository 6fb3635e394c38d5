/** Takes out of the document what could run or load something, before another renderer gets it. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { isSafeAddress, sanitizeProse, type HtmlPolicy } from "../../print/prose.ts";

/** Members that renderers take for CommonMark. */
const prose = new Set(["description", "summary", "title", "x-displayName"]);
/** Members that hold data, which is shown as it is. */
const data = new Set(["example", "examples", "default", "enum", "const", "value"]);
/** Members that become the address of a link. */
const links = new Set([
  "url",
  "termsOfService",
  "authorizationUrl",
  "tokenUrl",
  "refreshUrl",
  "openIdConnectUrl",
]);
/** Members whose own members have names that the author chose: there, `default` or `example` is a name. */
const maps = new Set([
  ...["$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "headers", "links"],
  ...["parameters", "pathItems", "paths", "patternProperties", "properties", "requestBodies", "responses"],
  ...["schemas", "securitySchemes", "variables", "webhooks"],
]);

/** Elements that do nothing but format, without attributes; and links to the web. */
const plainElement =
  "/?(?:p|br|hr|b|i|em|strong|code|pre|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|sub|sup|blockquote|h[1-6]|a) ?/?>";
const webLink = 'a href="https?://[^"<>\\s]*"(?: target="_blank")?>';
const policy: HtmlPolicy = {
  refused: new RegExp(`<(?=[A-Za-z/!?])(?!(?:${plainElement}|${webLink}|(?:https?|mailto):))`, "gi"),
  // Marks of Redoc's own templates.
  escape: (text) => text.replace(/\{(?=[%{])/g, "&#123;"),
};

/** Plain formatting stays, other HTML becomes text, images become links. */
export function sanitizeMarkdown(source: string): string {
  return sanitizeProse(source, policy);
}

/** The node with its prose and its links sanitized, down to any depth; itself where nothing had to change. */
export function sanitizeDocument(node: Json): Json {
  return sanitize(node, false);
}

function sanitize(node: Json, isMap: boolean): Json {
  if (isArray(node)) {
    const items = node.map((item) => sanitize(item, false));
    return items.every((item, index) => item === node[index]) ? node : items;
  }
  return isObject(node) ? sanitizeObject(node, isMap) : node;
}

function sanitizeObject(node: JsonObject, isMap: boolean): JsonObject {
  let copy: Record<string, Json> | undefined;
  for (const [name, member] of Object.entries(node)) {
    const changed = isMap ? sanitize(member, false) : sanitizeMember(name, member);
    if (changed === member) continue;
    copy ??= { ...node };
    Object.defineProperty(copy, name, {
      value: changed,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy ?? node;
}

function sanitizeMember(name: string, member: Json): Json {
  if (typeof member === "string") {
    if (prose.has(name)) return sanitizeMarkdown(member);
    return links.has(name) && !isSafeAddress(member) ? "#" : member;
  }
  if (name === "x-logo") return isObject(member) ? sanitizeLogo(member) : member;
  // A map of Example Objects, which have descriptions beside their values; in a schema it is a list of values.
  if (name === "examples" && isObject(member)) return sanitizeObject(member, true);
  if (name === "scopes" && isObject(member)) return sanitizeScopes(member);
  return data.has(name) ? member : sanitize(member, maps.has(name));
}

/** A logo of the site itself stays, and so does a link that runs nothing. */
function sanitizeLogo({ url, href, ...rest }: JsonObject): JsonObject {
  const isLocal =
    typeof url === "string" &&
    /^(?:(?:\/|(?:\.{1,2}\/)*)[\w-][\w./-]*|data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]*)$/.test(url);
  const isSafe = typeof href === "string" && isSafeAddress(href);
  return { ...(isLocal ? { url } : {}), ...(isSafe ? { href } : {}), ...rest };
}

/** The descriptions of scopes. */
function sanitizeScopes(scopes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(scopes).map(([scope, text]) => [
      scope,
      typeof text === "string" ? sanitizeMarkdown(text) : text,
    ]),
  );
}
