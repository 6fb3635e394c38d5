/** The one parameter of a media type that matters here (RFC 9110 §8.3.2). */

/** `charset` of a `Content-Type`, lower case. */
export function charset(contentType: string): string | undefined {
  // Nearly every request has a bare `application/json`.
  if (!contentType.includes(";")) return undefined;
  const found = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType);
  return found?.[1]?.toLowerCase();
}
