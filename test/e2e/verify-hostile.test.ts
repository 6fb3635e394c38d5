/** `lockstep verify` against servers that are slow, drop, redirect, or never end, and against wrong usage. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { Project } from "./cli-run.ts";

const project = new Project();
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
afterAll(() => {
  project.remove();
});

const document = `openapi: 3.1.0
info: { title: Small, version: 1.0.0 }
servers: [{ url: "https://example.com/v1" }]
security: [{ key: [] }]
paths:
  /things:
    get:
      operationId: listThings
      parameters: [{ name: size, in: query, schema: { type: integer, maximum: 9 } }]
      responses:
        "200":
          description: All
          content: { application/json: { schema: { type: array, items: { type: string } } } }
        "400": { description: Bad }
        "401": { description: Who }
  /things/{id}:
    get:
      operationId: getThing
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        "200": { description: One }
        "401": { description: Who }
        "404": { description: None }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
`;
project.write({
  "api.yaml": document,
  "actors.yaml": "actors:\n  owner: { credentials: { key: s3cret-key }, seeds: { getThing.id: 1 } }\n",
});

async function serve(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`;
}

function verify(url: string, ...more: string[]) {
  return project.run(["verify", url, "--document", "api.yaml", "--actors", "actors.yaml", ...more]);
}

/** A right server. */
function wellBehaved({ url = "", method, headers }: IncomingMessage, response: ServerResponse): void {
  const [path, query = ""] = url.slice("/v1".length).split("?");
  const size = new URLSearchParams(query).get("size");
  const isKnown = method === "GET" && (path === "/things" || path === "/things/1");
  const isRight = size === null || Number(size) <= 9;
  const status = !isKnown ? 404 : headers["x-key"] !== "s3cret-key" ? 401 : isRight ? 200 : 400;
  if (path === "/things" && status === 200) {
    response.writeHead(200, { "content-type": "application/json;charset=null" }).end('["a"]');
  } else response.writeHead(status).end();
}

test("a document without codes, on a right server that returns 404 for an undeclared method", async () => {
  const { code, out } = await verify(await serve(wellBehaved));
  expect(out).toMatch(/0 errors, 0 warnings/);
  expect(code).toBe(0);
});

describe("a server that misbehaves", () => {
  test.each<
    [what: string, listener: (request: IncomingMessage, response: ServerResponse) => void, expected: RegExp]
  >([
    ["never answers", () => undefined, /no-response[^]*No response within 200 ms/],
    ["drops connections", (request) => request.socket.destroy(), /no-response[^]*socket hang up|ECONNRESET/],
    ["speaks no HTTP", (request) => request.socket.end("SMTP\r\n\r\n"), /no-response/],
    [
      "redirects",
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      /status-undeclared[^]*302/,
    ],
    [
      "accepts everything",
      (_, response) => response.writeHead(200, { "content-type": "application/json" }).end('["a"]'),
      /✘[^]*without a credential/,
    ],
    [
      "shows the credential",
      ({ headers }, response) => response.writeHead(404).end(`No ${String(headers["x-key"])}`),
      /credential-exposed/,
    ],
    [
      "ends in the middle of a body",
      (request, response) => {
        response.writeHead(200, { "content-length": "100", "content-type": "application/json" }).write("[");
        setImmediate(() => request.socket.destroy());
      },
      /invalid-request-accepted/,
    ],
    [
      "sends without an end",
      (_, response) => {
        const more = (): void => {
          while (response.write("x".repeat(65_536)) && !response.destroyed);
        };
        response.writeHead(200, { "content-type": "application/json" }).on("drain", more);
        more();
      },
      /invalid-request-accepted/,
    ],
  ])("%s", async (_, listener, expected) => {
    const { code, out } = await verify(await serve(listener), "--timeout", "200");
    expect(out).toMatch(expected);
    expect(out).not.toContain("s3cret-key");
    expect(code).toBe(1);
  });
});

test("a signal ends the run, and what is known is printed", async () => {
  let seen = 0;
  const url = await serve((request, response) => {
    if (++seen === 3) process.emit("SIGINT");
    else wellBehaved(request, response);
  });
  const { code, out } = await verify(url);
  expect(out).toContain("The run was interrupted");
  expect(out).toMatch(/✔/);
  expect(code).toBe(2);
});

test("the budget leaves probes out, and says so", async () => {
  const { out } = await verify(await serve(wellBehaved), "--budget", "3");
  expect(out).toContain("exceed the budget");
  expect(out).toMatch(/: 3 requests/);
});

describe("traffic", () => {
  const exchange = (status: number, body: unknown) =>
    JSON.stringify({
      method: "GET",
      url: "https://example.com/v1/things",
      status,
      headers: { "content-type": "application/json" },
      body,
    });

  test("of a log is judged, and what repeats is reported once", async () => {
    project.write({
      "log.jsonl": `${exchange(200, ["a"])}\n${exchange(200, [1])}\n${exchange(200, ["a", 2])}\n`,
    });
    const { code, out } = await project.run(["verify", "--document", "api.yaml", "--log", "log.jsonl"]);
    expect(out.match(/body-invalid/g)).toHaveLength(1);
    expect(out).toContain("3 requests");
    expect(code).toBe(1);
  });

  test("is reported without its credentials", async () => {
    const line = {
      method: "GET",
      url: "https://example.com/v1/things",
      status: 418,
      requestHeaders: { "x-key": "s3cret", authorization: "Bearer t0ken", cookie: "sid=c00kie" },
    };
    project.write({ "log.jsonl": JSON.stringify(line) });
    const { out } = await project.run(["verify", "--document", "api.yaml", "--log", "log.jsonl"]);
    expect(out).toContain('x-key: \'"$X_KEY"');
    expect(out).toContain('Bearer \'"$AUTHORIZATION"');
    for (const secret of ["s3cret", "t0ken", "c00kie"]) expect(out).not.toContain(secret);
  });

  test.each([
    [["--log", "none.jsonl"], /none\.jsonl cannot be read \(ENOENT\)/],
    [["--har", "log.jsonl"], /is not a HAR file/],
    [["--log", "api.yaml"], /api\.yaml:1 is not a JSON object/],
  ])("that cannot be read: %j", async (args, message) => {
    const { code, err } = await project.run(["verify", "--document", "api.yaml", ...args]);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

test.each([
  [["verify"], /Name the URL of a server/],
  [["verify", "ftp://x", "--document", "api.yaml"], /not an http: or https: address/],
  [["verify", "http://u:p@localhost", "--document", "api.yaml"], /holds a credential/],
  [["verify", "https://api.example.com", "--document", "api.yaml"], /--allow-host api\.example\.com/],
  [["verify", "http://localhost:1", "--document", "api.yaml", "--only", "nothing"], /no operation nothing/],
  [["verify", "http://localhost:1", "--document", "api.yaml", "--actors", "none.yaml"], /no actors file/],
])("wrong usage: %j", async (args, message) => {
  const { code, err } = await project.run(args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});
