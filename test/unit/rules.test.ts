/** Every rule: silent on a sound document, and its whole output on a broken one. */
import { describe, expect, it } from "vitest";
import { renderText } from "../../generator/diagnostics/render.ts";
import { severityOf } from "../../generator/diagnostics/diagnose.ts";
import { load } from "../../generator/load/load.ts";
import { codeOf, ruleIds } from "../../generator/lint/rules.ts";
import { broken, edited, sound } from "./rules-documents.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();

async function lint(name: string, content: string) {
  folder.write(name, content);
  return load(name, { cwd: folder.path, allowRemote: false });
}

describe("rules", () => {
  it("accept the sound document", async () => {
    const { document, diagnostics } = await lint("sound.yaml", sound);
    expect(diagnostics).toEqual([]);
    expect(document?.version).toBe("3.1");
  });

  it("each have a document that breaks them", () => {
    expect(Object.keys(broken).sort()).toEqual([...ruleIds].sort());
  });

  it.each(ruleIds)("%s complains", async (id) => {
    const { diagnostics } = await lint(`${id}.yaml`, edited(broken[id] ?? []));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(codeOf(id));
    const own = diagnostics.filter((diagnostic) => diagnostic.code === codeOf(id));
    expect(own.some((diagnostic) => diagnostic.severity === severityOf({ code: codeOf(id) }))).toBe(true);
    await expect(renderText(diagnostics, { color: false })).toMatchFileSnapshot(`rules/${id}.txt`);
  });

  it("take details that are a map", async () => {
    const open = edited(broken["error-details"] ?? []);
    const map = open.replace(
      /NotFoundDetails:\n(\s+)type: object\n/,
      "NotFoundDetails:\n$1type: object\n$1additionalProperties: { type: string }\n",
    );
    expect(map).not.toBe(open);
    expect((await lint("map.yaml", map)).diagnostics).toEqual([]);
  });

  it.each([
    ["issues: /nothing", "leads to `/nothing`"],
    ["issues: { at: /message, name: dotted }", "has no member `name`. Did you mean `names`?"],
    ["issues: { at: /details, names: first }", "`names` of `issues` is not known."],
    ["code: nothing", "is not a JSON Pointer"],
  ])("say what is wrong with %s", async (member, message) => {
    const head = `openapi: 3.1.1\nx-error-envelope: { ${member} }\n`;
    const found = await lint("issues.yaml", sound.replace("openapi: 3.1.1\n", head));
    expect(found.diagnostics.map((one) => one.message).join("\n")).toContain(message);
  });

  it.each([
    ["then", "createThing", "No operation can have the name `then`"],
    ["makeThing", "makething", "have the same `x-lockstep-name`"],
  ])("say what is wrong with the operation names %s and %s", async (first, second, message) => {
    const document = sound
      .replace("operationId: getThing", `operationId: getThing\n      x-lockstep-name: ${first}`)
      .replace("operationId: createThing", `operationId: createThing\n      x-lockstep-name: ${second}`);
    const found = await lint("names.yaml", document);
    expect(found.diagnostics.map((one) => one.message).join("\n")).toContain(message);
  });

  it("leave another tool's extension of the same name be", async () => {
    const document =
      'openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths:\n  /things:\n    x-errors: { gone: { link: /gone } }\n    get: { responses: { default: { description: Anything. } } }\n';
    const found = await lint("foreign.yaml", document);
    expect(found.diagnostics).toMatchObject([{ code: "lockstep/vocabulary-place", severity: "warning" }]);
  });

  it("say of a number in place of a text how to write it", async () => {
    const found = await lint("number.yaml", sound.replace("version: 1.0.0", "version: 1.0"));
    expect(found.diagnostics[0]).toMatchObject({
      code: "lockstep/structure",
      fix: "Put the value in quotes.",
    });
  });
});
