/** Bodies by media type, whoever sends them. */
import { append } from "../../json/append.ts";
import type { Json, JsonObject } from "../../json/json.ts";
import { joinPointer } from "../../json/pointer.ts";
import type { MediaType } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { RuleName } from "../rule-table.ts";
import type { Direction } from "../schema/difference.ts";
import { encodedOtherwise } from "../wire/encoding.ts";
import { lenient } from "../wire/lenient.ts";
import { coversMedia, isForm, mediaKey } from "../wire/media.ts";
import { quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import { compareSpot } from "./schemas.ts";

export interface ContentPair {
  readonly direction: Direction;
  /** As a sentence names it: `the request body`. */
  readonly label: string;
  readonly base: { readonly content: readonly MediaType[]; readonly pointer: string };
  readonly revision: { readonly content: readonly MediaType[]; readonly pointer: string };
  readonly prove: (mediaType: MediaType, value: Json) => Counterexample | undefined;
}

/** Media types that go or come, and what travels under those that stay. */
export function compareContent(comparison: Comparison, pair: ContentPair): readonly Found[] {
  const { base, revision, direction, label } = pair;
  const found: Found[] = [];
  const at = { base: base.pointer, revision: revision.pointer };
  const note = (rule: RuleName, mediaType: string, verb: string): void => {
    const message = `${quoted(mediaType)} ${verb} ${label}`;
    found.push({ ...at, rule, subject: mediaType, message });
  };
  for (const before of base.content) {
    const after = counterpart(before, revision.content);
    if (after !== undefined) append(found, compareMedia(comparison, pair, before, after));
    else if (direction === "request" || !revision.content.some(isInside(before)))
      note(`${direction}-media-type-removed`, before.mediaType, "is no longer a media type of");
    // Inside a range, a media type with an entry of its own is what travels.
    for (const inside of revision.content.filter(isInside(before))) {
      const isOwn = counterpart(inside, base.content) === before;
      if (isOwn && (after !== undefined || direction === "response"))
        append(found, compareMedia(comparison, pair, { ...before, mediaType: inside.mediaType }, inside));
    }
  }
  for (const after of revision.content) {
    if (counterpart(after, base.content) === undefined)
      note(`${direction}-media-type-added`, after.mediaType, "is a new media type of");
  }
  return found;
}

function counterpart({ mediaType }: MediaType, content: readonly MediaType[]): MediaType | undefined {
  return (
    content.find((other) => mediaKey(other.mediaType) === mediaKey(mediaType)) ??
    content.find((other) => coversMedia(other.mediaType, mediaType))
  );
}

/** True if the range covers the media type without being the same. */
function isInside(range: MediaType): (other: MediaType) => boolean {
  return ({ mediaType }) =>
    mediaKey(mediaType) !== mediaKey(range.mediaType) && coversMedia(range.mediaType, mediaType);
}

function compareMedia(
  comparison: Comparison,
  { direction, label, prove }: ContentPair,
  before: MediaType,
  after: MediaType,
): readonly Found[] {
  const found: Found[] = [];
  const documents = { base: comparison.pair.base.document, revision: comparison.pair.revision.document };
  const encoded = encodedOtherwise(
    { document: documents.base, mediaType: before },
    { document: documents.revision, mediaType: after },
    (one, other) => comparison.closures.same(one, other),
  );
  if (encoded.length > 0) found.push(encodingChanged(before, after, label));
  const side = (one: MediaType, document: JsonObject, receives: boolean) => ({
    schema: receives && isForm(one.mediaType) ? lenient(document, one.schema) : (one.schema ?? true),
    pointer: one.schemaPointer ?? one.pointer,
  });
  const spot = {
    direction,
    view: direction,
    label,
    base: side(before, documents.base, direction === "response"),
    revision: side(after, documents.revision, direction === "request"),
    prove: (value: Json) => prove(direction === "request" ? before : after, value),
  };
  const isSame = comparison.closures.same(before.schema ?? true, after.schema ?? true);
  return isSame ? found : [...found, ...compareSpot(comparison, spot)];
}

function encodingChanged(before: MediaType, after: MediaType, label: string): Found {
  return {
    rule: "encoding-changed",
    subject: before.mediaType,
    message: `Parts of ${label} are written in another way under ${quoted(before.mediaType)}`,
    base: joinPointer(before.pointer, "encoding"),
    revision: joinPointer(after.pointer, "encoding"),
  };
}
