/** The documentation site as files: complete, valid, linked, small, the same every time. */
import { HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { canonicalModel, fileAt, largeDocument, modelOf, pagesOf, siteOf } from "../support/docs-site.ts";
import { brokenLinks } from "../support/site-links.ts";

let model: ApiModel;
let site: ReadonlyMap<string, string>;

beforeAll(async () => {
  model = await canonicalModel();
  site = siteOf(model, {
    changelog: "# Changelog\n\n## 1.0.0\n\nFirst.\n",
    siteUrl: "https://docs.example.com/api/",
  });
});

describe("pages", () => {
  test("are valid HTML, with ids that are unique", async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:standard", "html-validate:document"],
      rules: {
        // Style of writing, not validity: void elements and attributes are as HTML serializes them.
        "void-style": "off",
        "doctype-style": "off",
        "no-trailing-whitespace": "off",
        "long-title": "off",
        // Browsers check no integrity of what comes from `file:`: such a page would have no style.
        "require-sri": "off",
        "no-inline-style": "error",
        // Names of codes are as long as they are.
        "tel-non-breaking": "off",
      },
    });
    const complaints: string[] = [];
    for (const [path, page] of pagesOf(site)) {
      const { results } = await validator.validateString(page);
      for (const { messages } of results) {
        complaints.push(
          ...messages.map(({ ruleId, message, line }) => `${path}:${String(line)} ${ruleId}: ${message}`),
        );
      }
    }
    expect(complaints).toEqual([]);
  });

  test("lead nowhere that does not exist, in HTML and in Markdown", () => {
    const { checked, broken } = brokenLinks(site);
    expect(broken).toEqual([]);
    expect(checked).toBeGreaterThan(500);
  });

  test("are there for every code, retired ones too, at the address that the catalogue names", () => {
    for (const { code } of [...model.errors.codes, ...model.errors.retired]) {
      expect(fileAt(site, `errors/${code}/index.html`)).toContain(`<h1><code>${code}</code></h1>`);
    }
    expect(fileAt(site, "errors/forbidden/index.html")).toContain("This code is retired.");
  });

  test("of an error say all there is to say", () => {
    const page = fileAt(site, "errors/idempotency_in_progress/index.html").replace(/<\/?span[^>]*>/g, "");
    for (const text of ["409 Conflict", "Retry after a delay.", "Retry-After: 2", "Since", "What to do"])
      expect(page).toContain(text);
    for (const language of ["typescript", "curl", "python", "go"])
      expect(page).toContain(`language-${language}`);
    const details = fileAt(site, "errors/bad_request/index.html");
    expect(details).toContain("<code>issues[].pointer</code>");
    expect(fileAt(site, "errors/unauthorized/index.html")).toContain("every operation");
  });

  test("have a twin in Markdown each", () => {
    for (const [path] of pagesOf(site)) expect(fileAt(site, `${path}.md`)).toMatch(/^# /);
  });

  test("have canonical links and a sitemap where the site has an address, and only there", () => {
    expect(fileAt(site, "errors/not_found/index.html")).toContain(
      '<link rel="canonical" href="https://docs.example.com/api/errors/not_found/">',
    );
    expect(fileAt(site, "sitemap.xml")).toContain(
      "<loc>https://docs.example.com/api/errors/not_found/</loc>",
    );
    expect(fileAt(site, "llms.txt")).toContain(
      "(https://docs.example.com/api/errors/not_found/index.html.md)",
    );
    const plain = siteOf(model);
    expect(plain.has("sitemap.xml")).toBe(false);
    expect(fileAt(plain, "errors/not_found/index.html")).not.toContain("canonical");
    expect(fileAt(plain, "llms.txt")).toContain("(errors/not_found/index.html.md)");
  });

  test("show every operation's codes to those who run no script, and to Redoc", () => {
    expect(fileAt(site, "reference/index.html")).toContain("../errors/concurrent_redeem/index.html");
    const definition = fileAt(site, "reference/document.js");
    expect(definition).toContain("[`concurrent_redeem`](../errors/concurrent_redeem/index.html)");
  });
});

