/** The recipes of docs/hosts.md that can run on Node: they compile, and serve what their hosts send them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someId } from "../support/canonical-api.ts";
import { typeErrors } from "../support/type-check.ts";

const root = join(import.meta.dirname, "../..");
const programs = Array.from(
  readFileSync(join(root, "docs/hosts.md"), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm),
  ([, program = ""]) => program,
);

/** Inside the repository, so that the runtime resolves by package name; git ignores it. */
const scratch = join(root, "tmp");
let folder = "";

const api = `
import { createApi } from "../../generated/server.js";
import { canonicalOptions } from "../../test/support/canonical-api.js";
export const api = createApi(canonicalOptions({
  journeys: { triggerJourney: ({ path }) => ({ status: 202, body: { runId: path.id, workflowId: path.id, status: "queued" } }) },
}));
`;

beforeAll(() => {
  mkdirSync(scratch, { recursive: true });
  folder = mkdtempSync(join(scratch, "hosts-"));
  writeFileSync(join(folder, "api.ts"), api.replaceAll('.js"', '.ts"'));
  for (const [index, program] of programs.entries()) {
    writeFileSync(join(folder, `host-${String(index)}.ts`), program.replaceAll('.js"', '.ts"'));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function host(file: string): Promise<Readonly<Record<string, unknown>>> {
  const index = programs.findIndex((program) => program.startsWith(`// ${file}\n`));
  const loaded: unknown = await import(pathToFileURL(join(folder, `host-${String(index)}.ts`)).href);
  return loaded as Readonly<Record<string, unknown>>; // a module is an object
}

const path = `/api/v1/public/journeys/${someId}/trigger`;
const body = JSON.stringify({ recipient: { email: "a@b.example" } });
const headers = { "x-api-key": "org1", "content-type": "application/json" };
const triggered = { runId: someId, workflowId: someId, status: "queued" };
const request = (): Request => new Request(`https://h${path}?a=b`, { method: "POST", headers, body });

type LambdaHandler = (event: object) => Promise<{ statusCode: number; body: string; headers: object }>;
type Handler = (request: Request, context?: object) => Promise<Response>;

describe("docs/hosts.md", () => {
  it("serves a route handler of Next.js", async () => {
    const { POST } = await host("app/api/[...path]/route.ts");
    // As Next.js calls it.
    const response = await (POST as Handler)(request(), { params: Promise.resolve({ path: ["x"] }) });
    expect([response.status, await response.json()]).toEqual([202, triggered]);
  });

  it("serves a module of Workers", async () => {
    const worker = (await host("worker.ts"))["default"] as { readonly fetch: Handler }; // as workerd calls it
    const response = await worker.fetch(request());
    expect([response.status, await response.json()]).toEqual([202, triggered]);
  });

  it.each([false, true])("serves an event of Lambda, in base64: %s", async (isBase64Encoded) => {
    const { handler } = await host("lambda.ts");
    const invoke = handler as LambdaHandler; // as Lambda calls it
    const result = await invoke({
      version: "2.0",
      rawPath: path,
      rawQueryString: "a=b",
      headers: { ...headers, "content-length": String(body.length) },
      cookies: ["a=1", "b=2"],
      body: isBase64Encoded ? Buffer.from(body).toString("base64") : body,
      isBase64Encoded,
      requestContext: { domainName: "h.example", http: { method: "POST", path } },
    });
    expect(result.statusCode).toBe(202);
    expect(JSON.parse(Buffer.from(result.body, "base64").toString())).toEqual(triggered);
    expect(result.headers).toMatchObject({ "content-type": "application/json" });
  });

  it("has programs that compile", () => {
    expect(programs).toHaveLength(3);
    expect(typeErrors([folder], { types: ["node"], lib: ["lib.es2023.d.ts"] })).toEqual([]);
  }, 60_000);
});
