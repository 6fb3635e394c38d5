/** The fingerprint of a text file, the same whichever line ends a checkout gave it. */
import { createHash } from "node:crypto";

export const carriageReturn = 0x0d;

/**
 * SHA-256 of the content with CRLF read as LF, lower-case hex: Git may turn line ends on Windows, and neither an input
 * nor an output means anything else for it.
 */
export function hashText(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const text = bytes.includes(carriageReturn) ? Buffer.from(bytes).toString("latin1") : undefined;
  const normalised = text === undefined ? bytes : Buffer.from(text.replaceAll("\r\n", "\n"), "latin1");
  return createHash("sha256").update(normalised).digest("hex");
}
