/** Where references lead: to members, files, addresses, anchors; and a diagnostic where they lead nowhere. */
import { symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { load } from "../../generator/load/load.ts";
import { codes, folder, head, loadFile } from "./load-files.ts";

describe("references", () => {
  const referring = (ref: string): string =>
    `${head}components: { schemas: { A: { $ref: ${JSON.stringify(ref)} } } }\n`;

  it.each([
    ["#/components/schemas/Nope", "lockstep/ref-unresolved"],
    ["#anchor", "lockstep/ref-unresolved"],
    ["missing.yaml", "lockstep/file-missing"],
    ["../../outside.yaml", "lockstep/ref-outside"],
    ["/etc/passwd", "lockstep/ref-outside"],
    ["link.yaml", "lockstep/ref-outside"],
    ["file:///etc/passwd", "lockstep/ref-outside"],
    ["data:application/json,{}", "lockstep/ref-outside"],
    ["https://example.invalid/a.yaml", "lockstep/ref-remote"],
    ["notes.txt", "lockstep/ref-not-data"],
    ["#/components/schemas/A", "lockstep/ref-cycle"],
  ])("to %s", async (ref, expected) => {
    folder.write("refs/notes.txt", "type: string\n");
    folder.write("outside.yaml", "type: string\n");
    try {
      symlinkSync("/etc/hostname", join(folder.path, "refs/link.yaml"));
    } catch {
      // Made by an earlier case.
    }
    const { diagnostics } = await load(folder.write("refs/api.yaml", referring(ref)), {
      cwd: join(folder.path, "refs"),
      allowRemote: false,
    });
    expect(diagnostics.map(({ code, location }) => `${code} ${location?.line ?? 0}`)).toEqual([
      `${expected} 4`,
    ]);
  });

  it("to anchors become pointers, each in its own file", async () => {
    const tree = `type: object
$anchor: tree
properties:
  $anchor: { type: string } # a property, no keyword
  children: { type: array, items: { $ref: "#tree" } }
  sample: { type: object, examples: [{ $ref: "#tree" }] }
`;
    folder.write("anchors/tree.yaml", tree);
    const { document, diagnostics } = await loadFile(
      "anchors/api.yaml",
      `${head}components:
  schemas:
    Tree: { $ref: tree.yaml }
    "A/%41": { $anchor: a, type: string }
    B: { $dynamicAnchor: b, properties: { a: { $ref: "#a" }, b: { $ref: "#b" } } }
`,
    );
    expect(diagnostics).toEqual([]);
    const at = (pointer: string) => resolvePointer(document?.root ?? {}, `/components/schemas/${pointer}`);
    expect(at("Tree/properties/children/items")).toEqual({ $ref: "#/components/schemas/Tree" });
    expect(at("Tree/properties/sample/examples/0")).toEqual({ $ref: "#tree" });
    expect(at("B/properties/a")).toEqual({ $ref: "#/components/schemas/A~1%2541" });
    expect(at("B/properties/b")).toEqual({ $ref: "#/components/schemas/B" });
  });

  it("keep the name that a component of the root document gives to what it refers to", async () => {
    folder.write("named/pet.yaml", "properties: { friend: { $ref: pet.yaml } }\n");
    folder.write("named/note.yaml", "type: string\n");
    const { document } = await loadFile(
      "named/api.yaml",
      `${head}components:
  schemas:
    Animal: { $ref: pet.yaml }
    Beast: { $ref: pet.yaml }
    note: { $ref: note.yaml, description: Kept. }
    Use: { items: { $ref: note.yaml } }
`,
    );
    const animal = { $ref: "#/components/schemas/Animal" };
    expect(document?.root["components"]).toEqual({
      schemas: {
        Animal: { properties: { friend: animal } },
        Beast: animal,
        note: { $ref: "#/components/schemas/note-2", description: "Kept." },
        Use: { items: { $ref: "#/components/schemas/note-2" } },
        "note-2": { type: "string" },
      },
    });
  });

  it("to an anchor that two schemas have lead nowhere", async () => {
    const twice = `${head}components:
  schemas:
    A: { $anchor: a }
    B: { $anchor: a }
    C: { $ref: "#a" }
`;
    expect(await codes("anchor-twice.yaml", twice)).toEqual(["lockstep/ref-unresolved 8:16"]);
  });

  it("may go to allowed folders", async () => {
    folder.write("shared/a.yaml", "type: string\n");
    folder.write("own/api.yaml", referring("../shared/a.yaml"));
    const from = (allowFolders: string[]) =>
      load("api.yaml", { cwd: join(folder.path, "own"), allowRemote: false, allowFolders });
    expect((await from([])).document).toBeUndefined();
    expect((await from(["../shared"])).document?.files.map(({ path }) => path)).toEqual([
      "api.yaml",
      "../shared/a.yaml",
    ]);
  });

  it("are fetched where that is allowed, and only over http", async () => {
    const server = createServer((request, response) => {
      response.end(request.url === "/a.json" ? '{"properties": {"p": {"$ref": "file:///etc/passwd"}}}' : "");
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const path = folder.write("remote.yaml", referring(`http://127.0.0.1:${port}/a.json`));
    const { diagnostics } = await load(path, { cwd: folder.path, allowRemote: true });
    server.close();
    expect(diagnostics.map(({ code, location }) => `${code} ${location?.pointer ?? ""}`)).toEqual([
      "lockstep/ref-outside /properties/p/$ref",
    ]);
  });

  it("to a broken file show the break", async () => {
    folder.write("broken.yaml", "a: [1\n");
    const { diagnostics } = await loadFile("breaks.yaml", referring("broken.yaml"));
    expect(diagnostics).toMatchObject([{ code: "lockstep/syntax", location: { file: "broken.yaml" } }]);
  });
});

describe("references to references", () => {
  const schemas = (members: Record<string, unknown>): string =>
    `${head}components: ${JSON.stringify({ schemas: members })}\n`;

  it("lead on, through as many files and names as there are", async () => {
    folder.write("on/b.yaml", 'B: { $ref: "c.yaml#/C/properties/inner" }\n');
    folder.write(
      "on/c.yaml",
      'C: { $ref: "#/D" }\nD: { properties: { inner: { $ref: "d.yaml#/" } } }\nE: { $ref: "#/D", title: E }\n',
    );
    folder.write("on/d.yaml", "title: Deep\n");
    const text = schemas({
      A: { $ref: "b.yaml#/B" },
      E: { $ref: "c.yaml#/C", description: "Kept." },
      H: { $ref: "c.yaml#/E" },
      F: { $ref: "#/components/schemas/E/properties/inner/title%20" },
      "G%": { items: { $ref: "#/components/schemas/E/properties/inner" } },
    });
    const { document, diagnostics } = await loadFile("on/api.yaml", text);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "lockstep/ref-unresolved Nothing is at `#/components/schemas/E/properties/inner/title%20`, where this reference leads; the schema is unknown there and accepts every value.",
    ]);
    expect(resolvePointer(document?.root ?? {}, "/components/schemas/F")).toEqual({});
    const sound = await loadFile("on/api.yaml", text.replace("/title%20", ""));
    const at = (pointer: string) =>
      resolvePointer(sound.document?.root ?? {}, `/components/schemas/${pointer}`);
    expect(sound.diagnostics).toEqual([]);
    // `A` is the name that the root document gives to it.
    const named = { $ref: "#/components/schemas/A" };
    expect([at("A"), at("F"), at("G%/items")]).toEqual([{ title: "Deep" }, named, named]);
    expect([at("E/description"), at("H/title")]).toEqual(["Kept.", "E"]);
  });

  it("are each reported where they lead to one another only, with all else that is wrong", async () => {
    folder.write("round/b.yaml", 'B: { $ref: "api.yaml#/components/schemas/C" }\n');
    const text = schemas({
      C: { $ref: "b.yaml#/B" },
      Self: { $ref: "#/components/schemas/Self", description: "Beside it." },
      Within: { $ref: "#/components/schemas/Within/properties/a" },
      User: { items: { $ref: "#/components/schemas/Self" } },
      Through: { $ref: "#/components/schemas/Self/properties/a" },
      Wrong: { type: "strnig" },
      Sound: { properties: { again: { $ref: "#/components/schemas/Sound" } } },
    });
    const { diagnostics } = await loadFile("round/api.yaml", text);
    const found = diagnostics.map(
      ({ code, location }) => `${code} ${location?.file ?? ""} ${location?.pointer ?? ""}`,
    );
    expect(found.sort()).toEqual([
      "lockstep/ref-cycle round/api.yaml /components/schemas/C/$ref",
      "lockstep/ref-cycle round/api.yaml /components/schemas/Self/$ref",
      "lockstep/ref-cycle round/api.yaml /components/schemas/Through/$ref",
      "lockstep/ref-cycle round/api.yaml /components/schemas/Within/$ref",
      "lockstep/schema-type round/api.yaml /components/schemas/Wrong/type",
    ]);
  });

  it("are reported once for each cycle, whatever leads into it from elsewhere", async () => {
    // A part of the document without a type leads to it, too, and is looked at after all others.
    const text = `${schemas({
      A: { $ref: "#/components/schemas/B" },
      B: { $ref: "#/components/schemas/A" },
      Far: { $ref: "#/x-far" },
    })}x-far: { properties: { a: { $ref: "#/components/schemas/A" } } }\n`;
    expect((await codes("far.yaml", text)).map((line) => line.split(" ")[0])).toEqual(["lockstep/ref-cycle"]);
  });

  it("may form a chain of ten thousand through two files", async () => {
    const length = 10_000;
    const chain = (own: string, other: string): Record<string, unknown> =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          `${own}${index}`,
          index === length - 1
            ? { type: "string" }
            : { $ref: `${other}/${own === "A" ? "B" : "A"}${index + 1}` },
        ]),
      );
    folder.write("long/b.json", JSON.stringify(chain("B", "api.json#/components/schemas")));
    const [openapi, info, paths] = ["3.1.1", { title: "T", version: "1" }, {}];
    const root = { openapi, info, paths, components: { schemas: chain("A", "b.json#") } };
    const { document, diagnostics } = await loadFile("long/api.json", JSON.stringify(root));
    expect(diagnostics).toEqual([]);
    const at = (pointer: string) => resolvePointer(document?.root ?? {}, `/components/schemas/${pointer}`);
    expect([at("A0"), at("A2")]).toEqual([{ type: "string" }, { $ref: "#/components/schemas/A0" }]);
  });
});
