/** A client of HTTP/2 without encryption that speaks in requests and responses of the Fetch API. */
import { connect, type ClientHttp2Stream, type IncomingHttpHeaders } from "node:http2";

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
      if (request.body !== null) void send(request.body, stream);
      const received = await new Promise<IncomingHttpHeaders>((resolve) => stream.once("response", resolve));
      const headers = new Headers();
      for (const [name, value] of Object.entries(received)) {
        if (!name.startsWith(":")) for (const one of [value].flat()) headers.append(name, String(one));
      }
      const status = Number(received[":status"]);
      const isEmpty = status === 204 || status === 304 || request.method === "HEAD";
      if (isEmpty) stream.resume();
      return new Response(isEmpty ? null : bodyOf(stream), { status, headers });
    },
  };
}

/** Stops where the server has ended the stream. */
async function send(body: ReadableStream<Uint8Array>, stream: ClientHttp2Stream): Promise<void> {
  for await (const chunk of body) if (stream.writable) stream.write(chunk);
  stream.end();
}

function bodyOf(stream: ClientHttp2Stream): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let over = false;
      stream.on("data", (chunk: Buffer) => {
        if (!over) controller.enqueue(chunk);
      });
      const end = (failed: boolean): void => {
        if (over) return;
        over = true;
        if (failed) controller.error(new TypeError("The stream was reset."));
        else controller.close();
      };
      // A reset without an error is an end; which it is, is known when all is over.
      stream.on("close", () => {
        end(stream.rstCode !== 0);
      });
      stream.on("error", () => {
        end(true);
      });
    },
  });
}
