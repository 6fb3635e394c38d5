/** Which files a document may read, and under which names they are shown. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  allowedFolders,
  checkLocal,
  displayPath,
  isInside,
  isTooWide,
  isUrl,
  resolveFile,
} from "../../generator/load/access.ts";
import { LoadFailure } from "../../generator/load/failure.ts";

const home = vi.hoisted(() => ({ folder: "/home/somebody" }));
vi.mock("node:os", async (original) => ({ ...(await original<object>()), homedir: () => home.folder }));

let root: string;
const at = (...names: readonly string[]): string => join(root, ...names);

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-access-")));
  for (const folder of ["project/api/parts", "project/shared", "project/api-private", "home/api"]) {
    mkdirSync(at(folder), { recursive: true });
  }
  for (const file of ["project/api/api.yaml", "project/api-private/key.yaml", "project/shared/a.yaml"]) {
    writeFileSync(at(file), "");
  }
  symlinkSync(at("project/api-private"), at("project/api/link"), "dir");
  symlinkSync(at("project/api/parts"), at("project/api/inner"), "dir");
  symlinkSync(at("project/shared"), at("shared-link"), "dir");
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each([
  ["https://example.com/a.yaml", true],
  ["FILE:///etc/passwd", true],
  ["urn:x", true],
  ["git+ssh://host/x", true],
  ["c:/api.yaml", false],
  ["C:\\api.yaml", false],
  ["a:b", false],
  ["./a.yaml", false],
  ["a/bc:d.yaml", false],
  ["1x://host", false],
])("%s: is a URL: %s", (text, expected) => {
  expect(isUrl(text)).toBe(expected);
});

test("a reference is resolved against the file that it stands in", () => {
  expect(resolveFile("/p/api/api.yaml", "../shared/a.yaml")).toBe(join("/p", "shared/a.yaml"));
  expect(resolveFile("https://example.com/v1/api.yaml", "a.yaml")).toBe("https://example.com/v1/a.yaml");
  expect(resolveFile("/p/api.yaml", "https://example.com/a.yaml")).toBe("https://example.com/a.yaml");
  expect(() => resolveFile("urn:x", "a.yaml")).toThrow(TypeError);
});

test("paths are shown relative to the working directory, addresses as they are", () => {
  expect(displayPath(at("project/api/api.yaml"), at("project"))).toBe("api/api.yaml");
  expect(displayPath(at("project"), at("project"))).toBe(".");
  expect(displayPath(at("other"), at("project"))).toBe("../other");
  expect(displayPath("https://example.com/a.yaml", at("project"))).toBe("https://example.com/a.yaml");
});

test("a folder is inside itself and those above it, by whole names", () => {
  expect(isInside("/api", "/api")).toBe(true);
  expect(isInside("/api/a/b", "/api")).toBe(true);
  expect(isInside("/api-private", "/api")).toBe(false);
  expect(isInside("/", "/api")).toBe(false);
  expect(isInside("/a", "/api")).toBe(false);
  expect(isInside("/api/..x", "/api")).toBe(true);
});

test("the root and a home are too wide", () => {
  expect(isTooWide("/")).toBe(true);
  expect(isTooWide(home.folder)).toBe(true);
  expect(isTooWide(join(home.folder, "project"))).toBe(false);
});

describe("allowed are", () => {
  const document = "project/api/api.yaml";
  const folders = (cwd: string, allowFolders?: readonly string[]) =>
    allowedFolders(at(document), {
      cwd: at(cwd),
      allowRemote: false,
      ...(allowFolders === undefined ? {} : { allowFolders }),
    });

  test("the document's folder, and the working directory that it lies below", async () => {
    expect(await folders("project")).toEqual([at("project/api"), at("project")]);
    expect(await folders("project/api")).toEqual([at("project/api"), at("project/api")]);
  });

  test("not a working directory beside the document, nor a home", async () => {
    expect(await folders("project/shared")).toEqual([at("project/api")]);
    home.folder = at("project");
    expect(await folders("project")).toEqual([at("project/api")]);
    home.folder = "/home/somebody";
  });

  test("folders that are named, as their real paths; a missing one as it is named", async () => {
    expect(await folders("project", ["../shared-link", "none"])).toEqual([
      at("project/api"),
      at("project"),
      at("project/shared"),
      at("project/none"),
    ]);
  });
});

describe("a file", () => {
  const check = (path: string): Promise<void> =>
    checkLocal(at(path), [at("none"), at("project/api")], at("project"));

  test.each(["project/api/api.yaml", "project/api", "project/api/none.yaml", "project/api/inner/x.yaml"])(
    "may be read: %s",
    async (path) => {
      await expect(check(path)).resolves.toBeUndefined();
    },
  );

  test.each([
    ["project/api-private/key.yaml", "api-private/key.yaml"],
    ["project/api/link/key.yaml", "api/link/key.yaml"],
    ["project/api/link/none/deep.yaml", "api/link/none/deep.yaml"],
    ["project", "."],
    ["other/none.yaml", "../other/none.yaml"],
  ])("may not be read: %s", async (path, shown) => {
    const failure = await check(path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LoadFailure);
    expect(failure).toMatchObject({
      code: "lockstep/ref-outside",
      message: `The reference leads to ${shown}, outside the folders that this document may read.`,
    });
  });

  test("at the root of the file system may not be read", async () => {
    await expect(checkLocal("/none-of-ours.yaml", [at("project")], "/")).rejects.toBeInstanceOf(LoadFailure);
    await expect(checkLocal("/", ["/"], "/")).resolves.toBeUndefined();
  });
});
