/** Finds numbers of JSON that are beyond the range of ECMAScript's, and so became infinite when they were read. */

/** Only an exponent of three digits, or two hundred digits in a row, can lead beyond 1.8e308. */
const suspicious = /e\+?0*\d{3}|\d{200}/i;

/** The JSON Pointer of the first number that is beyond; `text` is what `value` was read from. */
export function beyondRange(text: string, value: unknown): string | undefined {
  return suspicious.test(text) ? find(value) : undefined;
}

/** With a stack of its own, for a body may be deeper than the call stack. */
function find(root: unknown): string | undefined {
  const pending: { readonly pointer: string; readonly value: unknown }[] = [{ pointer: "", value: root }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { pointer, value } = next;
    if (typeof value === "number" && !Number.isFinite(value)) return pointer;
    if (typeof value !== "object" || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      pending.push({
        pointer: `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        value: member,
      });
    }
  }
  return undefined;
}
