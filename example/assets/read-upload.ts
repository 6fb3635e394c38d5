/** Reads the bytes of an upload, as far as it is willing to. */
import type { IncomingMessage } from "node:http";

/** Milliseconds in which an upload must have arrived. */
const timeout = 60_000;

/** `undefined` where there are more than `maxBytes`, they come too slowly, or the caller has gone. */
export async function readUpload(
  message: IncomingMessage,
  maxBytes: number,
  timeoutMs = timeout,
): Promise<Uint8Array | undefined> {
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const timer = setTimeout(() => message.destroy(), timeoutMs);
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
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks, length);
}
