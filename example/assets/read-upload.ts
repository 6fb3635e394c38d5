/** Reads the bytes of an upload, as far as it is willing to. */
import type { IncomingMessage } from "node:http";

const maxBytes = 10 * 1024 * 1024;

/** `undefined` where there are more than 10 MiB, or the caller has gone. */
export async function readUpload(message: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of message) {
      // No encoding is set on the stream, so it gives bytes.
      const bytes = chunk as Uint8Array;
      length += bytes.length;
      if (length > maxBytes) return undefined;
      chunks.push(bytes);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks, length);
}
