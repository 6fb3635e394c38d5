/** Content codings of request bodies (RFC 9110 §8.4.1), undone within a limit. */
import type { BodyProblem } from "../exchange.ts";

/** Undoes one coding; fails, or gives up, where the bytes are not in it. */
export type Inflater = (body: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>;

/** What every platform has: `gzip` and `deflate`. */
export const inflaters: Readonly<Record<"gzip" | "deflate", Inflater>> = {
  gzip: (body) => decompress(body, "gzip"),
  deflate: (body) => decompress(body, "deflate"),
};

function decompress(
  body: ReadableStream<Uint8Array>,
  format: "gzip" | "deflate",
): ReadableStream<Uint8Array> {
  // Its writable side takes any bytes; the types of platforms differ in the buffer below.
  const stream = new DecompressionStream(format) as unknown as TransformStream<Uint8Array, Uint8Array>;
  return body.pipeThrough(stream);
}

/** The inflated bytes, at most `limit` of them; `undefined` where they are not in the coding. */
export async function inflated(
  body: ReadableStream<Uint8Array>,
  inflate: Inflater,
  limit: number,
): Promise<Uint8Array | Extract<BodyProblem, "too-large"> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = inflate(body).getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > limit) {
        reader.cancel().catch(() => undefined);
        return "too-large";
      }
      chunks.push(next.value);
    }
  } catch {
    return undefined;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
