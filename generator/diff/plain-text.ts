/** Compares prose: line breaks, Markdown marks, case and punctuation at the ends are not meaning. */

function normalized(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[`*_]+/g, "")
    .replace(/[\s.,;:!?]+/g, " ")
    .trim();
}

/** True if both say the same in the same words. */
export function sameWording(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && normalized(a) === normalized(b));
}
