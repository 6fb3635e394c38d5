/** lockstep.yaml: found from below, typed, every mistake at its line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isWithinRepository, type Permissions } from "../../generator/config/bounds.ts";
import { findConfig } from "../../generator/config/find.ts";
import { apiKeys, readConfig, rootKeys, type ReadConfig } from "../../generator/config/read.ts";
import { suggest } from "../../generator/diagnostics/suggest.ts";

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "lockstep-config-"));
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

function read(body: string, permissions?: Permissions): ReadConfig {
  writeFileSync(join(base, "lockstep.yaml"), body);
  return readConfig(join(base, "lockstep.yaml"), base, permissions);
}

/** `line:column code message | fix` of each diagnostic. */
function complaints(body: string): string[] {
  return read(body).diagnostics.map(
    ({ code, message, fix, location }) =>
      `${location?.line ?? 0}:${location?.column ?? 0} ${code.replace("lockstep/", "")} ${message} | ${fix ?? ""}`,
  );
}

describe("a sound configuration", () => {
  test("has absolute paths and every option", () => {
    expect(
      read("apis:\n  public:\n    document: openapi/api.yaml\n    out: generated\n").config?.apis,
    ).toEqual([
      {
        name: "public",
        document: join(base, "openapi/api.yaml"),
        out: join(base, "generated"),
        docs: {},
        importExtension: ".js",
        allowRemoteRefs: false,
        allowRefFolders: [],
      },
    ]);
  });

  test.each([
    ["strict: true", false],
    ["strict: false", true],
    ["strict: true, impliedTypes: true", true],
    ["allowRemoteRefs: false", undefined],
  ])("implies types by what it says of strictness: %s", (members, impliedTypes) => {
    const { config } = read(`apis: { a: { document: a.yaml, out: g, ${members} } }`);
    expect(config?.apis[0]?.impliedTypes).toBe(impliedTypes);
  });

  test("has the site's paths absolute, and its address with a slash at the end", () => {
    const { config } = read(`apis:
  public:
    document: api.yaml
    out: generated
    docs: { siteUrl: "https://docs.example.com/api", theme: docs/theme.css, templates: docs/templates, title: Ours }
`);
    expect(config?.apis[0]?.docs).toEqual({
      siteUrl: "https://docs.example.com/api/",
      theme: join(base, "docs/theme.css"),
      templates: join(base, "docs/templates"),
      title: "Ours",
    });
  });

  test.each(["ftp://example.com", "docs.example.com", "https://example.com/?a", "https://example.com/#a"])(
    "refuses %s as the address of a site",
    (siteUrl) => {
      const { diagnostics } = read(
        `apis:\n  a:\n    document: a.yaml\n    out: o\n    docs:\n      siteUrl: "${siteUrl}"\n`,
      );
      expect(diagnostics).toMatchObject([{ code: "lockstep/config-value", location: { line: 6 } }]);
    },
  );

  test("takes several APIs in order, with their options", () => {
    const { config } = read(
      `apis:
  b: { document: b.yaml, out: gen/b, importExtension: .ts, allowRefFolders: [../shared] }
  a: { document: "https://example.com/a.yaml", out: gen/a, allowRemoteRefs: true }
`,
      { trusted: true },
    );
    expect(config?.apis.map(({ name }) => name)).toEqual(["b", "a"]);
    expect(config?.apis[0]).toMatchObject({
      importExtension: ".ts",
      allowRefFolders: [join(base, "../shared")],
    });
    expect(config?.apis[1]).toMatchObject({ document: "https://example.com/a.yaml", allowRemoteRefs: true });
  });

  test("is the one of this repository", () => {
    const root = join(import.meta.dirname, "../..");
    expect(readConfig(join(root, "lockstep.yaml"), root).diagnostics).toEqual([]);
  });
});

