/** References where OpenAPI has no Reference Object, or where Redocly knows of none. */
import { describe, expect, it } from "vitest";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { codes, folder, head, loadFile } from "./load-files.ts";

describe("references where OpenAPI has none", () => {
  const operation = (members: string): string =>
    head.replace("paths: {}", `x-list: [a]\nx-text: Text.\npaths: { /a: { get: { ${members} } } }`);
  const response = 'responses: { "200": { description: Done. } }';

  it.each([
    [`parameters: { $ref: "#/x-list" }, ${response}`, "ref-misplaced", "structure"],
    [`description: { $ref: "#/x-text" }, ${response}`, "ref-misplaced"],
    ['responses: { $ref: "#/x-list" }', "ref-misplaced", "structure"],
    [
      'responses: { "200": { description: Done., content: { $ref: "#/x-list" } } }',
      "ref-misplaced",
      "structure",
    ],
    [
      'responses: { "200": { description: Done., content: { a/b: { $ref: "#/x-list" } } } }',
      "ref-unresolved",
    ],
    [
      'responses: { "200": { description: Done., headers: { A: { schema: { properties: { $ref: "#/x-list" } } } } } }',
      "ref-misplaced",
      "structure",
    ],
  ])("are followed, and what is there has to fit: %s", async (members, ...expected) => {
    const { document, diagnostics } = await loadFile("misplaced.yaml", operation(members));
    expect(diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      expected.map((code) => `lockstep/${code} warning`),
    );
    expect(JSON.stringify(document?.root["paths"])).not.toContain("$ref");
  });

  it("are data in examples", async () => {
    const schema =
      '{ example: { $ref: "#/x-text" }, default: { $ref: "#/x-list" }, const: { $ref: "#/x-text" } }';
    const content = `content: { a/b: { schema: ${schema}, example: { $ref: "#/x-text" } } }`;
    const members = `responses: { "200": { description: Done., ${content} } }`;
    expect(await codes("data.yaml", operation(members))).toEqual([]);
  });

  it("are what other files hold, as long as that fits", async () => {
    folder.write("parts/parts.yaml", "text: Text.\nobject: { a: 1 }\ntypes: [string, 'null']\nids: [a, 1]\n");
    const members = (part: string): string =>
      `summary: { $ref: "parts.yaml#/${part}" }, responses: { "200": { description: Done., content: { a/b: { schema: { type: { $ref: "parts.yaml#/types" } } } } } }`;
    const { document, diagnostics } = await loadFile("parts/api.yaml", operation(members("text")));
    expect(diagnostics).toEqual([]);
    expect(resolvePointer(document?.root ?? {}, "/paths/~1a/get/summary")).toBe("Text.");
    for (const part of ["object", "types"]) {
      const wrong = await loadFile("parts/api.yaml", operation(members(part)));
      expect(wrong.diagnostics.map(({ code, location }) => `${code} ${location?.file ?? ""}`)).toEqual([
        "lockstep/structure parts/parts.yaml",
      ]);
    }
    const required = `responses: { "200": { description: Done., content: { a/b: { schema: { required: { $ref: "parts.yaml#/ids" } } } } } }`;
    const listed = await loadFile("parts/api.yaml", operation(required));
    expect(listed.diagnostics.map(({ code, location }) => `${code} ${location?.pointer ?? ""}`)).toEqual([
      "lockstep/structure /ids",
    ]);
  });

  it("have to be strings", async () => {
    for (const ref of ["3", "{ type: string }", '{ $ref: "#/x-text" }']) {
      const members = `responses: { "200": { description: Done., content: { a/b: { schema: { $ref: ${ref} } } } } }`;
      const { diagnostics } = await loadFile("number.yaml", operation(members));
      expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
        "warning lockstep/structure",
      ]);
      expect(diagnostics[0]?.message).toMatch(
        /^`\$ref` is an? \w+ where OpenAPI has a string; it is left out\.$/,
      );
    }
  });

  it("and other values in place of a schema are refused, whatever the property is called", async () => {
    const properties = "{ type: [string], nullable: 3, style: text }";
    const schema = `{ a/b: { schema: { properties: ${properties} } } }`;
    const members = `responses: { "200": { description: Done., content: ${schema} } }`;
    expect(await codes("called.yaml", operation(members))).toEqual(
      [107, 133, 143].map((column) => `lockstep/structure 5:${column}`),
    );
  });

  it("may stand for media types since 3.2, and give way to them", async () => {
    const document = `${head
      .replace("3.1.1", "3.2.0")
      .replace(
        "paths: {}",
        'paths: { /a: { get: { responses: { "200": { description: Done., content: { a/b: { $ref: "#/components/mediaTypes/M" } } } } } } }',
      )}components: { mediaTypes: { M: { schema: { $ref: "#/components/schemas/S" } } }, schemas: { S: { type: string } } }\n`;
    const { document: loaded, diagnostics } = await loadFile("media.yaml", document);
    expect(diagnostics).toEqual([]);
    expect(resolvePointer(loaded?.root ?? {}, "/paths/~1a/get/responses/200/content/a~1b")).toEqual({
      schema: { $ref: "#/components/schemas/S" },
    });
    const wrong = document.replace("schema: { $ref", "schemas: { $ref");
    expect(await codes("media.yaml", wrong)).toEqual(["lockstep/structure-member 4:34"]);
  });

  it("are looked at in the headers of an error envelope", async () => {
    const text = `${head}x-error-envelope: { headers: { A: { $ref: "#/components/headers/None" } } }\n`;
    expect((await codes("envelope.yaml", text))[0]).toBe("lockstep/ref-unresolved 4:43");
  });

  it("may lead to any part of the document, which is checked as what they stand for", async () => {
    const schema = '{ type: string, minLength: 1, items: { $ref: "#/x-far/schema" } }';
    const responses =
      'responses: { "200": { description: Done., content: { a/b: { schema: { $ref: "#/x-far/schema" } } } } }';
    const far = (text: string): string =>
      `${operation(`parameters: [{ $ref: "#/x-far/parameter" }], ${responses}`)}x-far: { ${text} }\n`;
    const sound = `schema: ${schema}, parameter: { name: a, in: query, schema: ${schema} }`;
    expect(await codes("far.yaml", far(sound))).toEqual([]);
    const wrong = sound.replace("minLength: 1", "minLength: no").replace("name: a", "name: 5");
    expect(await codes("far.yaml", far(wrong))).toEqual([
      "lockstep/structure 6:105",
      "lockstep/structure 6:45",
    ]);
  });
});
