/** Reads one file as text, within the limits, and takes its hash. */
import { isUtf8 } from "node:buffer";
import { readFile, stat } from "node:fs/promises";
import { hashText } from "../json/text-hash.ts";
import { LoadFailure } from "./failure.ts";
import { maxFileBytes } from "./limits.ts";

export interface ReadFile {
  /** Without byte order mark; line ends are `\n`. */
  readonly body: string;
  /** As `hashText` says: the same whichever line ends a checkout gave the file. */
  readonly sha256: string;
}

/**
 * Reads a local file. `name` is how the file is called in messages.
 * @throws LoadFailure when it is missing, no regular file, forbidden, too large, or not UTF-8 text.
 */
export async function readTextFile(path: string, name: string): Promise<ReadFile> {
  let bytes: Buffer;
  try {
    const facts = await stat(path);
    if (facts.isDirectory())
      throw new LoadFailure("lockstep/file-unreadable", `${name} is a folder, not a file.`);
    // Devices and pipes may never end.
    if (!facts.isFile()) throw new LoadFailure("lockstep/file-unreadable", `${name} is not a regular file.`);
    if (facts.size > maxFileBytes) throw tooLarge(name);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof LoadFailure) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new LoadFailure("lockstep/file-missing", `${name} does not exist.`);
    }
    throw new LoadFailure("lockstep/file-unreadable", `${name} cannot be read (${code}).`);
  }
  return decodeFile(bytes, name);
}

/** Decodes the bytes of a file, wherever they came from. */
export function decodeFile(bytes: Buffer, name: string): ReadFile {
  if (bytes.byteLength > maxFileBytes) throw tooLarge(name);
  if (!isUtf8(bytes)) throw new LoadFailure("lockstep/file-not-text", `${name} is not UTF-8 text.`);
  const body = bytes.toString("utf8", hasByteOrderMark(bytes) ? 3 : 0);
  if (body.includes("\0")) throw new LoadFailure("lockstep/file-not-text", `${name} is a binary file.`);
  return {
    body: body.includes("\r") ? body.replaceAll(/\r\n?/g, "\n") : body,
    sha256: hashText(bytes),
  };
}

function hasByteOrderMark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function tooLarge(name: string): LoadFailure {
  return new LoadFailure(
    "lockstep/file-too-large",
    `${name} is larger than ${maxFileBytes / (1024 * 1024)} MiB, the most that Lockstep reads.`,
  );
}
