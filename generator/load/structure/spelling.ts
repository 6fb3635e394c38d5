/** References that are misspelt in a way that leaves one meaning: `#components/…`, `%22`, a bare name. */
import { isObject, type Json, type JsonObject } from "../../json/json.ts";
import { escapeToken, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";

/** The pointer that a local reference names, however it is spelt; `undefined` where no value is at any. */
export function pointerOf(root: JsonObject, ref: string, section: string | undefined): string | undefined {
  const exact = refPointer(ref);
  if (exact !== undefined && resolvePointer(root, exact) !== undefined) return exact;
  return candidates(ref, section).find((pointer) => resolvePointer(root, pointer) !== undefined);
}

/** What the author may have meant, the likeliest first. */
function candidates(ref: string, section: string | undefined): string[] {
  const plain = decoded(ref)
    .trim()
    .replaceAll(/^["'`]+|["'`]+$/g, "")
    .replaceAll("\\", "/")
    .replace(/^\.?\/?#*\/*/, "/")
    .replace(/\/+$/, "");
  const found = [plain];
  const name = pointerTokens(plain).at(-1);
  if (section === undefined || name === undefined) return found;
  const inSection = `/components/${section}/${escapeToken(name)}`;
  // Swagger 2.0 and JSON Schema keep schemas in `definitions`.
  if (/^\/(?:definitions|parameters|responses|schemas)\/[^/]+$/.test(plain)) found.push(inSection);
  if (/^[\w.-]+$/.test(ref)) found.push(inSection);
  return found;
}

function decoded(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}

/** A reference to a pointer (RFC 6901 §6): percent signs of a name are encoded. */
export function refTo(pointer: string): string {
  return `#${pointer.replaceAll("%", "%25")}`;
}

/** What stands in place of a reference that leads nowhere; `undefined` where the whole member goes. */
export function substitute(kind: string): { readonly value: Json; readonly said: string } | undefined {
  switch (kind) {
    case "schema":
      return { value: {}, said: "the schema is unknown there and accepts every value" };
    case "response":
      return { value: { description: "" }, said: "the response is one without a known body" };
    case "requestBody":
      return { value: { content: { "*/*": {} } }, said: "the request body is unknown and unchecked" };
    case "header":
      return { value: { schema: {} }, said: "the header's value is unknown and unchecked" };
    case "mediaType":
      return { value: {}, said: "the body is unknown and unchecked" };
    default:
      return undefined;
  }
}

/** True if what a reference leads to can be an object of this kind. */
export function fitsKind(target: Json, kind: string): boolean {
  return isObject(target) || (kind === "schema" && typeof target === "boolean");
}

/** True if the reference is the pointer, whatever percent signs it is written with. */
export function sameRef(ref: string, pointer: string): boolean {
  try {
    return decodeURIComponent(ref) === `#${pointer}`;
  } catch {
    return false;
  }
}
