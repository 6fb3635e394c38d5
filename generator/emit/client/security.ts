/** Security schemes as the client sees them: where a credential travels, and what a caller gives. */
import type { JsonObject } from "../../json/json.ts";
import type { SecurityScheme } from "../../model/api-model.ts";
import { commentText, memberName } from "../../print/literal.ts";

type Placed = Pick<SecurityScheme, "type" | "in" | "parameterName" | "scheme">;

/** By name. A scheme that no request carries (mutual TLS) is left out. */
export function schemeDescriptors(schemes: readonly SecurityScheme[]): JsonObject {
  return Object.fromEntries(
    schemes.flatMap((scheme) => {
      const place = placeOf(scheme);
      return place === undefined ? [] : [[scheme.name, place]];
    }),
  );
}

function placeOf({ type, in: location, parameterName, scheme }: Placed): JsonObject | undefined {
  switch (type) {
    case "apiKey":
      return location === undefined || parameterName === undefined
        ? undefined
        : { in: location, name: parameterName };
    case "http":
      if (scheme === "basic" || scheme === "bearer") return { in: scheme };
      // Any other scheme (RFC 9110 §11.1): the caller gives the whole header.
      return { in: "header", name: "authorization" };
    case "oauth2":
    case "openIdConnect":
      return { in: "bearer" };
    case "mutualTLS":
      return undefined;
  }
}

/** The members of the type `Auth`. */
export function authMembers(schemes: readonly SecurityScheme[]): string {
  return schemes
    .filter((scheme) => placeOf(scheme) !== undefined)
    .map((scheme) => {
      const secret = placeOf(scheme)?.["in"] === "basic" ? "BasicCredentials" : "string";
      const doc = scheme.description === undefined ? "" : docComment(scheme.description, "  ");
      return `${doc}  readonly ${memberName(scheme.name)}?: Secret<${secret}>;\n`;
    })
    .join("");
}

/** A comment over a member; Markdown as it is. */
export function docComment(text: string, indent: string): string {
  const lines = commentText(text.trim()).split("\n");
  const [first = ""] = lines;
  if (lines.length === 1) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
