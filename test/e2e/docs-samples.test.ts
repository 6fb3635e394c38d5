/** The code samples of the site, taken out of its pages: compiled or parsed all, run one for each way to retry. */
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalModel, fileAt, siteOf } from "../support/docs-site.ts";
import { startServer, type Answer, type ScriptedServer } from "../support/scripted-server.ts";
import { typeErrors } from "../support/type-check.ts";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "../..");
const server = "https://api.segmentflow.ai/api/v1/public";
/** Outside of the repository nothing finds its packages. */
const folder = new TemporaryFolder();

const samples = new Map<string, string>();
let mock: ScriptedServer;

beforeAll(async () => {
  const model = await canonicalModel();
  const site = siteOf(model);
  for (const { code } of model.errors.codes) {
    const page = fileAt(site, `errors/${code}/index.html`);
    for (const [, language = "", text = ""] of page.matchAll(
      /<code class="language-(\w+)">([\s\S]*?)<\/code>/g,
    )) {
      samples.set(`${code}/${language}`, textOf(text));
    }
  }
  mock = await startServer();
});
afterAll(async () => {
  await mock.close();
});

/** What a reader copies from the page. */
function textOf(markup: string): string {
  const plain = markup.replace(/<[^>]*>/g, "");
  return plain.replace(
    /&(lt|gt|quot|#39|amp);/g,
    (entity) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" })[entity] ?? "&",
  );
}

function of(language: string): [string, string][] {
  return [...samples]
    .filter(([name]) => name.endsWith(`/${language}`))
    .map(([name, text]) => [name.split("/")[0] ?? "", text]);
}

function available(command: string, ...options: string[]): boolean {
  return spawnSync(command, options, { stdio: "ignore" }).status === 0;
}

/** The error first, success then. */
function failsOnce(status: number, code: string, headers: Record<string, string> = {}): Answer[] {
  const body = { error: code, message: `It is ${code}.` };
  return [
    { status, body, headers },
    {
      status: 202,
      body: { broadcastId: "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1", status: "NotStarted", firstRedeem: true },
    },
  ];
}

/** One code for each way to retry, and whether a second request follows. */
const retried = [
  { code: "concurrent_redeem", status: 409, headers: {}, keys: "same" },
  { code: "rate_limited", status: 429, headers: { "retry-after": "1" }, keys: "same" },
  { code: "idempotency_key_reuse", status: 422, headers: {}, keys: "new" },
] as const;
const final = { code: "unauthorized", status: 401 } as const;

function sampleOf(code: string, language: string): string {
  const text = samples.get(`${code}/${language}`);
  if (text === undefined) throw new Error(`${code} has no sample in ${language}.`);
  return text.replaceAll(server, mock.url);
}

function keys(): (string | string[] | undefined)[] {
  return mock.seen.map(({ headers }) => headers["idempotency-key"]);
}

/** Runs a program for every way to retry and looks at what the server saw. */
function describeRuns(
  language: string,
  runProgram: (code: string, source: string) => Promise<{ failed: boolean; output: string }>,
): void {
  test.each(retried)("repeats the request after $code", async ({ code, status, headers, keys: expected }) => {
    mock.script(...failsOnce(status, code, headers));
    const { failed, output } = await runProgram(code, sampleOf(code, language));
    expect(failed, output).toBe(false);
    expect(mock.seen).toHaveLength(2);
    expect(mock.seen[0]?.headers["x-api-key"]).toBe("secret");
    const [first, second] = keys();
    expect(first).toBeTruthy();
    if (expected === "new") expect(second).not.toBe(first);
    else expect(second).toBe(first);
  });

  test("does not repeat it after unauthorized, and says why", async () => {
    mock.script({ status: final.status, body: { error: final.code, message: "The key is not good." } });
    const { failed, output } = await runProgram(final.code, sampleOf(final.code, language));
    expect(failed).toBe(true);
    expect(output).toContain("The key is not good.");
    expect(mock.seen).toHaveLength(1);
  });
}

async function program(
  command: string,
  options: readonly string[],
): Promise<{ failed: boolean; output: string }> {
  try {
    const { stdout, stderr } = await run(command, options, {
      env: { ...process.env, API_KEY: "secret", NO_PROXY: "*" },
      cwd: folder.path,
    });
    return { failed: false, output: stdout + stderr };
  } catch (error) {
    // execFile rejects with what the program has printed.
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return { failed: true, output: stdout + stderr };
  }
}

test("every code has a sample in each language", () => {
  for (const language of ["typescript", "curl", "python", "go"])
    expect(of(language), language).toHaveLength(14);
});

describe("TypeScript", () => {
  test("compiles under the strictest options against the generated client", () => {
    const place = join(repository, "node_modules/.cache/lockstep-samples");
    mkdirSync(place, { recursive: true });
    for (const [code, text] of of("typescript")) {
      writeFileSync(
        join(place, `${code}.ts`),
        text.replace("./generated/client.js", join(repository, "generated/client.ts")),
      );
    }
    expect(typeErrors([place], { types: ["node"] })).toEqual([]);
  });

  test.each(["concurrent_redeem", "unauthorized", "prepared_send_expired"])(
    "of %s runs, and meets its code",
    async (code) => {
      const body = {
        error: code,
        message: `It is ${code}.`,
        ...(code === "prepared_send_expired" ? { details: { reason: "lapsed" } } : {}),
      };
      mock.script({ status: { concurrent_redeem: 409, unauthorized: 401 }[code] ?? 410, body });
      const shown: unknown[] = [];
      const source = sampleOf(code, "typescript")
        .replace(/^import .*$/m, "")
        .replace(
          "createClient({",
          `createClient({ baseUrl: ${JSON.stringify(mock.url)}, retry: { attempts: 2, baseDelay: 1 },`,
        );
      const script = ts.transpile(`export default async (createClient, console, process) => {${source}};`, {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
      });
      const { createClient } = await import("../../generated/client.ts");
      // The module that has just been written.
      const module = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
        default: (...given: unknown[]) => Promise<void>;
      };
      const print = (...values: unknown[]): unknown => shown.push(...values);
      await module.default(createClient, { log: print, error: print }, { env: { API_KEY: "secret" } });
      expect(shown[0]).toBe(`It is ${code}.`);
      expect(mock.seen).toHaveLength(code === "concurrent_redeem" ? 2 : 1);
    },
  );
});