describe("files for programs", () => {
  test("llms.txt has the form of llmstxt.org", () => {
    const [title, blank, summary] = fileAt(site, "llms.txt").split("\n");
    expect(title).toBe("# Segmentflow Public API");
    expect(blank).toBe("");
    expect(summary).toMatch(/^> /);
    const sections = fileAt(site, "llms.txt").match(/^## .+$/gm);
    expect(sections).toEqual(["## Pages", "## Error codes", "## Data", "## Optional"]);
  });

  test("llms-full.txt holds every page", () => {
    const full = fileAt(site, "llms-full.txt");
    for (const [path] of pagesOf(site)) expect(full).toContain(fileAt(site, `${path}.md`).trimEnd());
  });

  test("errors.json is the catalogue, with the schemas of its details", () => {
    // An object, or the members below would not be there.
    const content = JSON.parse(fileAt(site, "errors.json")) as Record<string, object>;
    expect(content["codes"]).toHaveLength(model.errors.codes.length);
    expect(content["retired"]).toHaveLength(1);
    expect(Object.keys(content["schemas"] ?? {})).toContain("RequestIssue");
  });
});

describe("size", () => {
  const many = siteOf(modelOf(largeDocument(600)));

  test("an error's page stays under 30 kB, however many operations return it", () => {
    for (const pages of [site, many]) {
      for (const [path, page] of pagesOf(pages).filter(([path]) => /^errors\/./.test(path))) {
        if (path !== "errors/index.html") expect(Buffer.byteLength(page), path).toBeLessThan(30_000);
      }
    }
    expect(fileAt(many, "errors/gone/index.html")).toContain("And 570 more");
  });

  test("the site grows with the operations, and no faster", () => {
    const bytes = (files: ReadonlyMap<string, string>): number =>
      [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const fixed = bytes(siteOf(modelOf(largeDocument(1))));
    expect((bytes(many) - fixed) / (bytes(siteOf(modelOf(largeDocument(150)))) - fixed)).toBeLessThan(4.3);
  });
});

describe("a document without a catalogue", () => {
  const bare = {
    openapi: "3.1.0",
    info: { title: "Bare", version: "1" },
    paths: { "/a": { get: { responses: { "200": { description: "ok" } } } } },
  };

  test("has a site without pages about codes, and nothing leads to them", () => {
    const pages = siteOf(modelOf(bare));
    expect([...pages.keys()].filter((path) => /^(?:errors|operations)\//.test(path))).toEqual([]);
    for (const [path, page] of pagesOf(pages))
      expect(page, path).not.toMatch(/errors\/|operations\/index|errors\.json|error codes/);
    expect(brokenLinks(pages).broken).toEqual([]);
  });
});

describe("a document whose codes are read off its responses", () => {
  const problem = (code: string): JsonObject => ({
    allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { const: code } } }],
  });
  const inferred: JsonObject = {
    openapi: "3.1.0",
    info: { title: "Shop", version: "1" },
    paths: {
      "/orders": {
        post: {
          responses: {
            "201": { description: "ok" },
            "409": {
              description: "no",
              content: { "application/problem+json": { schema: problem("out_of_stock") } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Problem: {
          type: "object",
          required: ["title", "status", "code"],
          properties: { title: { type: "string" }, status: { type: "integer" }, code: { type: "string" } },
        },
      },
    },
  };

  test("says each code once, not again as its title, and shows a body that its schema allows", () => {
    const site = siteOf(modelOf(inferred));
    const page = fileAt(site, "errors/out_of_stock/index.html");
    expect(page).not.toContain('<p class="lead">out_of_stock');
    expect(page).toContain('content="Returned by 1 operation with 409 Conflict."');
    const text = page.replace(/<\/?span[^>]*>/g, "");
    expect(text).toContain("HTTP/1.1 409 Conflict\nContent-Type: application/problem+json");
    expect(text).toContain("&quot;status&quot;: 409,\n  &quot;code&quot;: &quot;out_of_stock&quot;");
    expect(fileAt(site, "llms.txt")).not.toContain("outofstock");
  });
});

test("the same document makes the same site", () => {
  expect([...siteOf(model)]).toEqual([...siteOf(model)]);
});

describe("templates of one's own", () => {
  test("take the place of ours one by one", () => {
    const own = siteOf(model, { templates: new Map([["retired.html.hbs", "<h1>Gone: {{code}}</h1>"]]) });
    expect(fileAt(own, "errors/forbidden/index.html")).toContain("<h1>Gone: forbidden</h1>");
    expect(fileAt(own, "errors/not_found/index.html")).toBe(
      fileAt(siteOf(model), "errors/not_found/index.html"),
    );
  });

  test.each([
    ["a name that is not there", "{{nothing}}", "nothing"],
    ["unescaped text", "{{{code}}}", "must not print unescaped text"],
    ["a syntax error", "{{#if code}}", "Parse error"],
  ])("are refused for %s", (_what, source, reason) => {
    expect(() => siteOf(model, { templates: new Map([["retired.html.hbs", source]]) })).toThrow(reason);
  });
});
