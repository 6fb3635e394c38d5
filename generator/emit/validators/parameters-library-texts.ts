/** The part of `validators/parameters.ts` that takes paths, queries, headers and cookies apart, and coerces texts. */

/** Sources: the texts of one part of a request, by name. */
export const sourceText = String.raw`
const noPairs: ReadonlyMap<string, readonly string[]> = new Map();
const nothingTaken: ReadonlySet<string> = new Set();

/** Segments of the path by parameter name, as they stand in the URL. */
export function pathSource(segments: Readonly<Record<string, string | undefined>>): Source {
  const texts = (name: string): readonly string[] => {
    const text = Object.hasOwn(segments, name) ? segments[name] : undefined;
    return text === undefined ? [] : [text];
  };
  return { texts, pairs: noPairs, taken: nothingTaken, decode: percentDecoded };
}

/** Header fields; several lines of one field are one list (RFC 9110 §5.3). */
export function headerSource(header: HeaderLookup): Source {
  const texts = (name: string): readonly string[] => {
    const value = header(name.toLowerCase());
    if (value === undefined || value === null) return [];
    return [trimmed(typeof value === "object" ? value.join(", ") : String(value))];
  };
  return { texts, pairs: noPairs, taken: nothingTaken, decode: trimmed, isHeader: true };
}

/** Looks a field up by its lower-case name. */
export type HeaderLookup = (name: string) => string | number | readonly string[] | null | undefined;

/** A query or a form in the same writing; undefined where it has more pairs than the limit. */
export function querySource(query: string, limit: number): Source | undefined {
  const pairs = new Map<string, string[]>();
  let count = 0;
  for (let start = 0; start < query.length; ) {
    const next = query.indexOf("&", start);
    const end = next < 0 ? query.length : next;
    if (end > start) {
      if (++count > limit) return undefined;
      const [name, text] = halves(query.slice(start, end));
      // A name that is wrongly encoded is no declared one; it stays as it is.
      addPair(pairs, plusDecoded(name) ?? name, text);
    }
    start = end + 1;
  }
  return pairSource(pairs, (text, parameter) => (parameter.reserved === true ? percentDecoded(text) : plusDecoded(text)));
}

/** The Cookie field (RFC 6265bis §4.2.1); undefined where it has more pairs than the limit. */
export function cookieSource(cookies: string, limit: number): Source | undefined {
  const pairs = new Map<string, string[]>();
  let count = 0;
  for (let start = 0; start < cookies.length; ) {
    const next = cookies.indexOf(";", start);
    const end = next < 0 ? cookies.length : next;
    const pair = trimmed(cookies.slice(start, end));
    if (pair !== "") {
      if (++count > limit) return undefined;
      const equals = pair.indexOf("=");
      const name = equals < 0 ? "" : trimmed(pair.slice(0, equals));
      const text = trimmed(pair.slice(equals + 1));
      // Browsers send a cookie twice where it was set for two paths; only a contradiction is a repetition.
      if (pairs.get(name)?.includes(text) !== true) addPair(pairs, name, text);
    }
    start = end + 1;
  }
  return pairSource(pairs, percentDecoded);
}

function pairSource(pairs: ReadonlyMap<string, readonly string[]>, decode: Source["decode"]): Source {
  const taken = new Set<string>();
  const take = (name: string): void => {
    taken.add(name);
  };
  const texts = (name: string): readonly string[] => {
    taken.add(name);
    return pairs.get(name) ?? [];
  };
  return { texts, pairs, taken, take, decode };
}

function addPair(pairs: Map<string, string[]>, name: string, text: string): void {
  const texts = pairs.get(name);
  if (texts === undefined) pairs.set(name, [text]);
  else texts.push(text);
}

/** Before and after the first "=". */
function halves(pair: string): readonly [string, string] {
  const equals = pair.indexOf("=");
  return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

function percentDecoded(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function plusDecoded(text: string): string | undefined {
  return percentDecoded(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/** Without blanks (RFC 9110 §5.6.3) at the ends. One pass: a regular expression would try each blank in turn. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}`;

