/** What is written as YAML reads back as the same data, whichever version of YAML the reader speaks. */
import fc from "fast-check";
import { load } from "js-yaml";
import { parse } from "yaml";
import { expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { yamlText } from "../../generator/print/yaml.ts";

/** Texts that some reader takes for a number, a date, a boolean, a merge key, or for the end of a scalar. */
const ambiguous =
  "y N yes No on OFF true NULL ~ = << 0o7 017 0x1F 1_000 1e3 1.10 1e-400 1:30 190:20:30.15 2024-02-30 2001-12-14t21:59:43Z .inf .NaN -.inf - -- --- ... ? : , [ ] { } # & * ! | > ' \" % @ ` 3.1.0".split(
    " ",
  );
const text = fc.oneof(
  fc.constantFrom(
    ...ambiguous,
    "",
    " ",
    "a: b",
    "a #b",
    "a:",
    " a",
    "a ",
    "-1",
    "\ta",
    "a\tb",
    "\u0085",
    "\u2028",
  ),
  fc.constantFrom(
    "a\nb",
    "\na",
    "a\n",
    "a\n\n",
    " a\nb",
    "a\n  b\n \n",
    "\n",
    "# a\n",
    "a\r\nb",
    "a\n\ufeffb\n",
  ),
  fc.string({ maxLength: 12, unit: "grapheme" }),
  fc.string({ maxLength: 8, unit: fc.constantFrom(..." \n:#-'\"\\ab1.,[]{}\t".split("")) }),
  fc.constant("k".repeat(1500)),
  fc.uuid(),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    number,
    fc.constantFrom(true, false, null),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(text, tie("json"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
// `__proto__` is a name that loading refuses.
const document = fc.dictionary(text, json, { noNullPrototype: true });

test("reads back as what was written, with YAML 1.2 and with YAML 1.1", () => {
  let literals = 0;
  fc.assert(
    fc.property(document, (value) => {
      // A dictionary of JSON values.
      const written = yamlText(value as JsonObject);
      if (written.includes(": |")) literals++;
      expect(load(written), written).toEqual(value);
      expect(parse(written, { version: "1.2" }), written).toEqual(value);
      expect(parse(written, { version: "1.1", merge: true }), written).toEqual(value);
    }),
    { numRuns: 400 },
  );
  expect(literals).toBeGreaterThan(20);
});

test("writes what people write", () => {
  const written = yamlText({
    openapi: "3.1.0",
    info: { title: "It's", version: "1.0", description: "One.\n\nTwo.\n" },
    tags: [{ name: "a", "x-list": [[1, 2], []] }, "on"],
    paths: {},
    "x-number": 1e21,
  });
  expect(written).toBe(`openapi: 3.1.0
info:
  title: It's
  version: '1.0'
  description: |
    One.

    Two.
tags:
  - name: a
    x-list:
      - - 1
        - 2
      - []
  - 'on'
paths: {}
x-number: 1.0e+21
`);
});
