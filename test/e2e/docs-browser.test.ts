/** The site in a browser: from files and from a sub-path, offline, by keyboard, for readers of every kind. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { siteFiles } from "../../generator/cli/docs/site-files.ts";
import { serveFolder } from "../../generator/cli/docs/serve-site.ts";
import { emitDocs } from "../../generator/emit/docs/emit.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { browserPath, launchBrowser, mayLackBrowser } from "../support/browser.ts";
import { canonicalModel, hostileDocument, modelOf } from "../support/docs-site.ts";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const repository = join(import.meta.dirname, "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const skipped = browserPath === undefined && mayLackBrowser;
if (skipped)
  console.warn("No browser was found: the site is not looked at. CHROMIUM names one; CI never skips this.");

const pagePaths = [
  "index.html",
  "errors/index.html",
  "errors/prepared_send_expired/index.html",
  "errors/forbidden/index.html",
  "operations/index.html",
  "changelog/index.html",
  "reference/index.html",
];
const reference = "reference/index.html";

let browser: Browser;
let server: Server;
let model: ApiModel;
const bases: Record<"files" | "sub-path" | "hostile", string> = { files: "", "sub-path": "", hostile: "" };
const folder = new TemporaryFolder();

function write(root: string, files: readonly { path: string; content: string }[]): void {
  for (const { path, content } of files) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

beforeAll(async () => {
  if (skipped) return;
  const changelog = folder.write("CHANGELOG.md", "# Changelog\n\n## 1.0.0\n\n- `a` is new\n");
  const api = {
    name: "public",
    document: join(repository, "openapi/openapi.yaml"),
    out: folder.path,
    docs: { changelog },
    importExtension: ".js",
    allowRemoteRefs: false,
    allowRefFolders: [],
  } as const;
  [browser, model] = await Promise.all([launchBrowser(), canonicalModel()]);
  const { output, diagnostics } = await siteFiles(api, repository, () => undefined);
  if (output === undefined) throw new Error(JSON.stringify(diagnostics));
  write(join(folder.path, "host/some/path"), output.files);
  const script = output.files.find(({ path }) => path === "assets/redoc.js")?.content ?? "";
  const hostile = emitDocs(modelOf(hostileDocument), {
    templates: new Map(),
    openapiJson: "{}",
    redoc: { script, version: "" },
  });
  write(join(folder.path, "hostile"), hostile.files);
  server = await serveFolder(join(folder.path, "host"), 0);
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  bases.files = `${pathToFileURL(join(folder.path, "host/some/path")).href}/`;
  bases["sub-path"] = `http://127.0.0.1:${String(port)}/some/path/`;
  bases.hostile = `${pathToFileURL(join(folder.path, "hostile")).href}/`;
}, 60_000);

afterAll(async () => {
  if (skipped) return;
  await browser.close();
  server.close();
});

interface Visit {
  readonly page: Page;
  /** Errors, warnings and requests that leave the site. */
  readonly complaints: string[];
}

async function visit(address: string, base: string, options: { scripts?: boolean } = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    javaScriptEnabled: options.scripts ?? true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(?:data|blob):/.test(request.url()))
      complaints.push(`request ${request.url()}`);
  });
  await page.goto(base + address);
  if (address.startsWith(reference) && options.scripts !== false)
    await page.locator("#api-content").waitFor();
  return { page, complaints };
}

async function close({ page }: Visit): Promise<void> {
  await page.context().close();
}