describe.skipIf(!available("python3", "-c", "import requests"))("Python", () => {
  test("parses", async () => {
    const file = folder.write("all.json", JSON.stringify(of("python")));
    const check = `import ast, json\nfor name, text in json.load(open(${JSON.stringify(file)})): ast.parse(text, name)`;
    expect(await program("python3", ["-c", check])).toEqual({ failed: false, output: "" });
  });

  describeRuns("python", (_code, source) => program("python3", ["-c", source]));
});

describe.skipIf(!available("bash", "-c", "command -v curl && command -v jq"))("curl", () => {
  test("parses", async () => {
    for (const [name, text] of of("curl"))
      expect(await program("bash", ["-n", folder.write(`${name}.sh`, text)]), name).toEqual({
        failed: false,
        output: "",
      });
  });

  describeRuns("curl", (_code, source) => program("bash", ["-c", source]));
});

describe.skipIf(!available("go", "version"))("Go", () => {
  test("is formatted as gofmt does, and vets", async () => {
    for (const [name, text] of of("go")) folder.write(`go/${name}/main.go`, `${text}\n`);
    folder.write("go/go.mod", "module samples\n\ngo 1.18\n");
    expect(await program("gofmt", ["-l", folder.path])).toEqual({ failed: false, output: "" });
    const vet = await run("go", ["vet", "./..."], {
      cwd: join(folder.path, "go"),
      env: { ...process.env, GOFLAGS: "-mod=mod", GOPROXY: "off" },
    });
    expect(vet.stderr).toBe("");
  });
});