/** Scalars: what one text spells. */
export const scalarText = String.raw`
const integerText = /^-?(?:0|[1-9]\d*)$/;
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The first of the scalars that the text spells. */
function spelled(text: string, scalars: readonly Scalar[], at: string, issues: Issues): unknown {
  for (const scalar of scalars) {
    if (scalar === "string") return text;
    if (scalar === "boolean" && (text === "true" || text === "false")) return text === "true";
    if (scalar === "null" && (text === "null" || text === "")) return null;
    if ((scalar === "integer" && integerText.test(text)) || (scalar === "number" && numberText.test(text))) {
      const value = Number(text);
      const isExact = integerText.test(text) ? Number.isSafeInteger(value) : Number.isFinite(value);
      // There is no minus zero in a contract.
      if (isExact) return value + 0;
      if (!scalars.includes("string")) return outOfRange(value, at, issues);
    }
  }
  issues.add(at, "type", scalars.length === 1 ? scalars[0] : scalars);
  return undefined;
}

/** The value of a whole text for a shape of scalars; notes an issue where there is none. */
export function readText(text: string, shape: Shape, at: string, issues: Issues): unknown {
  const scalars = scalarsOf(shape);
  return spelled(text, scalars.length === 0 ? anyText : scalars, at, issues);
}

function outOfRange(value: number, at: string, issues: Issues): undefined {
  const bound = Number.isFinite(value) ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  if (value < 0) issues.add(at, "minimum", -bound);
  else issues.add(at, "maximum", bound);
}

const anyText: readonly Scalar[] = ["string"];
const single: Readonly<Record<Scalar | "any", readonly Scalar[]>> = {
  any: anyText,
  integer: ["integer"],
  number: ["number"],
  boolean: ["boolean"],
  string: anyText,
  null: ["null"],
};

/** The scalars of a shape; none where it has only items or members. */
function scalarsOf(shape: Shape): readonly Scalar[] {
  if (typeof shape === "string") return single[shape];
  return shape.scalars ?? [];
}

function itemsOf(shape: Shape): Shape | undefined {
  return typeof shape === "string" ? undefined : shape.items;
}

/** Of the item at an index; items of a tuple have shapes of their own. */
function itemShape(shape: Shape, index: number): Shape | undefined {
  return typeof shape === "string" ? undefined : (shape.prefix?.[index] ?? shape.items);
}

/** May the value be a list of values that are given one by one? */
function isList(shape: Shape): boolean {
  return shape === "any" || itemsOf(shape) !== undefined;
}

function hasMembers(shape: Shape): boolean {
  return typeof shape === "object" && (shape.members !== undefined || shape.others !== undefined);
}

function memberShape(shape: Shape, name: string): Shape {
  if (typeof shape === "string") return "any";
  const { members } = shape;
  const own = members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
  return own ?? shape.others ?? "any";
}

/** What a shape is called in an issue. */
function typesOf(shape: Shape): string | readonly string[] {
  const names = [
    ...scalarsOf(shape),
    ...(itemsOf(shape) === undefined ? [] : ["array"]),
    ...(hasMembers(shape) ? ["object"] : []),
  ];
  return names.length === 1 ? (names[0] ?? "string") : names;
}

/** Sets an own member, whatever its name. */
export function put(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else target[name] = value;
}

/** Decodes and coerces one text for a shape of scalars. */
function scalar(text: string, shape: Shape, at: string, given: Given): unknown {
  const { source, parameter, issues } = given;
  const decoded = source.decode(text, parameter);
  if (decoded === undefined) {
    issues.add(at, "encoding");
    return undefined;
  }
  const scalars = scalarsOf(shape);
  if (scalars.length > 0) return spelled(decoded, scalars, at, issues);
  issues.add(at, "type", typesOf(shape));
  return undefined;
}

/** What every step of reading one parameter needs. */
interface Given {
  readonly source: Source;
  readonly parameter: Parameter;
  readonly issues: Issues;
}`;
