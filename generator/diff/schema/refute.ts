/** Refutes an inclusion by a value. */
import type { Json } from "../../json/json.ts";
import { candidates } from "./candidates.ts";
import { isSendable } from "./members.ts";
import { sideOf, type Conjunction, type TypeName } from "./side.ts";
import { isValid } from "./validate.ts";

/** Values that are tried. */
const maxTries = 3_000;

/** A value that `inner` surely accepts, that would be sent, and that `outer` surely refuses. */
export function refute(inner: Conjunction, outer: Conjunction, declaredOnly: boolean): Json | undefined {
  if (inner.opaque) return undefined;
  const [sent, received] = [sideOf(inner), sideOf(outer)];
  return candidates(sent, received)
    .slice(0, maxTries)
    .find(
      (value) =>
        isValid(received, value) === false &&
        isValid(sent, value) === true &&
        (!declaredOnly || isSendable(inner, outer, value)),
    );
}

/** Some type on each side that the other does not have. */
export function unrelated(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  return [...a].every((type) => !covers(b, type)) && [...b].every((type) => !covers(a, type));
}

function covers(types: ReadonlySet<TypeName>, type: TypeName): boolean {
  return (
    types.has(type) ||
    (type === "integer" && types.has("number")) ||
    (type === "number" && types.has("integer"))
  );
}