describe("mistakes", () => {
  test.each([
    [
      "apis:\n  a:\n    document: a.yaml\n    ouy: generated\n",
      [
        "4:5 config-unknown-key `apis.a` has no key `ouy`. | Did you mean `out`?",
        "2:3 config-value `apis.a` lacks `out`. | Add `out`.",
      ],
    ],
    [
      "api:\n  a: {}\n",
      [
        "1:1 config-unknown-key The configuration has no key `api`. | Did you mean `apis`?",
        "1:1 config-value The configuration lacks `apis`. | Add `apis`.",
      ],
    ],
    [
      "apis:\n  a: { document: a.yaml, out: g, importExtension: .mjs }\n",
      [
        '2:51 config-value `apis.a.importExtension` must be `".js"` or `".ts"` or `"none"`. | Give the value that schemas/lockstep.json describes.',
      ],
    ],
    [
      "apis:\n  a: { document: 3, out: [], allowRemoteRefs: yes please, allowRefFolders: [1] }\n",
      [
        "2:18 config-value `apis.a.document` must be a non-empty string.",
        "2:21 config-value `apis.a.out` must be a non-empty string.",
      ],
    ],
    ["apis: {}\n", ["1:1 config-value `apis` names no API."]],
    ["apis: [a]\n", ["1:1 config-value `apis` must be a mapping."]],
    ["", ["1:1 config-syntax Not valid YAML: expected a document"]],
    ["just text", ["1:1 config-value The configuration must be a mapping."]],
    [
      "apis:\n  a/b: { document: a.yaml, out: g }\n",
      ["2:3 config-value `a/b` cannot be the name of an API."],
    ],
    ["apis:\n  a: [\n", ["2:1 config-syntax Not valid YAML"]],
    ["apis:\n  a: 1\n  a: 2\n", ["3:3 config-syntax Not valid YAML: duplicated mapping key"]],
  ])("%j", (body, expected) => {
    const found = complaints(body);
    expect(found).toHaveLength(expected.length);
    expected.forEach((start, index) => {
      expect(found[index]?.startsWith(start), `${String(found[index])} should begin with ${start}`).toBe(
        true,
      );
    });
    expect(read(body).config).toBeUndefined();
  });

  test.each([
    ["gen", "gen"],
    ["gen", "gen/b"],
    ["gen/a", "gen"],
    ["gen", "./x/../Gen"],
    [".", "gen"],
  ])("output folders %s and %s", (a, b) => {
    const found = complaints(
      `apis:\n  a: { document: a.yaml, out: ${a} }\n  b: { document: b.yaml, out: ${b} }\n`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^3:\d+ config-shared-folder `b` writes to /);
  });

  test("folders that merely begin alike are two folders", () => {
    const body = "apis:\n  a: { document: a.yaml, out: gen }\n  b: { document: b.yaml, out: gen-b }\n";
    expect(complaints(body)).toEqual([]);
  });

  test("a missing or unreadable file", () => {
    expect(readConfig(join(base, "none.yaml"), base).diagnostics[0]?.code).toBe("lockstep/file-missing");
    expect(readConfig(base, base).diagnostics[0]?.code).toBe("lockstep/file-unreadable");
  });
});

describe("finding", () => {
  test("goes up to the root of the repository and no further", () => {
    const deep = join(base, "repo", "packages", "api");
    mkdirSync(deep, { recursive: true });
    mkdirSync(join(base, "repo", ".git"));
    writeFileSync(join(base, "lockstep.yaml"), "apis: {}\n");
    expect(findConfig(deep)).toBeUndefined();
    writeFileSync(join(base, "repo", "lockstep.yaml"), "apis: {}\n");
    expect(findConfig(deep)).toBe(join(base, "repo", "lockstep.yaml"));
  });
});

describe("the JSON Schema", () => {
  const text = readFileSync(join(import.meta.dirname, "../../schemas/lockstep.json"), "utf8");
  const schema = JSON.parse(text) as { properties: object; $defs: { api: { properties: object } } }; // Its own shape.
  const accepts = new Ajv2020().compile(schema);

  test("knows the keys that the reader knows", () => {
    expect(Object.keys(schema.properties)).toEqual([...rootKeys]);
    expect(Object.keys(schema.$defs.api.properties)).toEqual([...apiKeys]);
  });

  test.each([
    "apis: { a: { document: a.yaml, out: g } }",
    "apis: { a: { document: a.yaml, out: g, importExtension: .ts, allowRemoteRefs: true, allowRefFolders: [x] } }",
    "apis: { a: { document: a.yaml, out: '' } }",
    "apis: { a: { document: a.yaml } }",
    "apis: { a b: { document: a.yaml, out: g } }",
    "apis: { a: { document: a.yaml, out: g, importExtension: .mjs } }",
    "apis: { a: { document: a.yaml, out: g, importExtension: none } }",
    "apis: { a: { document: a.yaml, out: g, allowRemoteRefs: 1 } }",
    "apis: { a: { document: a.yaml, out: g, nullable: letter, impliedTypes: false } }",
    "apis: { a: { document: a.yaml, out: g, nullable: never } }",
    "apis: { a: { document: a.yaml, out: g, impliedTypes: object } }",
    "apis: { a: { document: a.yaml, out: g, formats: lenient } }",
    "apis: { a: { document: a.yaml, out: g, formats: { uri: off, date-time: lenient } } }",
    "apis: { a: { document: a.yaml, out: g, formats: loose } }",
    "apis: { a: { document: a.yaml, out: g, formats: { uri: 1 } } }",
    "apis: { a: { document: a.yaml, out: g, formats: [off] } }",
    "apis: {}",
    "{}",
    "[]",
  ])("agrees with the reader on %s", (body) => {
    expect(accepts(load(body))).toBe(read(body, { trusted: true }).config !== undefined);
  });
});

