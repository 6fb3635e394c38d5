/** Media types as keys: `application/json; charset=utf-8` means what `application/json` means (RFC 8259 §11). */

/** Type, subtype and the parameters that tell representations apart. */
export function mediaKey(mediaType: string): string {
  const [type = "", ...parameters] = mediaType.split(";").map((part) => part.trim().toLowerCase());
  const kept = parameters.filter((parameter) => parameter !== "" && !parameter.startsWith("charset="));
  return [type, ...kept.sort()].join(";");
}

/** True if the range (`text/*`, `*` + `/*`) covers the media type. */
export function coversMedia(range: string, mediaType: string): boolean {
  const [wanted, actual] = [mediaKey(range), mediaKey(mediaType)];
  if (wanted === actual || wanted === "*/*") return true;
  return wanted.endsWith("/*") && actual.startsWith(wanted.slice(0, -1));
}

/** True if values travel as text that is decoded by schema. */
export function isForm(mediaType: string): boolean {
  return /^(?:application\/x-www-form-urlencoded|multipart\/)/.test(mediaKey(mediaType));
}
