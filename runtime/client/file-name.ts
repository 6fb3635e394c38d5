/** The name that a server gives to a download. */

/**
 * From `Content-Disposition` (RFC 6266 §4.3; `filename*` before `filename`), without folders or characters that a file
 * system may take for something else. `undefined` where there is none.
 */
export function fileNameOf({ headers }: Pick<Response, "headers">): string | undefined {
  const field = headers.get("content-disposition") ?? "";
  const [, encoded] = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(field) ?? [];
  const [, quoted, plain] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(field) ?? [];
  const name = decoded(encoded) ?? quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  // A server may be hostile: nothing that leads out of a folder, hides, or is not a file.
  const safe = name
    .replace(/^.*[/\\]/s, "")
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  return safe === "" ? undefined : safe;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
