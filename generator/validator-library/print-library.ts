/**
 * Prints the files of the validator library that generated validators import: of each room one file, with the
 * declarations that are used and no others. Their text is that of the modules beside this file.
 */
import { createHash } from "node:crypto";
import { compareText } from "../json/json.ts";
import { packagedText } from "../package/files.ts";
import { stringLiteral } from "../print/literal.ts";
import { messages } from "./runtime/messages.ts";
import { modules, notices, symbols } from "./symbols.ts";

export type LibrarySymbol = keyof typeof symbols;
/** Each room of the library becomes one file: `runtime.ts`, `parameters.ts`, `http.ts`, `forms.ts`. */
export type LibraryRoom = (typeof symbols)[LibrarySymbol]["room"];

interface Declaration {
  readonly room: LibraryRoom;
  readonly path: keyof typeof modules;
  readonly type?: true;
  readonly class?: true;
  /** Where its comment begins, where its code begins, and where that ends. */
  readonly place: readonly [number, number, number];
  /** Names of other declarations; `type ` stands before those that are used as types only. */
  readonly uses: readonly string[];
  /** Rules that it reports. */
  readonly rules: readonly string[];
}

const declarations: Readonly<Record<LibrarySymbol, Declaration>> = symbols;
const names = Object.keys(symbols).filter(isLibrarySymbol);
const rooms = ["runtime", "parameters", "http", "forms"] as const satisfies readonly LibraryRoom[];

/** True if the library declares the name. */
export function isLibrarySymbol(name: string): name is LibrarySymbol {
  return Object.hasOwn(symbols, name);
}

/** True if the name is a type, which imports and exports say. */
export function isTypeSymbol(name: LibrarySymbol): boolean {
  return declarations[name].type === true;
}

/** The types and classes of a room, which users may name. */
export function typesOf(room: LibraryRoom): LibrarySymbol[] {
  return names.filter((name) => {
    const declaration = declarations[name];
    return declaration.room === room && (declaration.type ?? declaration.class) === true;
  });
}

export interface LibraryOptions {
  /** Of relative imports. */
  readonly extension: string;
  /** Rules that the generated validators report. */
  readonly rules: Iterable<string>;
}

/**
 * The files, by room, that declare these symbols and all that they use.
 *
 * @param roots what generated files import
 */
export function printLibrary(
  roots: Iterable<LibrarySymbol>,
  options: LibraryOptions,
): ReadonlyMap<LibraryRoom, string> {
  const exported = new Set(roots);
  const used = reachable(exported);
  const imports = new Map(rooms.map((room) => [room, importsOf(room, used)]));
  for (const uses of imports.values()) for (const name of uses.keys()) exported.add(name);
  const rules = new Set([...options.rules, ...[...used].flatMap((name) => declarations[name].rules)]);
  const files = new Map<LibraryRoom, string>();
  for (const room of rooms) {
    const own = names.filter((name) => used.has(name) && declarations[name].room === room);
    if (own.length === 0) continue;
    const texts = own.map((name) =>
      name === "messages" ? printMessages(rules) : textOf(name, exported.has(name)),
    );
    const lines = printImports(imports.get(room) ?? new Map(), options.extension);
    files.set(room, `${[noticeOf(room), lines, ...texts].filter((part) => part !== "").join("\n\n")}\n`);
  }
  return files;
}

function reachable(roots: ReadonlySet<LibrarySymbol>): ReadonlySet<LibrarySymbol> {
  const found = new Set<LibrarySymbol>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const [used] of usesOf(name)) queue.push(used);
  }
  return found;
}

function usesOf(name: LibrarySymbol): (readonly [name: LibrarySymbol, isType: boolean])[] {
  return declarations[name].uses.flatMap((use) => {
    const used = use.replace(/^type /, "");
    return isLibrarySymbol(used) ? [[used, used !== use] as const] : [];
  });
}

/** What the file of a room imports of other rooms, and whether all uses are types. */
function importsOf(room: LibraryRoom, used: ReadonlySet<LibrarySymbol>): Map<LibrarySymbol, boolean> {
  const imports = new Map<LibrarySymbol, boolean>();
  for (const name of used) {
    if (declarations[name].room !== room) continue;
    for (const [other, isType] of usesOf(name)) {
      if (declarations[other].room !== room) imports.set(other, (imports.get(other) ?? true) && isType);
    }
  }
  return imports;
}

function printImports(imports: ReadonlyMap<LibrarySymbol, boolean>, extension: string): string {
  const lines = rooms.flatMap((room) => {
    const own = [...imports].filter(([name]) => declarations[name].room === room);
    if (own.length === 0) return [];
    const sorted = own.sort(([a], [b]) => compareText(a, b));
    const isTypes = sorted.every(([, isType]) => isType);
    const specifiers = sorted.map(([name, isType]) => (isType && !isTypes ? `type ${name}` : name));
    return [`import ${isTypes ? "type " : ""}{ ${specifiers.join(", ")} } from "./${room}${extension}";`];
  });
  return lines.join("\n");
}

function noticeOf(room: LibraryRoom): string {
  if (room === "runtime") return "/** What the validators beside it share. */";
  const { path, end } = notices[room];
  return sourceOf(path).slice(0, end);
}

/** The text of a declaration; only what another file imports is exported. */
function textOf(name: LibrarySymbol, isExported: boolean): string {
  const { path, place } = declarations[name];
  const [begin, code, end] = place;
  const source = sourceOf(path);
  return source.slice(begin, code) + source.slice(isExported ? code : code + "export ".length, end);
}

/** The messages of these rules, as the library declares them. */
function printMessages(rules: ReadonlySet<string>): string {
  const lines = [...rules]
    .sort(compareText)
    .map((rule) => `  ${rule}: ${stringLiteral(messages[rule] ?? rule)},\n`);
  return `const messages: Readonly<Record<string, string>> = {\n${lines.join("")}};`;
}

const sources = new Map<string, string>();

/** Read once; the places in the table are those of this very text. */
function sourceOf(path: keyof typeof modules): string {
  const known = sources.get(path);
  if (known !== undefined) return known;
  const source = packagedText(`validator-library/${path}`);
  if (createHash("sha256").update(source).digest("hex") !== modules[path]) {
    throw new Error(`${path} of the validator library has changed: run \`npm run generate\`.`);
  }
  sources.set(path, source);
  return source;
}
