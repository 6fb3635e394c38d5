/** The parts of the example that need no database. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { idempotencyTable } from "lockstep-openapi-runtime/stores/postgres";
import { newApiKey, parseApiKey, provesKey } from "../../example/api/api-key.ts";
import { readImage } from "../../example/assets/image-size.ts";
import { isSigned, sign } from "../../example/assets/signature.ts";
import { storable } from "../../example/database/database.ts";
import { isTooDeep } from "../../example/journeys/depth.ts";
import { hasPlaceholders, render } from "../../example/mail/render.ts";
import { logoBytes } from "../../example/seed/history.ts";
import { stableId } from "../../example/seed/stable-id.ts";
import { readSettings } from "../../example/settings.ts";

test("the migration makes the table that the kit's store works with", () => {
  const file = path.join(import.meta.dirname, "../../example/database/migrations/0006-server-kit.sql");
  expect(readFileSync(file, "utf8")).toContain(idempotencyTable());
});

describe("keys", () => {
  test("prove themselves, and nothing else does", () => {
    const { key, id, secretHash } = newApiKey();
    const parts = parseApiKey(key);
    expect(parts?.id).toBe(id);
    expect(provesKey(parts?.secret ?? "", secretHash)).toBe(true);
    expect(provesKey(parseApiKey(newApiKey().key)?.secret ?? "", secretHash)).toBe(false);
    expect(provesKey(parts?.secret ?? "", undefined)).toBe(false);
    expect(JSON.stringify([...secretHash])).not.toContain(parts?.secret);
  });

  test.each(["", "sfk_", "sfk_0123456789abcdef_short", `${newApiKey().key}x`, `x${newApiKey().key}`])(
    "%j is none",
    (key) => {
      expect(parseApiKey(key)).toBeUndefined();
    },
  );
});

describe("images", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text.replaceAll(" ", ""), "hex");
  const webp = (chunk: string, rest: string): Uint8Array =>
    Buffer.concat([
      Buffer.from("RIFF\0\0\0\0WEBP"),
      Buffer.from(chunk),
      Buffer.from("\0\0\0\0"),
      bytes(rest),
    ]);

  test.each<[string, Uint8Array, object]>([
    ["PNG", logoBytes, { contentType: "image/png", width: 1, height: 1 }],
    ["GIF", bytes("474946383961 4001 f000"), { contentType: "image/gif", width: 320, height: 240 }],
    [
      "JPEG, with a comment, fill bytes and a Huffman table before its frame",
      bytes("ffd8 fffe0004abcd ffffc4000500ffc0 ffc2 0011 08 0320 0640 03"),
      { contentType: "image/jpeg", width: 1600, height: 800 },
    ],
    [
      "WebP, lossy",
      webp("VP8 ", "000000 9d012a 4001 f000"),
      { contentType: "image/webp", width: 320, height: 240 },
    ],
    [
      "WebP, lossless",
      webp("VP8L", "2f 3fc13b00 0000000000"),
      { contentType: "image/webp", width: 320, height: 240 },
    ],
    [
      "WebP, extended",
      webp("VP8X", "00000000 3f0100 ef0000"),
      { contentType: "image/webp", width: 320, height: 240 },
    ],
    [
      "SVG",
      Buffer.from('<?xml version="1.0"?>\n<!-- logo -->\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      { contentType: "image/svg+xml", width: null, height: null },
    ],
  ])("%s", (_, image, facts) => {
    expect(readImage(image)).toEqual(facts);
  });

  test("whatever is cut off or made up is none, and does no harm", () => {
    expect(readImage(Buffer.from("<html><svg/></html>"))).toBeUndefined();
    const huge = Buffer.from(logoBytes);
    huge.writeUInt32BE(0xffffffff, 16);
    expect(readImage(huge)).toBeUndefined();
    const jpeg = bytes("ffd8 fffe0004abcd ffc2 0011 08 0320 0640 03");
    for (let length = 0; length < 12; length++) expect(readImage(jpeg.subarray(0, length))).toBeUndefined();
    expect(readImage(Buffer.alloc(1_000_000, 0xff))).toBeUndefined();
  });
});

test("signatures hold for one asset, one type and one moment", () => {
  const secret = Buffer.alloc(32, 7);
  const grant = { organizationId: "o", assetId: "a", contentType: "image/png", expires: 1 };
  const signature = sign(secret, grant);
  expect(isSigned(secret, grant, signature)).toBe(true);
  for (const change of [
    { assetId: "b" },
    { organizationId: "p" },
    { contentType: "image/gif" },
    { expires: 2 },
  ]) {
    expect(isSigned(secret, { ...grant, ...change }, signature)).toBe(false);
  }
  expect(isSigned(Buffer.alloc(32, 8), grant, signature)).toBe(false);
  expect(isSigned(secret, grant, "")).toBe(false);
});

describe("messages", () => {
  test("fill placeholders: escaped in HTML, on one line in the subject", () => {
    const message = { subject: "Hi {{ name }}", html: "<p>{{name}} {{order.id}}</p>" };
    const values = { name: "<b>A\r\nBcc: x", "order.id": 7 };
    expect(render(message, values)).toEqual({
      subject: "Hi <b>A Bcc: x",
      html: "<p>&lt;b&gt;A\r\nBcc: x 7</p>",
    });
  });

  test.each(["constructor", "__proto__", "nothing", "list"])("%s has no value", (name) => {
    expect(render({ subject: "", html: `{{${name}}}` }, { list: [1] })).toEqual({ missing: name });
  });

  test("know whether they depend on the recipient", () => {
    expect([hasPlaceholders("Hi {{ name }}"), hasPlaceholders("Hi {name}")]).toEqual([true, false]);
  });
});

test("texts that PostgreSQL cannot hold are put right, others stay", () => {
  expect(storable(["a\0b", "\ud800", "x\udc00", "💥", 1, null])).toEqual([
    "a\uFFFDb",
    "\uFFFD",
    "x\uFFFD",
    "💥",
    1,
    null,
  ]);
});

test("depth is measured without recursion", () => {
  const nested = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
  expect([isTooDeep(nested(100)), isTooDeep(nested(102)), isTooDeep(nested(100_000))]).toEqual([
    false,
    true,
    true,
  ]);
});

test("ids of the seed are UUIDs and stay the same", () => {
  expect(stableId("x")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(stableId("x")).toBe(stableId("x"));
});

test("settings are read, and nonsense is named", () => {
  expect(readSettings({})).toEqual({ port: 3001 });
  expect(readSettings({ PORT: "0", REQUESTS_PER_MINUTE: "5", ORIGIN: "https://x.example/" })).toEqual({
    port: 0,
    rateLimit: { requests: 5, per: 60 },
    origin: "https://x.example",
  });
  expect(() => readSettings({ PORT: "http" })).toThrow(/PORT must be a whole number/);
});
