/** The name of each request: the caller's own where it is harmless, else a fresh one. */
import type { ServerRequest } from "../exchange.ts";
import type { RequestIdOptions } from "../options.ts";

export class RequestIds {
  /** Lower case. */
  readonly header: string;
  readonly fresh: () => string;
  readonly #accept: boolean;

  constructor({ header = "x-request-id", accept = true, generate = newIds() }: RequestIdOptions = {}) {
    this.header = header.toLowerCase();
    this.fresh = generate;
    this.#accept = accept;
  }

  /** Ids of callers end up in logs: only short plain ones are taken over. */
  of(request: ServerRequest): string {
    const given = this.#accept ? request.header(this.header) : undefined;
    return given !== undefined && /^[\w.:@/+=-]{1,200}$/.test(given) ? given : this.fresh();
  }
}

/** Ids that are made at once; whoever keeps one of them keeps their text, a little over two kilobytes. */
const together = 64;
/** Asking for randomness costs the same for much as for little. */
const randomBytes = 16 * together * 8;

/**
 * Random UUIDs (RFC 9562 §5.4). `crypto.randomUUID` puts each together from twenty texts; here one text is made for many,
 * and an id is a piece of it.
 */
function newIds(): () => string {
  const random = new Uint8Array(randomBytes);
  const characters = new Uint8Array(36 * together).fill(hyphen);
  let used = randomBytes;
  let text = "";
  let at = 0;
  return () => {
    if (at === text.length) {
      if (used === randomBytes) {
        crypto.getRandomValues(random);
        used = 0;
      }
      writeIds(random.subarray(used, (used += 16 * together)), characters);
      text = decoder.decode(characters);
      at = 0;
    }
    return text.slice(at, (at += 36));
  };
}

const decoder = new TextDecoder();
const digits = new TextEncoder().encode("0123456789abcdef");
const hyphen = 0x2d;

/** Writes sixteen random bytes for each id in between the hyphens, which stay from one time to the next. */
function writeIds(random: Uint8Array, characters: Uint8Array): void {
  let to = 0;
  // An iterator would cost as much as all the rest.
  for (let index = 0; index < random.length; index++) {
    const place = index % 16;
    if (place === 4 || place === 6 || place === 8 || place === 10) to++;
    const byte = random[index] ?? 0;
    // The version stands in the seventh byte, the variant in the ninth.
    const value = place === 6 ? (byte & 0x0f) | 0x40 : place === 8 ? (byte & 0x3f) | 0x80 : byte;
    characters[to++] = digits[value >> 4] ?? 0;
    characters[to++] = digits[value & 15] ?? 0;
  }
}
