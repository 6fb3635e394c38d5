/** The library of generated validators: what is printed of it, and what its issues say. */
import { describe, expect, test } from "vitest";
import { emitValidators } from "../../generator/emit/validators/emit.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { printLibrary } from "../../generator/validator-library/print-library.ts";
import { fault } from "../../generator/validator-library/runtime/issues.ts";

function emit(document: JsonObject): Map<string, string> {
  const { model } = buildModel({ openapi: "3.1.2", info: { title: "T", version: "1" }, ...document });
  const { files } = emitValidators(model, { importExtension: ".js" });
  return new Map(files.map(({ path, content }) => [path, content]));
}

describe("of the library", () => {
  test("a document without operations gets no more than its schemas need", () => {
    const files = emit({ paths: {}, components: { schemas: { Pet: { type: "object" } } } });
    expect([...files.keys()].sort()).toEqual([
      "validators/index.ts",
      "validators/runtime.ts",
      "validators/schemas.ts",
    ]);
    expect(files.get("validators/runtime.ts")).not.toContain("formatDate");
  });

  test("a document gets the readers of the styles that it uses", () => {
    const parameter = { name: "id", in: "path", required: true, schema: { type: "integer" } };
    const responses = { "204": { description: "" } };
    const files = emit({ paths: { "/{id}": { get: { parameters: [parameter], responses } } } });
    const parameters = files.get("validators/parameters.ts");
    expect(parameters).toContain("export function simple(");
    expect(parameters).not.toContain("function deepObject(");
    expect(files.has("validators/forms.ts")).toBe(false);
  });

  test("each file imports all that it uses of others, and exports what they use", () => {
    const files = printLibrary(["multipart", "RequestValidator"], { extension: ".js", rules: [] });
    for (const [room, text] of files) {
      for (const [, names = "", from = ""] of text.matchAll(
        /^import (?:type )?\{ (.*) \} from "\.\/(\w+)\.js";$/gm,
      )) {
        const other = [...files].find(([name]) => name === from)?.[1] ?? "";
        for (const name of names.split(", ").map((one) => one.replace("type ", "")))
          expect(other, `${room} imports ${name}`).toMatch(
            new RegExp(`^export (?:type|interface|class|const|let|function) ${name}\\b`, "m"),
          );
      }
    }
    expect([...files.keys()]).toEqual(["runtime", "parameters", "http", "forms"]);
  });
});

describe("messages", () => {
  test.each([
    ["minLength", 5, "must have at least 5 characters"],
    ["minLength", 1, "must have at least 1 character"],
    ["maxItems", 1, "must have at most 1 item"],
    ["enum", ["a", 1, null], "must be one of a, 1, null"],
    ["enum", undefined, "must be one of the values that the schema lists"],
    ["const", undefined, "must be the value that the schema gives"],
    ["const", "$& {}", "must be $& {}"],
    ["required", undefined, "is required"],
    ["unheard-of", 3, "unheard-of 3"],
  ])("of %s %j", (rule, expected, message) => {
    expect(fault(rule, expected).message).toBe(message);
  });
});
