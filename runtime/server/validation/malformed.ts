/** Requests that end before they are calls: what the HTTP parser rejects, and what RFC 9112 wants rejected. */
import type { Refusal } from "../response/failure.ts";

/**
 * `host`: not exactly one `Host` field (RFC 9112 §3.2). `timeout`: the header section did not arrive in time. `media-type`:
 * a `Content-Type` that a framework in front of the kit could not read.
 */
export type Malformation = "not-http" | "header-size" | "timeout" | "host" | "media-type";

export const malformations: Readonly<Record<Malformation, Refusal>> = {
  "not-http": refusal("request-validation", 400, "http", "is not HTTP"),
  "header-size": refusal("request-limits", 431, "headerSize", "must not be that large"),
  timeout: refusal("request-limits", 408, "headerTimeout", "took too long to arrive"),
  "media-type": refusal("media-type", 415, "mediaType", "is not a media type", "/Content-Type"),
  host: refusal("request-validation", 400, "host", "must be given exactly once", "/Host"),
};

function refusal(
  stage: Refusal["stage"],
  status: number,
  rule: string,
  message: string,
  pointer = "",
): Refusal {
  return { stage, status, details: { issues: [{ in: "header", pointer, rule, message }] } };
}
