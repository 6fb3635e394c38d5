/** A client of HTTP/2 without encryption that speaks in requests and responses of the Fetch API. */
import { once } from "node:events";
import { connect, constants } from "node:http2";
import { PassThrough, Readable } from "node:stream";

export interface Http2Caller {
  readonly origin: string;
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): void;
}

export function http2Caller(origin: string): Http2Caller {
  const session = connect(origin);
  session.on("error", () => undefined);
  return {
    origin,
    close: () => {
      session.destroy();
    },
    call: async (path, init) => {
      const request = new Request(origin + path, init);
      const stream = session.request(
        { ":path": path, ":method": request.method, ...Object.fromEntries(request.headers) },
        { endStream: request.body === null },
      );
      stream.on("error", () => undefined);
      // Node's own type of web streams says the same in other words.
      if (request.body !== null)
        Readable.fromWeb(request.body as never)
          .on("error", () => undefined)
          .pipe(stream);
      const [fields] = (await once(stream, "response")) as [Record<string, string | string[]>]; // what Node's types say of the event
      const headers = new Headers();
      for (const [name, value] of Object.entries(fields)) {
        if (!name.startsWith(":")) for (const one of [value].flat()) headers.append(name, String(one));
      }
      const status = Number(fields[constants.HTTP2_HEADER_STATUS]);
      const isEmpty = status === 204 || status === 304 || request.method === "HEAD";
      if (isEmpty) stream.resume();
      // The half that is read alone; as above.
      const half = stream.pipe(new PassThrough());
      stream.on("error", (error) => half.destroy(error));
      const body = isEmpty ? null : (Readable.toWeb(half) as unknown as ReadableStream<Uint8Array>);
      return new Response(body, { status, headers });
    },
  };
}
