/** Keeps credentials out of everything that is printed. */

/** A credential within a text. */
export interface Concealed {
  /** `$OWNER_APIKEY` */
  readonly variable: string;
}

export class Secrets {
  readonly #spellings: (readonly [text: string, variable: string])[] = [];

  /** @param variable what stands for the value: `$OWNER_APIKEY` */
  add(value: string, variable: string): void {
    if (value === "") return;
    const spellings = [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString("base64"),
    ];
    for (const spelling of new Set(spellings)) this.#spellings.push([spelling, variable]);
    // The longest first: one credential may begin with another.
    this.#spellings.sort(([a], [b]) => b.length - a.length);
  }

  /** The text in pieces: what may be shown, and what stands for a credential. */
  split(text: string): (string | Concealed)[] {
    for (const [value, variable] of this.#spellings) {
      const at = text.indexOf(value);
      if (at === -1) continue;
      return [...this.split(text.slice(0, at)), { variable }, ...this.split(text.slice(at + value.length))];
    }
    return [text];
  }

  mask(text: string): string {
    let masked = text;
    for (const [value, variable] of this.#spellings) masked = masked.replaceAll(value, variable);
    return masked;
  }

  /** True if the text holds a credential in one of its spellings. */
  reveals(text: string): boolean {
    return this.#spellings.some(([value]) => text.includes(value));
  }
}
