/** Multipart form data as senders write it; multer, on busboy, is the oracle. */
import { Readable } from "node:stream";
import fc from "fast-check";
import multer from "multer";
import { describe, expect, it } from "vitest";
import { parseMultipart } from "../../runtime/server/validation/multipart/parse.ts";

const type = "multipart/form-data; boundary=frontier";

async function parsed(body: string | Uint8Array, contentType = type): Promise<unknown> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const entries = parseMultipart(bytes, contentType);
  if (entries === undefined) return undefined;
  return Promise.all(
    entries.map(async ([name, value]) =>
      typeof value === "string"
        ? [name, value]
        : [name, { name: value.name, type: value.type, text: await value.text() }],
    ),
  );
}

const part = (disposition: string, content: string, more = ""): string =>
  `--frontier\r\nContent-Disposition: form-data${disposition}\r\n${more}\r\n${content}\r\n`;
const end = "--frontier--\r\n";

describe("multipart", () => {
  it.each<[string, string, unknown]>([
    [
      "names without quotes (.NET)",
      part("; name=file; filename=a.txt", "x"),
      [["file", { name: "a.txt", type: "text/plain", text: "x" }]],
    ],
    [
      "no space after the semicolon",
      part(';name="a";filename="b.txt"', "x"),
      [["a", { name: "b.txt", type: "text/plain", text: "x" }]],
    ],
    ["spaces around everything", part(' ; name = "a" ; ', "x"), [["a", "x"]]],
    [
      "filename* after filename",
      part("; name=f; filename=na_ve.txt; filename*=utf-8''na%C3%AFve.txt", "x"),
      [["f", { name: "naïve.txt", type: "text/plain", text: "x" }]],
    ],
    [
      "filename* in ISO-8859-1, alone",
      part("; name=f; filename*=iso-8859-1''na%EFve.txt", "x"),
      [["f", { name: "naïve.txt", type: "text/plain", text: "x" }]],
    ],
    [
      "a filename* that is broken",
      part("; name=f; filename=a; filename*=utf-8''%zz", "x"),
      [["f", { name: "a", type: "text/plain", text: "x" }]],
    ],
    ["quotes in names", part('; name="a\\"b%22c\\\\d"', "x"), [['a"b"c\\d', "x"]]],
    [
      "a Windows path",
      part('; name="f"; filename="C:\\dir\\a.txt"', "x"),
      [["f", { name: "C:\\dir\\a.txt", type: "text/plain", text: "x" }]],
    ],
    ["a semicolon in quotes", part('; name="a;b"', "x"), [["a;b", "x"]]],
    [
      "a type of its own",
      part("; name=f; filename=a", "x", "Content-Type: image/png\r\n"),
      [["f", { name: "a", type: "image/png", text: "x" }]],
    ],
    ["a folded field", part(';\r\n name="a"', "x"), [["a", "x"]]],
    [
      "fields in another case",
      `--frontier\r\ncontent-DISPOSITION: FORM-DATA; NAME=a\r\n\r\nx\r\n`,
      [["a", "x"]],
    ],
    ["an empty part", part("; name=a", ""), [["a", ""]]],
    [
      "content like a delimiter",
      part("; name=a", "\r\n--front\r\n--frontiers\r\n"),
      [["a", "\r\n--front\r\n--frontiers\r\n"]],
    ],
    [
      "several of one name",
      part("; name=a", "1") + part("; name=a", "2"),
      [
        ["a", "1"],
        ["a", "2"],
      ],
    ],
    ["a preamble", `This is multipart.\r\n${part("; name=a", "x")}`, [["a", "x"]]],
    [
      "white space behind a delimiter",
      part("; name=a", "x").replace("frontier\r\n", "frontier \t\r\n"),
      [["a", "x"]],
    ],
    ["no part at all", "", []],
  ])("takes %s", async (_, body, entries) => {
    expect(await parsed(body + end)).toEqual(entries);
    expect(await parsed(`${body}${end}An epilogue\r\n--frontier\r\n`)).toEqual(entries);
  });

  it.each([
    ["a body that breaks off", part("; name=a", "x")],
    ["a part without a name", part("", "x") + end],
    ["a part that is not form data", part("; name=a", "x").replace("form-data", "attachment") + end],
    ["a quote without its end", part('; name="a', "x") + end],
    ["a part without a header", `--frontier\r\nx\r\n${end}`],
    ["an encoding", part("; name=a", "eA==", "Content-Transfer-Encoding: base64\r\n") + end],
    ["nothing", ""],
  ])("refuses %s", async (_, body) => {
    expect(await parsed(body)).toBeUndefined();
  });

  it.each([
    'multipart/form-data;boundary="frontier"',
    "multipart/form-data; charset=utf-8; Boundary=frontier",
  ])("finds the boundary in %s", async (contentType) => {
    expect(await parsed(part("; name=a", "x") + end, contentType)).toEqual([["a", "x"]]);
  });

  it("refuses a missing boundary, and one that is too long", async () => {
    expect(await parsed(part("; name=a", "x") + end, "multipart/form-data")).toBeUndefined();
    expect(await parsed("", `multipart/form-data; boundary=${"b".repeat(71)}`)).toBeUndefined();
  });

  it("reads what FormData writes, byte for byte, and as busboy does", async () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    // Of a path, busboy takes the last part, and none of `.`.
    const fileName = name.map((text) => `f${text}.b`);
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((values) => values.map((value) => (value % 5 === 0 ? 13 : value)));
    const entry = fc.record({
      name,
      file: fc.option(fc.record({ name: fileName, bytes }), { nil: undefined }),
      text: name,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 5 }), async (entries) => {
        const form = new FormData();
        for (const { name: key, file, text } of entries) {
          if (file === undefined) form.append(key, text);
          else form.append(key, new File([file.bytes], file.name));
        }
        const request = new Request("http://h", { method: "POST", body: form });
        const contentType = request.headers.get("content-type") ?? "";
        const body = new Uint8Array(await request.arrayBuffer());
        const ours = await contents(parseMultipart(body, contentType) ?? []);
        expect(ours).toEqual(await contents([...form]));
        if (entries.length > 0) expect(files(ours)).toEqual(await filesOfBusboy(body, contentType));
      }),
      { numRuns: 60 },
    );
  });
});

