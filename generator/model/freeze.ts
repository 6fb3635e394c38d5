/** Makes the model immutable. */
import type { ApiModel } from "./api-model.ts";

/** Members that hold the document's own JSON: megabytes that nothing may write to, by type, and that are not copied here. */
const raw: ReadonlySet<string> = new Set(["document", "schema", "value", "example", "encoding"]);

/** Freezes every object of the model in place, except the document's own JSON. */
export function freezeModel(model: ApiModel): ApiModel {
  freeze(model);
  return model;
}

function freeze(node: object): void {
  Object.freeze(node);
  // The model's objects are plain, so this meets own members only, and makes no list of them.
  for (const member in node) {
    // A key of the object itself, whatever its type.
    const value: unknown = node[member as keyof typeof node];
    if (typeof value === "object" && value !== null && !raw.has(member) && !Object.isFrozen(value))
      freeze(value);
  }
}
