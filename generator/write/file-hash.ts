/** The fingerprint of a file on disk, without holding it: a folder of output has many megabytes. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { carriageReturn, hashText } from "../json/text-hash.ts";

/** Filled again and again: memory that is new costs more than the reading. */
const piece = Buffer.allocUnsafeSlow(256 * 1024);

/** What `hashText` gives for the content of the file. Throws on I/O errors. */
export function hashFile(path: string): string {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
      const bytes = piece.subarray(0, length);
      // Line ends may stand across two pieces.
      if (bytes.includes(carriageReturn)) return hashText(readFileSync(path));
      hash.update(bytes);
    }
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}