type Content = readonly [name: string, fileName: string | undefined, hex: string];

function contents(entries: readonly (readonly [string, string | File])[]): Promise<Content[]> {
  return Promise.all(
    entries.map(async ([name, value]): Promise<Content> => {
      // What FormData sends has normalized line ends.
      const lines = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, "\r\n");
      if (typeof value === "string")
        return [lines(name), undefined, Buffer.from(lines(value)).toString("hex")];
      return [lines(name), value.name, Buffer.from(await value.arrayBuffer()).toString("hex")];
    }),
  );
}

function files(all: readonly Content[]): readonly string[] {
  return all.filter(([, name]) => name !== undefined).map(([, , hex]) => hex);
}

/** The contents of all files. Names are compared with those of FormData alone: multer reads them as Latin-1. */
async function filesOfBusboy(body: Uint8Array, contentType: string): Promise<readonly string[]> {
  const request = Object.assign(Readable.from([Buffer.from(body)]), {
    headers: { "content-type": contentType, "content-length": String(body.length) },
  });
  const read = multer({ limits: { fieldNameSize: 1000 } }).any();
  await new Promise<void>((resolve, reject) => {
    // Multer needs no more of a request than its stream and its fields.
    read(request as never, {} as never, (error: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(new Error("multer refuses the body", { cause: error }));
    });
  });
  const { files: found } = request as unknown as { readonly files?: readonly { readonly buffer: Buffer }[] }; // set by multer
  return (found ?? []).map(({ buffer }) => buffer.toString("hex"));
}
