/** What stands at a pointer, as far as the place alone says. */
import { pointerTokens } from "../../json/pointer.ts";
import { entriesOf, objects, type Field } from "../../openapi/objects.ts";

/** The kind of object that the table has at this place of a document; `undefined` inside extensions and data. */
export function kindAt(pointer: string): string | undefined {
  let kind = "document";
  let holder: Field | undefined;
  for (const token of pointerTokens(pointer)) {
    if (holder !== undefined) {
      if (holder.extensible && token.startsWith("x-")) return undefined;
      kind = holder.kind;
      holder = undefined;
      continue;
    }
    const entries = entriesOf(kind);
    if (entries !== undefined) {
      kind = entries.kind;
      continue;
    }
    const fields = objects[kind];
    const field = fields !== undefined && Object.hasOwn(fields, token) ? fields[token] : undefined;
    if (field === undefined) return undefined;
    if (field.arity === "one") kind = field.kind;
    else holder = field;
  }
  return holder === undefined ? kind : undefined;
}
