/** Fields of a response beside those that the host's framework has set. */

/** Fields that middleware and handlers each have their own share of: neither replaces the other's. */
const additive: ReadonlySet<string> = new Set(["vary", "set-cookie", "link", "server-timing"]);

/** All values of a field that are to leave: the host's, where the field is of the kind that adds up, and the handler's. */
export function fieldValues(
  name: string,
  own: readonly string[],
  known: number | string | readonly string[] | undefined,
): readonly string[] {
  if (known === undefined || !additive.has(name)) return own;
  const hosts = typeof known === "object" ? known : [String(known)];
  return name === "vary" ? [mergedList([...hosts, ...own])] : [...hosts, ...own];
}

/** One list, with each member once, whatever its case. */
function mergedList(values: readonly string[]): string {
  const members = new Map<string, string>();
  for (const member of values.flatMap((value) => value.split(","))) {
    const name = member.trim();
    if (name !== "" && !members.has(name.toLowerCase())) members.set(name.toLowerCase(), name);
  }
  return [...members.values()].join(", ");
}

/** The values by name, in the order of their first field. */
export function byFieldName(headers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (let index = 0; index < headers.length; index += 2) {
    const [name = "", value = ""] = headers.slice(index, index + 2);
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [value]);
    else values.push(value);
  }
  return fields;
}
