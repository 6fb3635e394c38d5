/** Named schemas of which requests have another view than responses: `readOnly` and `writeOnly` members differ. */
import { uniqueNames } from "../../json/identifier.ts";
import type { NamedSchema } from "../../model/api-model.ts";
import type { ReachIndex } from "./reach.ts";
import type { SchemaStore } from "./store.ts";

/** The name of what requests have, for each schema that needs one: `TemplateInput` beside `Template`. */
export function inputNames(
  schemas: readonly NamedSchema[],
  store: SchemaStore,
  reach: ReachIndex,
): ReadonlyMap<NamedSchema, string> {
  const unique = uniqueNames(schemas.map(({ identifier }) => identifier));
  return new Map(
    schemas.flatMap((named) => {
      const { readOnly, writeOnly } = reach.of(store.root(named.schema, named.pointer));
      return readOnly || writeOnly ? [[named, unique(`${named.identifier}Input`)] as const] : [];
    }),
  );
}