describe.skipIf(skipped)("every kind of page", () => {
  test.each(pagePaths)(
    "from files: %s has nothing to complain of, for axe-core neither, light or dark, wide or narrow",
    async (path) => {
      const seen = await visit(path, bases.files);
      const { page } = seen;
      expect(await page.locator("h1").first().isVisible()).toBe(true);
      await page.evaluate(axe);
      // What Redoc builds is its own.
      const scope = { include: ["html"], exclude: ["#redoc"] };
      for (const mode of ["light", "dark"]) {
        const found = await page.evaluate(
          `axe.run(${JSON.stringify(scope)}, { preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" | ")))`,
        );
        expect(found, mode).toEqual([]);
        await page.getByRole("button", { name: "Switch between light and dark" }).click();
      }
      await page.setViewportSize({ width: 360, height: 740 });
      expect(
        await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"),
      ).toBeLessThanOrEqual(0);
      expect(seen.complaints).toEqual([]);
      await close(seen);
    },
  );

  test("prints in the light theme, without navigation, with every sample and every dot", async () => {
    const seen = await visit("errors/rate_limited/index.html", bases.files);
    const { page } = seen;
    await page.evaluate("document.documentElement.classList.replace('light', 'dark')");
    await page.emulateMedia({ media: "print" });
    expect(
      await page.locator(".bar nav, .mode, .tabs, .copy").evaluateAll((all) => all.length),
    ).toBeGreaterThan(3);
    expect(await page.locator(".bar nav:visible, .mode:visible, .tabs:visible, .copy:visible").count()).toBe(
      0,
    );
    expect(await page.locator(".sample:visible").count()).toBe(4);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.goto(`${bases.files}operations/index.html`);
    // Browsers leave backgrounds out of print; borders stay.
    const dot = "getComputedStyle(document.querySelector('.dot'), '::after')";
    expect(await page.evaluate(`Number.parseFloat(${dot}.borderTopWidth)`)).toBeGreaterThan(2);
    await close(seen);
  });

  test("works from a sub-path", async () => {
    for (const path of ["index.html", "errors/forbidden/index.html", reference]) {
      const seen = await visit(path, bases["sub-path"]);
      expect(await seen.page.locator("h1").first().isVisible(), path).toBe(true);
      expect(seen.complaints, path).toEqual([]);
      await close(seen);
    }
  });

  test("is readable without scripts", async () => {
    const seen = await visit("errors/index.html", bases.files, { scripts: false });
    expect(await seen.page.locator(".row").count()).toBeGreaterThan(14);
    expect(await seen.page.locator(".filters").isVisible()).toBe(false);
    await close(seen);
    const samples = await visit("errors/rate_limited/index.html", bases.files, { scripts: false });
    expect(await samples.page.locator(".sample:visible").count()).toBe(4);
    await close(samples);
    const outline = await visit(reference, bases.files, { scripts: false });
    expect(await outline.page.locator("#outline .row").count()).toBe(model.operations.length);
    await close(outline);
  });
});

describe.skipIf(skipped)("the catalogue", () => {
  test("finds a code by a fragment, by keyboard alone", async () => {
    const seen = await visit("errors/index.html", bases["sub-path"]);
    const { page } = seen;
    await page.keyboard.press("/");
    await page.keyboard.type("concur redee");
    expect(await page.locator(".group .row:visible").allInnerTexts()).toEqual([
      expect.stringContaining("concurrent_redeem"),
    ]);
    expect(await page.locator(".found").innerText()).toBe("1 of 14 codes");
    expect(page.url()).toContain("?q=concur+redee");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/errors/concurrent_redeem/index.html");
    await close(seen);
  });

  test("filters by status, retry, who can fix it, and operation", async () => {
    const seen = await visit("errors/index.html", bases.files);
    const shown = async (): Promise<string[]> =>
      seen.page.locator(".group .row:visible .name code").allInnerTexts();
    await seen.page.selectOption("#by-status", "403");
    expect(await shown()).toEqual(["insufficient_scope", "send_not_allowed"]);
    await seen.page.selectOption("#by-operation", { label: "GET /broadcasts/{id}" });
    expect(await shown()).toEqual(["insufficient_scope"]);
    await seen.page.selectOption("#by-retry", "after-delay");
    expect(await shown()).toEqual([]);
    await seen.page.getByRole("button", { name: "Clear the filters" }).click();
    expect(await shown()).toHaveLength(14);
    await seen.page.selectOption("#by-fixer", "administrator");
    expect(await shown()).toEqual(["insufficient_scope", "send_not_allowed"]);
    await close(seen);
  });

  test("shows samples as tabs that arrow keys move between", async () => {
    const seen = await visit("errors/rate_limited/index.html", bases.files);
    await seen.page.getByRole("tab", { name: "TypeScript" }).focus();
    await seen.page.keyboard.press("ArrowRight");
    await seen.page.keyboard.press("ArrowRight");
    expect(await seen.page.locator(".sample:visible code").innerText()).toContain("import requests");
    await close(seen);
  });

  test("switches between light and dark, and remembers", async () => {
    const seen = await visit("errors/rate_limited/index.html", bases["sub-path"]);
    const colour = (): Promise<unknown> =>
      seen.page.evaluate("getComputedStyle(document.body).backgroundColor");
    const before = await colour();
    await seen.page.getByRole("button", { name: "Switch between light and dark" }).click();
    const after = await colour();
    expect(after).not.toBe(before);
    await seen.page.goto(`${bases["sub-path"]}index.html`);
    expect(await colour()).toBe(after);
    await close(seen);
  });
});

