/** The Content Security Policy of the pages: nothing runs or loads but the site's own files. */
import { createHash } from "node:crypto";

/** A `'sha256-…'` source (CSP Level 3 §2.3.1) for an inline script or style of exactly this text. */
function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** The policy of a page whose head holds `inlineScript`. */
export function securityPolicy(inlineScript: string, reference: boolean): string {
  const directives = [
    "default-src 'none'",
    `script-src 'self' ${hashSource(inlineScript)}`,
    // Redoc adds empty style elements and fills them through the object model, which no policy forbids.
    `style-src 'self'${reference ? ` ${hashSource("")}` : ""}`,
    // Redoc draws arrows as data: images and a symbol font.
    `img-src 'self'${reference ? " data:" : ""}`,
    ...(reference ? ["font-src data:", "worker-src blob:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return directives.join("; ");
}
