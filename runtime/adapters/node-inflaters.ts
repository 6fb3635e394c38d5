/** Content codings that Node can undo beyond those of every platform. */
import { Duplex } from "node:stream";
import zlib from "node:zlib";
import { inflaters, type Inflater } from "../server/validation/inflate.ts";

/** For the option `inflate`: `gzip`, `deflate`, `br`, and `zstd` where this version of Node has it. */
export const nodeInflaters: Readonly<Record<string, Inflater>> = {
  ...inflaters,
  br: (body) => through(body, zlib.createBrotliDecompress()),
  ...zstd(),
};

function zstd(): Readonly<Record<string, Inflater>> {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  if (typeof create !== "function") return {};
  return {
    zstd: (body) => {
      const stream: unknown = Reflect.apply(create, zlib, []);
      if (!(stream instanceof Duplex)) throw new TypeError("Node gave no stream for zstd.");
      return through(body, stream);
    },
  };
}

function through(body: ReadableStream<Uint8Array>, stream: Duplex): ReadableStream<Uint8Array> {
  // Node's own type of web streams says the same in other words.
  return body.pipeThrough(Duplex.toWeb(stream));
}
