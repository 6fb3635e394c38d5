/** The bundled client in a browser, against the example: what a page can do, and what the browser keeps from it. */
import { createServer, request as forward, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath, launchBrowser, mayLackBrowser } from "../support/browser.ts";
import { startExample, type Example } from "../support/example-service.ts";

const root = join(import.meta.dirname, "../..");
const skipped = browserPath === undefined && mayLackBrowser;
if (skipped) {
  console.warn(
    "No browser was found: the client is not run in one. CHROMIUM names one; CI never skips this.",
  );
}

/** What the page makes of the client; it runs in the browser, so it is given as text. */
const script = `
  import { createClient } from "./generated/client.ts";
  import { validateResponses } from "./generated/client/responses.ts";
  globalThis.run = async (key, what, input) => {
    const client = createClient({
      baseUrl: location.origin + "/api/v1/public",
      auth: { apiKey: key },
      validation: validateResponses("always"),
      retry: { attempts: 2, baseDelay: 1 },
    });
    const [group, name] = what.split(".");
    const { data, error, status } = await client[group][name](input);
    const { cause, ...rest } = error ?? {};
    return { data, status, error: error && rest };
  };
`;

interface Ran {
  readonly data?: unknown;
  readonly status?: number;
  readonly error?: Readonly<Record<string, unknown>>;
}

let browser: Browser;
let example: Example;
let site: Server;
let page: Page;
let key = "";

beforeAll(async () => {
  if (skipped) return;
  example = await startExample();
  key = example.mine.keys[0]?.key ?? "";
  const bundle = await build({
    stdin: { contents: script, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["lockstep-source"],
    write: false,
  });
  site = serve(bundle.outputFiles[0]?.text ?? "", new URL(example.url));
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  browser = await launchBrowser();
  page = await browser.newPage();
  // A TCP server has an address object.
  await page.goto(`http://127.0.0.1:${String((site.address() as AddressInfo).port)}/`);
  await page.waitForFunction("globalThis.run !== undefined");
}, 60_000);
afterAll(async () => {
  if (skipped) return;
  await browser.close();
  site.close();
  site.closeAllConnections();
  await example.close();
});

/** The page and the API on one origin, as behind any gateway; some paths misbehave. */
function serve(bundle: string, api: URL): Server {
  return createServer((request, response) => {
    const url = request.url ?? "/";
    if (url === "/") {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><meta charset="utf-8"><script type="module" src="/client.js"></script>');
    } else if (url === "/client.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(bundle);
    } else if (url.includes("/brand-kits/")) {
      response.writeHead(302, { location: "https://elsewhere.invalid/" }).end();
    } else if (url.includes("/segments")) {
      response.destroy();
    } else {
      const { method, headers } = request;
      const target = { host: "localhost", port: api.port, path: url, method, headers };
      request.pipe(
        forward(target, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        }),
      );
    }
  });
}

async function run(what: string, input: object, withKey = key): Promise<Ran> {
  const call = `run(${JSON.stringify(withKey)}, ${JSON.stringify(what)}, ${JSON.stringify(input)})`;
  return page.evaluate<Ran>(call);
}

const unknownId = "00000000-0000-4000-8000-000000000000";

describe.skipIf(skipped)("in a browser", () => {
  test("data comes through, checked by the generated validators", async () => {
    const { data, status, error } = await run("templates.list", { params: { query: { pageSize: 5 } } });
    expect(error).toBeUndefined();
    expect(status).toBe(200);
    expect(data).toHaveProperty("templates");
  });

  test("declared errors are typed", async () => {
    expect((await run("templates.get", { params: { path: { id: unknownId } } })).error).toMatchObject({
      kind: "contract",
      error: "not_found",
      status: 404,
    });
    expect((await run("templates.list", {}, "nobody")).error).toMatchObject({
      error: "unauthorized",
      status: 401,
    });
  });

  test("a POST carries its key and its body", async () => {
    const { error } = await run("broadcasts.sendPrepared", { body: { preparedSendId: unknownId } });
    expect(error).toMatchObject({ kind: "contract", error: "not_found", attempts: 1 });
  });

  test("a redirect is not followed, because nobody sees where it leads", async () => {
    expect((await run("brandKits.get", { params: { path: { id: unknownId } } })).error).toMatchObject({
      error: "unexpected_response",
      reason: "redirect",
    });
  });

  test("a broken connection is a network failure, tried again", async () => {
    expect((await run("segments.list", {})).error).toMatchObject({ error: "network_error", attempts: 2 });
  });
});
