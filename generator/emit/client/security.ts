/** Security schemes as the client sees them: where a credential travels, and what a caller gives. */
import type { SecurityScheme } from "../../model/api-model.ts";
import { commentText, memberName } from "../../print/literal.ts";

type Placed = Pick<SecurityScheme, "type" | "in" | "parameterName" | "scheme">;

/** The function of the runtime that puts a credential into a request, and its argument. */
export interface Placement {
  readonly helper: "headerKey" | "queryKey" | "cookieKey" | "bearer" | "basic";
  readonly name?: string;
}

/** `undefined` for a scheme that no request carries (mutual TLS). */
export function placementOf({ type, in: location, parameterName, scheme }: Placed): Placement | undefined {
  switch (type) {
    case "apiKey":
      return location === undefined || parameterName === undefined
        ? undefined
        : { helper: `${location}Key`, name: parameterName };
    case "http":
      if (scheme === "basic" || scheme === "bearer") return { helper: scheme };
      // Any other scheme (RFC 9110 §11.1): the caller gives the whole header.
      return { helper: "headerKey", name: "authorization" };
    case "oauth2":
    case "openIdConnect":
      return { helper: "bearer" };
    case "mutualTLS":
      return undefined;
  }
}

/** The members of the type `Auth`. */
export function authMembers(schemes: readonly SecurityScheme[]): string {
  return schemes
    .filter((scheme) => placementOf(scheme) !== undefined)
    .map((scheme) => {
      const secret = placementOf(scheme)?.helper === "basic" ? "BasicCredentials" : "string";
      const doc = scheme.description === undefined ? "" : docComment(scheme.description, "  ");
      return `${doc}  readonly ${memberName(scheme.name)}?: Secret<${secret}> | undefined;\n`;
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
