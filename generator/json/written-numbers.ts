/** Numbers of a document whose digits a double does not keep, such as 9007199254740993 or 1e-400. */
import { pointerTokens } from "./pointer.ts";

export interface WrittenNumber {
  /** JSON Pointer. */
  readonly pointer: string;
  /** What the digits are as a double. */
  readonly value: number;
  /** Decimal, as every reader of JSON and YAML takes it. */
  readonly digits: string;
}

const decimal = /^([-+]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/;

/** The number as a decimal that JSON and all versions of YAML have; `undefined` for any other text. */
export function decimalDigits(text: string): string | undefined {
  if (/^0(?:x[\da-fA-F]+|o[0-7]+)$/.test(text)) return BigInt(text).toString();
  const [, sign = "", whole = "", fraction = "", exponent] = decimal.exec(text) ?? [];
  if (whole + fraction === "") return undefined;
  // YAML 1.1 reads an exponent only with a sign, behind a decimal point.
  const point = fraction === "" ? (exponent === undefined ? "" : ".0") : `.${fraction}`;
  const power = exponent === undefined ? "" : `e${exponent.replace(/^(?=\d)/, "+")}`;
  return `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "") || "0"}${point}${power}`;
}

/** True if JavaScript writes the number back as the same decimal. */
export function isKept(digits: string): boolean {
  return canonical(digits) === canonical(String(Number(digits)));
}

/** True if the double is another number than its digits, by what it is and by how JavaScript writes it. */
export function isAltered({ digits, value }: WrittenNumber): boolean {
  const written = canonical(digits);
  return written !== canonical(String(value)) && written !== canonical(exactDigits(value));
}

/** All digits of an integer; of a fraction those that JavaScript writes. */
export function exactDigits(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

/** Equal for equal decimals. */
function canonical(digits: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = decimal.exec(digits) ?? [];
  const all = (whole + fraction).replace(/^0+/, "");
  const significant = all.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign === "-" ? "-" : ""}${significant}e${Number(exponent) - fraction.length + all.length - significant.length}`;
}

/** Finds the digits again after the document has been expanded, which moves some of its values. */
export class WrittenNumbers {
  readonly #byValue = new Map<number, WrittenNumber[]>();

  constructor(numbers: readonly WrittenNumber[]) {
    for (const number of numbers)
      this.#byValue.set(number.value, [...(this.#byValue.get(number.value) ?? []), number]);
  }

  get size(): number {
    return this.#byValue.size;
  }

  /** The digits of the value at a place; `undefined` where they are those that JavaScript writes. */
  digits(value: number, path: readonly string[]): string | undefined {
    const candidates = this.#byValue.get(value);
    if (candidates === undefined) return undefined;
    let best: WrittenNumber | undefined;
    let most = -1;
    for (const candidate of candidates) {
      const tokens = pointerTokens(candidate.pointer);
      const common = sharedLength(tokens, path);
      if (common === tokens.length && common === path.length) return candidate.digits;
      // `maximum` becomes `exclusiveMaximum`.
      const sameKeyword = (path.at(-1) ?? "").toLowerCase().endsWith((tokens.at(-1) ?? "").toLowerCase());
      const score = common + (sameKeyword ? 0.5 : 0);
      if (score > most) [best, most] = [candidate, score];
    }
    // Expansion adds zeros of its own.
    return value === 0 ? undefined : best?.digits;
  }
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
