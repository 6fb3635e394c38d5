/** What only happens on real connections: callers who leave, headers without end, garbage, shutting down. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createHttpServer, drain } from "lockstep-openapi-runtime/node";
import { afterEach, expect, test } from "vitest";
import { bodiesApi, type Witness } from "../support/bodies-api.ts";
import { startTarget, type Target } from "../support/server-targets.ts";

const targets: Target[] = [];
afterEach(async () => {
  for (const target of targets.splice(0)) await target.close();
});

async function start(witness?: Witness): Promise<number> {
  const target = await startTarget("node", bodiesApi(witness, { limits: { bodyTimeoutMs: 300 } }));
  targets.push(target);
  return target.port ?? 0;
}

/** Sends text as it is and gives all that comes back until the connection ends. */
function exchange(port: number, ...parts: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => (received += String(chunk)));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(received);
    });
    for (const part of parts) socket.write(part);
  });
}

const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

test("answers a header section that is too large in the envelope, with a request id", async () => {
  const answer = await exchange(
    await start(),
    `GET /v1/session HTTP/1.1\r\nhost: h\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
  );
  // The only code of this stage has the status of its own.
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
  expect(bodyOf(answer)).toEqual({ error: { code: "too_large", message: "Too large." } });
});

test("answers what is not HTTP in the envelope", async () => {
  const answer = await exchange(await start(), "NONSENSE\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(bodyOf(answer)).toMatchObject({ error: { code: "invalid" } });
});

test.each([
  ["no host", "GET /v1/session HTTP/1.1\r\nconnection: close\r\n\r\n"],
  ["two hosts", "GET /v1/session HTTP/1.1\r\nhost: a\r\nHost: b\r\nconnection: close\r\n\r\n"],
])("refuses a request that names %s in the envelope (RFC 9112 §3.2)", async (_, request) => {
  const answer = await exchange(await start(), request);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toMatch(/x-request-id: [0-9a-f-]{36}/);
  expect(bodyOf(answer)).toMatchObject({ error: { code: "invalid" } });
});

test("needs no host in HTTP/1.0", async () => {
  expect(await exchange(await start(), "GET /v1/session HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
});

test("ignores expectations that it does not know (RFC 9110 §10.1.1)", async () => {
  const fields = "host: h\r\nexpect: tea\r\nconnection: close\r\n\r\n";
  expect(await exchange(await start(), `GET /v1/session HTTP/1.1\r\n${fields}`)).toMatch(/^HTTP\/1\.1 200 /);
});

/** Sends a header section that expects `100 Continue`, the body once it has come, and gives all that comes back. */
function exchangeExpecting(port: number, line: string, fields: string, body: string): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => {
      received += String(chunk);
      if (received === "HTTP/1.1 100 Continue\r\n\r\n") socket.write(body);
    });
    socket.on("close", () => {
      resolve(received);
    });
    const length = `content-length: ${String(body.length)}\r\nconnection: close`;
    socket.write(`${line} HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\n${fields}\r\n${length}\r\n\r\n`);
  });
}

test("asks for a body that is waited with only when it is going to read it (RFC 9110 §10.1.1)", async () => {
  const port = await start();
  const json = "content-type: application/json";
  const stored = await exchangeExpecting(port, "PUT /v1/files/a.txt", json, '{"text":"a"}');
  expect(stored).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
  const bytes = await exchangeExpecting(
    port,
    "PUT /v1/files/a.bin",
    "content-type: application/octet-stream",
    "a",
  );
  expect(bytes).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
  const unknown = await exchangeExpecting(port, "POST /v1/pings", json, "{}");
  expect(unknown).toMatch(/^HTTP\/1\.1 401 /);
  const tooLarge = await exchangeExpecting(port, "PUT /v1/files/a.txt", json, "x".repeat(2 * 1024 * 1024));
  expect(tooLarge).toMatch(/^HTTP\/1\.1 413 /);
  const nowhere = await exchangeExpecting(port, "PUT /v1/nowhere", json, "{}");
  expect(nowhere).toMatch(/^HTTP\/1\.1 404 /);
});

test.each([Infinity, 2 ** 40])("waits for a body as long as it is told: %d", async (bodyTimeoutMs) => {
  const target = await startTarget("node", bodiesApi(undefined, { limits: { bodyTimeoutMs } }));
  targets.push(target);
  const socket = connect(target.port ?? 0, "127.0.0.1");
  const received = new Promise<string>((resolve) =>
    socket.once("data", (chunk) => {
      resolve(String(chunk));
    }),
  );
  socket.write(
    "PUT /v1/files/a.txt HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n",
  );
  // Node's timers take a time that is too long for one millisecond.
  await sleep(50);
  socket.write('{"text":"a"}');
  expect(await received).toMatch(/^HTTP\/1\.1 201 /);
  socket.destroy();
});

test.each(["data", "readable"])(
  "asks for the body of the host's own routes too, which hear of '%s'",
  async (event) => {
    const server = createHttpServer(bodiesApi(), {}, (message, response) => {
      let text = "";
      message.setEncoding("utf8");
      message.on(event, (chunk?: string) => (text += chunk ?? String(message.read() ?? "")));
      message.on("end", () => response.end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    expect(await exchangeExpecting(port, "POST /echo", "x: y", "hello")).toMatch(
      /^HTTP\/1\.1 100 Continue[^]*hello$/,
    );
    server.close();
  },
);

test("answers CONNECT in the envelope", async () => {
  const answer = await exchange(await start(), "CONNECT h:443 HTTP/1.1\r\nhost: h:443\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  expect(bodyOf(answer)).toMatchObject({ error: { code: "no_path" } });
});

test("says that a header section took too long, in the envelope", async () => {
  const times = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 50 };
  const server = createHttpServer(bodiesApi(), times);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const answer = await exchange(port, "GET /v1/session HTTP/1.1\r\nhost: h\r\n");
  server.close();
  // The only code of this stage has the status of its own.
  expect(bodyOf(answer)).toEqual({ error: { code: "too_large", message: "Too large." } });
});

test("takes the absolute form of a target, and refuses what is not a path", async () => {
  const port = await start();
  const close = "host: h\r\nconnection: close\r\n\r\n";
  expect(await exchange(port, `GET http://h/v1/session HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exchange(port, `OPTIONS * HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 404 /);
  expect(await exchange(port, `GET /v1/files/%zz.txt HTTP/1.1\r\n${close}`)).toMatch(/^HTTP\/1\.1 400 /);
});

test("gives up on a slow body and closes the connection", async () => {
  const head =
    "PUT /v1/files/a.bin HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
  // The rest of the body never comes: nothing but giving up ends this.
  const answer = await exchange(await start(), head, "{");
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
});

test("survives callers who leave in the middle of their body, and tells handlers when they leave in the response", async () => {
  const witness: Witness = { aborted: false, cancelled: false, pings: 0 };
  const port = await start(witness);
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "PUT /v1/files/a.bin HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
  );
  await sleep(30);
  socket.destroy();
  const controller = new AbortController();
  const response = await fetch(`http://127.0.0.1:${String(port)}/v1/events?endless`, {
    signal: controller.signal,
  });
  await response.body?.getReader().read();
  controller.abort();
  for (let turn = 0; turn < 100 && !(witness.aborted && witness.cancelled); turn++) await sleep(10);
  expect(witness).toMatchObject({ aborted: true, cancelled: true });
  expect((await fetch(`http://127.0.0.1:${String(port)}/v1/session`)).status).toBe(200);
});

test("drains: running calls end, new connections are refused, idle ones are closed", async () => {
  const server = createHttpServer(bodiesApi());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const url = `http://127.0.0.1:${String(port)}/v1`;
  await fetch(`${url}/session`);
  const running = await fetch(`${url}/events`);
  const drained = drain(server, 2000);
  expect(await running.text()).toContain("data: 2");
  await drained;
  await expect(fetch(`${url}/session`)).rejects.toThrow();
});

test("drains no longer than it is given", async () => {
  const server = createHttpServer(bodiesApi());
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const endless = await fetch(`http://127.0.0.1:${String(port)}/v1/events?endless`);
  // The response never ends, nor would the wait for it.
  await drain(server, 200);
  await expect(endless.text()).rejects.toThrow();
});