/** The `href`s of what a selector finds. */
async function hrefs(page: Page, selector: string): Promise<string[]> {
  const found = await page.evaluate(
    `Array.from(document.querySelectorAll(${JSON.stringify(selector)}), (link) => link.getAttribute("href"))`,
  );
  return Array.isArray(found) ? found.map(String) : [];
}

describe.skipIf(skipped)("the reference", () => {
  test("opens at the operation that an error's page or the table leads to, and leads back", async () => {
    const table = await visit("operations/index.html", bases.files);
    const links = await hrefs(table.page, "tbody th[scope=row] a");
    expect(links).toHaveLength(model.operations.length);
    await close(table);
    // Two of them: each takes seconds, all are made alike, and the next test looks at every address.
    for (const index of [2, 13]) {
      const operation = model.operations[index];
      const opened = await visit((links[index] ?? "").replace(/^(?:\.\.\/)+/, ""), bases.files);
      const heading = opened.page.locator("#redoc h2", { hasText: operation?.summary ?? "" }).first();
      await heading.waitFor();
      await expect.poll(async () => (await heading.boundingBox())?.y ?? -1).toBeLessThan(500);
      const page = `errors/${operation?.errors[0]?.code ?? ""}/index.html`;
      expect(await opened.page.locator(`#redoc a[href$="${page}"]`).first().isVisible()).toBe(true);
      expect(opened.complaints).toEqual([]);
      await close(opened);
    }
  });

  test("names every operation in its menu, under the address that we link to", async () => {
    const seen = await visit(reference, bases.files);
    const outline = await hrefs(await outlinePage(), "#outline .row > a");
    const named: string[] = [];
    for (const { name } of model.tags) {
      await seen.page.locator("#redoc .menu-content").getByText(name, { exact: true }).click();
      named.push(...(await hrefs(seen.page, "#redoc a[href^='#/']")));
    }
    expect(outline).toHaveLength(model.operations.length);
    for (const address of outline) expect(named).toContain(address.replace(/^[^#]*/, ""));
    await close(seen);
  });
});

/** The reference as it is before its script has run. */
async function outlinePage(): Promise<Page> {
  return (await visit(reference, bases.files, { scripts: false })).page;
}

describe.skipIf(skipped)("a document of an attacker", () => {
  test.each([
    "index.html",
    "errors/index.html",
    "errors/gone/index.html",
    "operations/index.html",
    reference,
  ])("runs nothing and loads nothing in %s", async (path) => {
    const seen = await visit(path, bases.hostile);
    await seen.page.mouse.move(300, 300);
    expect(await seen.page.evaluate("globalThis.owned")).toBeUndefined();
    expect(seen.complaints).toEqual([]);
    const scripts = await seen.page.evaluate(
      "[...document.querySelectorAll('a[href]')].filter((a) => /^(javascript|data|vbscript):/i.test(a.getAttribute('href'))).length",
    );
    expect(scripts).toBe(0);
    await close(seen);
  });
});
