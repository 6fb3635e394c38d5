/** The less common spellings of parameters and bodies (OpenAPI 3.1.1 §4.8.12.3 Style Values, §4.8.15 Encoding). */
import { isRecord, asRecord, ownValue, type Members } from "./record.ts";
import { queryPairs, spell } from "./serialize.ts";

/** `style` and `explode` of a parameter; `json` is a `content` parameter. */
export type ParameterStyle = readonly [style: string, explode: boolean, allowReserved?: boolean];

type Encode = (plain: string) => string;
type Pair = readonly [name: string, value: string];

/** A query with parameters in other styles than `form` with `explode`. */
export function styledQuery(styles: Readonly<Record<string, ParameterStyle>>): (query: Members) => string {
  return (query) =>
    Object.entries(query)
      .flatMap(([name, value]) => {
        const style = ownValue(styles, name);
        if (style === undefined || isAbsent(value, style)) return queryPairs([name, value]);
        return styledPairs(name, value, style);
      })
      .join("&");
}

/** Null has a spelling in JSON only; elsewhere it is left out. */
function isAbsent(value: unknown, [style]: ParameterStyle): boolean {
  return value === undefined || (value === null && style !== "json");
}

function styledPairs(
  name: string,
  value: unknown,
  [style, explode, allowReserved]: ParameterStyle,
): string[] {
  const encode = allowReserved === true ? encodeURI : encodeURIComponent;
  const pair = ([key, plain]: Pair): string => `${encodeURIComponent(key)}=${encode(plain)}`;
  if (style === "json") return [pair([name, JSON.stringify(value)])];
  if (style === "deepObject") return deepPairs(name, value).map(pair);
  if (Array.isArray(value) && explode) return value.map((item) => pair([name, spell(item)]));
  if (isRecord(value) && explode) return pairsOf(value).map(pair);
  const items = flatten(value, encode);
  const separator = style === "spaceDelimited" ? "%20" : style === "pipeDelimited" ? "%7C" : ",";
  return items.length === 0 ? [] : [`${encodeURIComponent(name)}=${items.join(separator)}`];
}

/** `filter[a][b]=…`; the members of a list are numbered. */
function deepPairs(name: string, value: unknown): Pair[] {
  if (value === undefined) return [];
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, member]) => deepPairs(`${name}[${key}]`, member))
    : [[name, spell(value)]];
}

function pairsOf(value: Members): Pair[] {
  return Object.entries(value).flatMap(([key, member]): Pair[] =>
    member === undefined ? [] : [[key, spell(member)]],
  );
}

function flatten(value: unknown, encode: Encode): string[] {
  if (Array.isArray(value)) return value.map((item) => encode(spell(item)));
  return isRecord(value) ? pairsOf(value).flat().map(encode) : [encode(spell(value))];
}

/** A path or header parameter in this style. */
export function styledValue(
  ...[style, explode]: ParameterStyle
): (name: string, value: unknown, encode: Encode) => string {
  return (name, value, encode) => {
    if (style === "json") return encode(JSON.stringify(value));
    const separator = !explode || style === "simple" ? "," : style === "label" ? "." : ";";
    const items =
      explode && isRecord(value)
        ? pairsOf(value).map(([key, item]) => `${encode(key)}=${encode(item)}`)
        : flatten(value, encode).map((item) => (style === "matrix" && explode ? `${name}=${item}` : item));
    const joined = items.join(separator);
    if (style === "label") return `.${joined}`;
    if (style !== "matrix") return joined;
    return `;${explode ? joined : `${name}=${joined}`}`;
  };
}

/**
 * A body of type `application/x-www-form-urlencoded`, its members in these styles. Without a style lists repeat their name,
 * and objects are JSON (OpenAPI 3.1.2 §4.8.15.1.2).
 */
export function urlEncoded(styles: Readonly<Record<string, ParameterStyle>> = {}): (body: unknown) => string {
  const serialize = styledQuery(styles);
  return (body) => {
    const members = Object.entries(asRecord(body)).map(([name, value]) => {
      const isJson = isRecord(value) && ownValue(styles, name) === undefined;
      return [name, isJson ? JSON.stringify(value) : value] as const;
    });
    return serialize(Object.fromEntries(members));
  };
}

/** A multipart body: lists repeat their name, objects are JSON (§4.8.15.1). */
export function multipart(body: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(asRecord(body))) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const item of items) {
      if (item === undefined || item === null) continue;
      if (item instanceof Blob) form.append(name, item);
      else if (typeof item === "object") {
        form.append(name, new Blob([JSON.stringify(item)], { type: "application/json" }));
      } else form.append(name, spell(item));
    }
  }
  return form;
}

/** Cookie parameters as a header. Browsers do not let a program set it. */
export function cookieHeader(cookies: Members): Record<string, string> {
  const pairs = pairsOf(cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? {} : { cookie: pairs.join("; ") };
}
