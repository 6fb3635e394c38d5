/** Spells a whole query in one way, for callers who ask for that instead of what the document declares. */
import type { QuerySerializer, QuerySerializerOptions } from "./options.ts";
import { isRecord } from "./record.ts";
import { spell } from "./serialize.ts";

const separators = { form: ",", spaceDelimited: "%20", pipeDelimited: "|" };

/** As openapi-fetch's function of this name: empty lists, `null` and `undefined` are left out. */
export function createQuerySerializer({
  array: { style = "form", explode: spread = true } = {},
  object: { style: objectStyle = "deepObject", explode = true } = {},
  allowReserved = false,
}: QuerySerializerOptions = {}): QuerySerializer {
  const encode = (value: unknown): string =>
    allowReserved ? spell(value) : encodeURIComponent(spell(value));
  const pairs = ([name, value]: readonly [string, unknown]): string[] => {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) {
      const items = value.map(encode);
      if (spread) return items.map((item) => `${name}=${item}`);
      return items.length === 0 ? [] : [`${name}=${items.join(separators[style])}`];
    }
    if (!isRecord(value)) return [`${name}=${encode(value)}`];
    const deep = objectStyle === "deepObject";
    const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
    return deep || explode
      ? members.map(([key, member]) => `${deep ? `${name}[${key}]` : key}=${encode(member)}`)
      : [`${name}=${members.map(([key, member]) => `${key},${encode(member)}`).join()}`];
  };
  return (query) => Object.entries(query).flatMap(pairs).join("&");
}
