/** Which relative paths may be written, on every file system that a team may check the output out on. */

/** Names that Windows keeps for devices, whatever extension follows (Microsoft, "Naming Files, Paths, and Namespaces"). */
const deviceName = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
const forbiddenCharacter = /[\u0000-\u001f\u007f<>:"|?*\\]/;
/** Bytes that the common file systems allow in one name. */
const longestName = 255;

/**
 * What keeps `path` from being a safe output path, or `undefined` if nothing does. Safe: relative, forward slashes,
 * no empty, `.` or `..` segments, and each segment a legal name on Linux, macOS and Windows.
 */
export function pathProblem(path: string): string | undefined {
  if (path === "") return "it is empty";
  if (path.startsWith("/")) return "it is absolute";
  for (const segment of path.split("/")) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string): string | undefined {
  if (segment === "" || segment === ".") return "it has an empty segment";
  if (segment === "..") return "it leaves the output folder";
  if (forbiddenCharacter.test(segment)) return "it has a character that not every file system allows";
  if (/\p{Surrogate}/u.test(segment)) return "it is not well-formed Unicode";
  if (/[. ]$/.test(segment)) return "it has a name that ends in a dot or a space";
  if (deviceName.test(segment)) return "it has a name that Windows keeps for a device";
  if (Buffer.byteLength(segment) > longestName) return `it has a name longer than ${longestName} bytes`;
  return undefined;
}

/** Equal for two paths that name the same file where case or Unicode normalisation is ignored (Windows, macOS). */
export function collisionKey(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** Every folder above `path`, the outermost first: `a`, `a/b` for `a/b/c.ts`. */
export function parentFolders(path: string): string[] {
  const segments = path.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