describe("suggestions", () => {
  test.each([
    ["ouy", "out"],
    ["documnet", "document"],
    ["importextension", "importExtension"],
    ["x", undefined],
    ["banana", undefined],
  ])("%s: %s", (name, expected) => {
    expect(suggest(name, apiKeys)).toBe(expected);
  });
});

describe("a configuration that means harm", () => {
  /** The code and place of each complaint about an API with these members. */
  function refused(members: string, permissions?: Permissions): string[] {
    const { diagnostics } = read(`apis: { a: { document: a.yaml, out: g, ${members} } }`, permissions);
    return diagnostics.map(({ code, message }) => `${code.replace("lockstep/", "")} ${message}`);
  }

  test.each([
    ["docs: { theme: ../secret/id_rsa }", "`theme` leads out of the repository."],
    ["docs: { changelog: /etc/passwd }", "`changelog` leads out of the repository."],
    ["docs: { templates: ../secret }", "`templates` leads out of the repository."],
    ["docs: { out: .git/hooks }", "`out` leads out of the repository."],
    ["docs: { out: sub/.GIT/hooks }", "`out` leads out of the repository."],
    ["docs: { theme: link/id_rsa }", "`theme` leads out of the repository."],
    ["allowRefFolders: [x, /]", "`allowRefFolders` leads out of the repository."],
    ["overlays: [x.yaml, ../y.yaml]", "`overlays` leads out of the repository."],
    ["allowRemoteRefs: true", "`allowRemoteRefs` leads to the network."],
  ])("with %s is refused", (members, message) => {
    mkdirSync(join(base, "outside"), { recursive: true });
    mkdirSync(join(base, "repository"));
    symlinkSync("../outside", join(base, "repository/link"));
    base = join(base, "repository");
    expect(refused(members)).toEqual([`config-outside ${message}`]);
    expect(refused(members, { trusted: true })).toEqual([]);
    base = join(base, "..");
  });

  test("is refused for its documents, its folders and its list of accepted findings, too", () => {
    const { diagnostics } = read(
      "apis: { a: { document: ../secret/.env, out: ../g }, b: { document: 'http://127.0.0.1/', out: b } }\n" +
        "diff: { ignoreFile: ../x.yaml }\n",
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "`document` leads out of the repository.",
      "`out` leads out of the repository.",
      "`document` leads to the network.",
      "`ignoreFile` leads out of the repository.",
    ]);
  });

  test("may use the network where the command line allows that, and nothing else by it", () => {
    expect(refused("allowRemoteRefs: true, allowRefFolders: [../x]", { remote: true })).toEqual([
      "config-outside `allowRefFolders` leads out of the repository.",
    ]);
  });

  test("may lead up to the folder with .git, of which a prefix in the name is no part", () => {
    mkdirSync(join(base, "repo/.git"), { recursive: true });
    mkdirSync(join(base, "repo/sub"));
    const file = join(base, "repo/sub/lockstep.yaml");
    const codes = (document: string): string[] => {
      writeFileSync(file, `apis: { a: { document: ${document}, out: ../out } }`);
      return readConfig(file, base).diagnostics.map(({ code }) => code);
    };
    expect(codes("../api.yaml")).toEqual([]);
    expect(codes("../.github/api.yaml")).toEqual([]);
    expect(codes("../..repo/api.yaml")).toEqual([]);
    expect(codes("../../repo-private/api.yaml")).toEqual(["lockstep/config-outside"]);
    expect(codes("../../repo")).toEqual([]);
  });

  test("as a link to another file is not read, so that no line of that is shown", () => {
    writeFileSync(join(base, "secret"), "TOKEN: [x");
    mkdirSync(join(base, "repo"));
    symlinkSync("../secret", join(base, "repo/lockstep.yaml"));
    const { diagnostics } = readConfig(join(base, "repo/lockstep.yaml"), base);
    expect(diagnostics.map(({ code }) => code)).toEqual(["lockstep/config-outside"]);
    expect(JSON.stringify(diagnostics)).not.toContain("TOKEN");
  });

  test("finds no repository that is a home or the root of the file system", () => {
    expect(isWithinRepository("/etc/passwd", "/")).toBe(false);
    expect(isWithinRepository(join(homedir(), "x"), homedir())).toBe(false);
  });
});
