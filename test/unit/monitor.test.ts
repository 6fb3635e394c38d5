/** The monitor beside real servers: what it reports, that it changes nothing, and that it fails open. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import fastify from "fastify";
import {
  contractExpectation,
  ContractBroken,
  createMonitor,
  expressMonitor,
  fastifyMonitor,
  monitorFetch,
  monitorNode,
  type MonitorOptions,
  type MonitorReport,
} from "lockstep-openapi-runtime/monitor";
import { afterEach, describe, expect, test } from "vitest";
import { contract } from "../../generated/server.ts";

const id = "4a1e8c2d-6b35-4f79-a0d8-93c7e5b1f246";
const path = `${contract.basePath}/templates/${id}`;
const broken = JSON.stringify({ id, status: "ACTIVE" });
const refused = JSON.stringify({ error: "not_found", message: "There is no such resource." });

interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Serves one reply in pieces, and gives what a caller receives. */
type Host = (
  reply: Reply,
  options: MonitorOptions,
) => Promise<{ readonly status: number; readonly body: string }>;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function call(origin: string): Promise<Reply> {
  const response = await fetch(origin + path);
  return { status: response.status, body: await response.text() };
}

const hosts: Readonly<Record<string, Host>> = {
  node: async ({ status, body }, options) => {
    const monitor = createMonitor(contract, options);
    const server = createServer((message, response) => {
      monitorNode(monitor, message, response);
      response.writeHead(status, { "content-type": "application/json" });
      response.write(body.slice(0, 5));
      response.end(Buffer.from(body.slice(5)));
    });
    return call(await listen(server));
  },
  express: async ({ status, body }, options) => {
    const app = express();
    app.use(expressMonitor(createMonitor(contract, options)));
    app.use(contract.basePath, (_request, response) => void response.status(status).type("json").send(body));
    return call(await listen(createServer(app)));
  },
  fastify: async ({ status, body }, options) => {
    const app = fastify();
    app.addHook("onSend", fastifyMonitor(createMonitor(contract, options)));
    app.get("*", (_request, reply) =>
      reply.code(status).header("content-type", "application/json").send(body),
    );
    closers.push(() => app.close());
    return call(await app.listen({ port: 0, host: "127.0.0.1" }));
  },
  fetch: async ({ status, body }, options) => {
    const handler = monitorFetch(
      createMonitor(contract, options),
      () => new Response(body, { status, headers: { "content-type": "application/json" } }),
    );
    const response = await handler(new Request(`http://in-process.example${path}`));
    return { status: response.status, body: await response.text() };
  },
};

/** Resolves with what is reported first. */
function firstReport(): { readonly report: Promise<MonitorReport>; readonly options: MonitorOptions } {
  let onViolation: MonitorOptions["onViolation"] = () => undefined;
  const report = new Promise<MonitorReport>((resolve) => {
    onViolation = resolve;
  });
  return { report, options: { onViolation } };
}

describe.each(Object.entries(hosts))("on %s", (_, host) => {
  test("a broken response is reported without its values, and arrives as it was sent", async () => {
    const { report, options } = firstReport();
    expect(await host({ status: 200, body: broken }, options)).toEqual({ status: 200, body: broken });
    const { operation, path: template, violations } = await report;
    expect({ operation, template }).toEqual({ operation: "getTemplate", template: "/templates/{id}" });
    expect(violations.map(({ rule }) => rule)).toEqual(["body-invalid"]);
    expect(JSON.stringify(violations)).not.toContain(id);
  });

  test("a right response, a sample of none and a busy second report nothing", async () => {
    const reports: unknown[] = [];
    const onViolation = (report: unknown) => reports.push(report);
    await host({ status: 404, body: refused }, { onViolation });
    await host({ status: 200, body: broken }, { onViolation, sample: 0 });
    await host({ status: 200, body: broken }, { onViolation, maxPerSecond: 0 });
    await host({ status: 200, body: broken }, { onViolation, maxBodyBytes: 3 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(reports).toEqual([]);
  });

  test("a listener that throws is heard of by nobody but onError", async () => {
    let onError: (error: unknown) => void = () => undefined;
    const failed = new Promise((resolve) => {
      onError = resolve;
    });
    const onViolation = () => {
      throw new Error("the listener");
    };
    const reply = await host({ status: 200, body: broken }, { onViolation, onError });
    expect(reply.status).toBe(200);
    expect(String(await failed)).toContain("the listener");
  });
});

describe("expectContract", () => {
  const expectContract = contractExpectation(contract);
  const response = (status: number, body: string) =>
    new Response(body, { status, headers: { "content-type": "application/json" } });

  test("passes a right response, whose body can still be read", async () => {
    const right = response(404, refused);
    await expectContract(right, { url: path });
    expect(await right.text()).toBe(refused);
  });

  test("fails with what is broken", async () => {
    await expect(expectContract(response(200, broken), { url: path })).rejects.toThrow(ContractBroken);
    await expect(expectContract(response(200, broken), { url: path })).rejects.toThrow(
      /body-invalid[^]*\/status/,
    );
    await expect(expectContract(response(418, "{}"), { url: path })).rejects.toThrow(/status-undeclared/);
  });

  test("takes Playwright's responses", async () => {
    const request = { method: () => "GET" };
    const page = {
      url: () => `http://x${path}`,
      status: () => 200,
      headers: () => ({ "content-type": "application/json" }),
      text: () => Promise.resolve(broken),
      request: () => request,
    };
    await expect(expectContract(page)).rejects.toThrow(/GET .*getTemplate|body-invalid/);
  });

  test("asks for the method where the path has several, and for an unread body", async () => {
    const two = { ...contract, operations: contract.operations.map((one) => ({ ...one, path: "/same" })) };
    await expect(
      contractExpectation(two)(response(404, refused), { url: `${contract.basePath}/same` }),
    ).rejects.toThrow(/say which/);
    const read = response(404, refused);
    await read.text();
    await expect(expectContract(read, { url: path })).rejects.toThrow(/read before/);
  });
});
