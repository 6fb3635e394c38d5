/** Media types as HTTP sends them (RFC 9110 §8.3). */

/** `Application/JSON; charset=null` → `application/json`. */
export function typeAndSubtype(mediaType: string): string {
  return (mediaType.split(";")[0] ?? "").trim().toLowerCase();
}

/** True of JSON and of `+json` (RFC 6839 §3.1). */
export function isJson(mediaType: string): boolean {
  return /^application\/(?:[^;]+\+)?json$/.test(typeAndSubtype(mediaType));
}
