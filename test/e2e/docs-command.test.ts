/** `lockstep docs`: builds, finds drift, shows what is wrong with what it was given, serves. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRedoc } from "../../generator/cli/docs/redoc.ts";
import { serveFolder } from "../../generator/cli/docs/serve-site.ts";
import { Project, smallDocument } from "./cli-run.ts";

const config = "apis:\n  small:\n    document: openapi.yaml\n    out: generated\n";
let project: Project;

beforeAll(() => {
  project = new Project();
  project.write({ "lockstep.yaml": config, "openapi.yaml": smallDocument("listThings") });
});
afterAll(() => {
  project.remove();
});

const site = (path: string): string => project.path(join("generated/docs", path));

describe("lockstep docs", () => {
  test("builds a site, whose check then finds no drift, without Redoc's bundle too", async () => {
    const built = await project.run(["docs"]);
    expect(built, built.err).toMatchObject({ code: 0 });
    expect(readFileSync(site("reference/index.html"), "utf8")).toContain("List things");
    expect(readFileSync(site("assets/redoc.js"), "utf8")).toContain("lockstepRedoc");
    rmSync(site("assets/redoc.js"));
    expect(await project.run(["docs", "--check"])).toMatchObject({ code: 0 });
  });

  test("finds a page that was edited, and says which command mends it", async () => {
    const page = readFileSync(site("index.html"), "utf8");
    writeFileSync(site("index.html"), page.replace("Small", "Great"));
    const { code, out } = await project.run(["docs", "--check"]);
    expect(code).toBe(1);
    expect(out).toContain("modified: index.html");
    expect(out).toContain("Run `lockstep docs`");
    writeFileSync(site("index.html"), page);
  });

  test("finds another bundle than the one that was recorded", async () => {
    const manifest = readFileSync(site("manifest.json"), "utf8");
    const recorded = /"assets\/redoc\.js": "([0-9a-f]{64})"/.exec(manifest)?.[1] ?? "";
    writeFileSync(site("manifest.json"), manifest.replace(recorded, "0".repeat(64)));
    expect(await project.run(["docs", "--check"])).toMatchObject({ code: 1 });
    writeFileSync(site("manifest.json"), manifest);
  });

  test("takes the changelog beside the document, a theme, and templates", async () => {
    project.write({
      "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\nThe first.\n",
      "site/theme.css": ":root { --accent: teal; }\n",
      "site/templates/changelog.html.hbs": "<h1>What is new</h1>{{markdown text 2}}\n",
      "lockstep.yaml": `${config}    docs: { theme: site/theme.css, templates: site/templates, title: Ours }\n`,
    });
    expect(await project.run(["docs"])).toMatchObject({ code: 0 });
    const page = readFileSync(site("changelog/index.html"), "utf8");
    expect(page).toContain("<h1>What is new</h1><h2>1.0.0</h2>");
    expect(page).toContain("assets/theme.css");
    expect(page).toContain("<span>Ours</span>");
  });

  test.each([
    [
      "a template that fails",
      { "site/templates/error.md.hbs": "", "site/templates/start.html.hbs": "{{nothing}}" },
      "lockstep/docs-template",
      "nothing",
    ],
    [
      "a template that replaces nothing",
      { "site/templates/strat.html.hbs": "" },
      "lockstep/docs-template",
      "Did you mean start.html.hbs?",
    ],
  ])("refuses %s, and writes nothing", async (_what, files, code, reason) => {
    project.write({
      ...files,
      "lockstep.yaml": `${config}    docs: { templates: site/templates, out: nowhere }\n`,
    });
    const { code: exit, err } = await project.run(["docs"]);
    expect(exit).toBe(1);
    expect(err).toContain(code);
    expect(err).toContain(reason);
    expect(existsSync(project.path("nowhere"))).toBe(false);
    for (const path of Object.keys(files)) rmSync(project.path(path));
  });

  test("names a theme that is not there", async () => {
    project.write({ "lockstep.yaml": `${config}    docs: { theme: gone.css }\n` });
    const { code, err } = await project.run(["docs"]);
    expect(code).toBe(1);
    expect(err).toContain("lockstep/docs-file");
    expect(err).toContain("gone.css");
  });
});

describe("Redoc", () => {
  test("of a version with another form is a diagnostic, not a broken page", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lockstep-redocly-"));
    const cli = join(folder, "node_modules/@redocly/cli");
    mkdirSync(cli, { recursive: true });
    writeFileSync(
      join(cli, "package.json"),
      JSON.stringify({ name: "@redocly/cli", version: "9.0.0", bin: { redocly: "cli.cjs" } }),
    );
    writeFileSync(join(cli, "cli.cjs"), 'require("node:fs").writeFileSync("page.html", "<redoc></redoc>")');
    const { diagnostic } = await findRedoc(folder);
    expect(diagnostic?.code).toBe("lockstep/docs-redoc");
    expect(diagnostic?.message).toContain("@redocly/cli 9.0.0");
    rmSync(folder, { recursive: true });
  });

  test("is the same, copied from the package or asked of its command", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lockstep-redocly-"));
    const cli = join(folder, "node_modules/@redocly/cli");
    mkdirSync(cli, { recursive: true });
    writeFileSync(
      join(cli, "package.json"),
      JSON.stringify({ name: "@redocly/cli", version: "2.0.0", bin: { redocly: "cli.mjs" } }),
    );
    const real = createRequire(import.meta.url).resolve("@redocly/cli/package.json");
    const executable = pathToFileURL(join(real, "../bin/cli.js")).href;
    writeFileSync(join(cli, "cli.mjs"), `await import(${JSON.stringify(executable)});`);
    const asked = await findRedoc(folder);
    rmSync(folder, { recursive: true });
    expect(asked.diagnostic).toBeUndefined();
    expect(asked).toEqual(await findRedoc(join(import.meta.dirname, "../..")));
  }, 60_000);

  test("asks no other host: its addresses there are gone", async () => {
    const { bundle } = await findRedoc(join(import.meta.dirname, "../.."));
    expect(bundle?.script).not.toMatch(/cdn\.redoc|otel\.cloud/);
    expect(bundle?.script).toMatch(/^\/\*\*[\s\S]*@license MIT/);
  });
});

describe("serving", () => {
  test("stays inside of the folder, and sends folders to their slash", async () => {
    project.write({ "served/a/index.html": "A", "secret.txt": "secret", "outside/index.html": "secret" });
    symlinkSync("../secret.txt", project.path("served/link.txt"));
    symlinkSync("../outside", project.path("served/link"));
    symlinkSync("a/index.html", project.path("served/inside.html"));
    const server = await serveFolder(project.path("served"), 0);
    // A server that listens on a port has an address of this form.
    const { port } = server.address() as AddressInfo;
    const get = (
      path: string,
      host = `localhost:${port}`,
    ): Promise<{ status: number | undefined; location: string | undefined }> =>
      new Promise((resolve, reject) => {
        request({ port, host: "127.0.0.1", path, headers: { host } }, (response) => {
          response.resume();
          resolve({ status: response.statusCode, location: response.headers.location });
        })
          .on("error", reject)
          .end();
      });
    expect(await get("/a/")).toMatchObject({ status: 200 });
    expect(await get("/a?x")).toEqual({ status: 308, location: "./a/" });
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/%zz",
      "/nothing",
      "/link.txt",
      "/link/",
      "/link",
    ]) {
      expect(await get(path), path).toMatchObject({ status: 404 });
    }
    expect(await get("/inside.html")).toMatchObject({ status: 200 });
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"])
      expect(await get("/a/", host), host).toMatchObject({ status: 421 });
    server.close();
  });
});
