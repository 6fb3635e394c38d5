/** Sends one request over and over on a few connections, as cheaply as a socket allows: the server is to be measured. */
import { connect } from "node:net";
import { requestPath } from "./payload.ts";

/** Resolves when `count` answers with this status have come; rejects at any other status. */
export async function load(port: number, body: string, count: number, status: number): Promise<void> {
  const connections = 16;
  const each = Math.ceil(count / connections);
  await Promise.all(Array.from({ length: connections }, () => run(port, body, each, status)));
}

function run(port: number, body: string, count: number, status: number): Promise<void> {
  const request = Buffer.from(
    `POST ${requestPath} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: key\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let left = count;
    let received = "";
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      const head = received.indexOf("\r\n\r\n");
      if (head === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
      if (received.length < head + 4 + length) return;
      if (!received.startsWith(`HTTP/1.1 ${status}`)) reject(new Error(received));
      received = "";
      if (--left === 0) {
        socket.end();
        resolve();
      } else socket.write(request);
    });
    socket.write(request);
  });
}
