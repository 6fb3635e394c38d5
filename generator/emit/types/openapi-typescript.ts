/**
 * The parts of openapi-typescript that type a document; not those that bundle and lint one. As CommonJS: `import` would
 * scan the nine megabytes of the compiler below it for the names of its exports, which takes longer than to load it.
 */
import { createRequire, Module } from "node:module";
import type * as OpenapiTypescript from "openapi-typescript";
import type { OpenAPI3 } from "openapi-typescript";
import type * as TsMorph from "ts-morph";
import { escapeToken, pointerTokens, refPointer } from "../../json/pointer.ts";

const require = createRequire(import.meta.url);

// ts-morph brings a compiler along, which `errors.ts` is built with; openapi-typescript builds and prints with the same
// one, whose version it allows: a second would cost every run a third of a second and 90 MB.
const { ts } = require("ts-morph") as typeof TsMorph; // What `require` gives is untyped.
const compiler = createRequire(require.resolve("openapi-typescript")).resolve("typescript");
const loaded = require.cache[compiler];
require.cache[compiler] = Object.assign(new Module(compiler), { exports: ts, loaded: true });

// What `require` gives is untyped; these files are what the package's main file exports again, and it has types.
const text = require("openapi-typescript/dist/lib/ts.cjs") as Pick<
  typeof OpenapiTypescript,
  "astToString" | "addJSDocComment"
>;
// As above.
const utilities = require("openapi-typescript/dist/lib/utils.cjs") as Pick<
  typeof OpenapiTypescript,
  "resolveRef" | "createRef"
>;
// As above.
const transform =
  require("openapi-typescript/dist/transform/index.cjs") as (typeof OpenapiTypescript)["transformSchema"];

// Whoever else asks for TypeScript gets their own.
if (loaded === undefined) Reflect.deleteProperty(require.cache, compiler);
else require.cache[compiler] = loaded;

// It decodes places that it has not encoded, and so throws for a property named `discount_%`.
const places = createRequire(require.resolve("openapi-typescript"))(
  "@redocly/openapi-core/lib/ref-utils.js",
) as { parseRef: (ref: string) => { uri: string | null; pointer: string[] } }; // As above, without types.
places.parseRef = (ref) => {
  const [uri = "", pointer = ""] = ref.split("#/", 2);
  const tokens = pointerTokens(refPointer(`#/${pointer}`) ?? `/${pointer}`);
  return { uri: uri.replace(/#$/, "") || null, pointer: tokens.filter((token) => token !== "") };
};
utilities.createRef = (parts) =>
  parts.reduce<string>((place, part, index) => {
    const name = String(part ?? "");
    if (name === "") return place;
    const isPlace = index === 0 && name.startsWith("#/");
    return isPlace ? name : `${place}/${escapeToken(name).replaceAll("%", "%25")}`;
  }, "#");

// It trims what it takes for texts: members that their object does not know (a warning) may be anything.
const textual = new Set(["title", "summary", "format"]);
const { addJSDocComment } = text;
text.addJSDocComment = (described, node) => {
  const members = Object.entries((described as object | undefined) ?? {}); // It may be absent, whatever its types say.
  const texts = members.filter(([name, value]) => !textual.has(name) || typeof value === "string");
  addJSDocComment(texts.length === members.length ? described : Object.fromEntries(texts), node);
};

export const { astToString } = text;
export const { resolveRef } = utilities;
export const transformSchema = transform;

/** A document as openapi-typescript's types have it; `load` has checked its shape, which is all that they say. */
export type TypedDocument = OpenAPI3;
