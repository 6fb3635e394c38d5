/** Documents that tests write into a folder, and load from there. */
import { expect } from "vitest";
import { load } from "../../generator/load/load.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

export const folder = new TemporaryFolder();
export const head = 'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: {}\n';

export async function loadFile(
  name: string,
  content?: string | Uint8Array,
  options: { allowFolders?: string[] } = {},
) {
  if (content !== undefined) folder.write(name, content);
  const result = await load(name, { cwd: folder.path, allowRemote: false, ...options });
  // Types that are implied have tests of their own, so the schemas of others may be short.
  const diagnostics = result.diagnostics.filter(({ code }) => code !== "lockstep/implied-type");
  return { ...result, diagnostics };
}

/** `code line:column` of every diagnostic. */
export async function codes(name: string, content?: string | Uint8Array): Promise<string[]> {
  const { document, diagnostics } = await loadFile(name, content);
  expect(document === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
  return diagnostics.map(({ code, location }) => `${code} ${location?.line ?? 0}:${location?.column ?? 0}`);
}
