/** JSON texts as they arrive: parsed, and without integers that a double would alter. */
import { token, type Issues } from "../runtime/issues.ts";

/** The value of a JSON text; notes an issue where there is none, or where a number would not stay what it is. */
export function readJson(text: string, at: string, issues: Issues): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    issues.add(at, "json");
    return undefined;
  }
  const altered = alteredInteger(text);
  if (altered === undefined) return value;
  noteInexact(altered.digits, at + altered.pointer, issues);
  return undefined;
}

/**
 * The number that an integer's digits spell; undefined where a double would alter it. Beyond 2^53, JavaScript writes the
 * fewest digits that tell a double from its neighbours, so these stand for it.
 */
export function exactInteger(digits: string): number | undefined {
  const value = Number(digits);
  if (Number.isSafeInteger(value) || String(value) === digits) return value;
  return Number.isFinite(value) && BigInt(value) === BigInt(digits) ? value : undefined;
}

/** Notes that a number is out of the range in which doubles are exact. */
export function noteInexact(digits: string, at: string, issues: Issues): void {
  const bound = Number.isFinite(Number(digits)) ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
  if (digits.startsWith("-")) issues.add(at, "minimum", -bound);
  else issues.add(at, "maximum", bound);
}

export interface AlteredInteger {
  readonly digits: string;
  /** JSON Pointer. */
  readonly pointer: string;
}

/** The first integer of a JSON text that a double cannot hold. */
export function alteredInteger(text: string): AlteredInteger | undefined {
  // Doubles hold all integers of 15 digits; most texts end here.
  if (!/\d{16}/.test(text)) return undefined;
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\],:]/g;
  const path: (string | number)[] = [];
  let last = "";
  for (const [read] of text.matchAll(tokens)) {
    const inside = path.at(-1);
    if (read === "[" || read === "{") path.push(read === "[" ? 0 : "");
    else if (read === "]" || read === "}") path.pop();
    else if (read === ":") path[path.length - 1] = last;
    else if (read === "," && typeof inside === "number") path[path.length - 1] = inside + 1;
    else if (/^-?\d+$/.test(read) && exactInteger(read) === undefined)
      return { digits: read, pointer: path.map(pointerPart).join("") };
    last = read;
  }
  return undefined;
}

export function pointerPart(step: string | number): string {
  return `/${typeof step === "number" ? step : token(String(JSON.parse(step)))}`;
}
