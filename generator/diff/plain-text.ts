/** Compares prose: line breaks, Markdown marks, case and punctuation at the ends are not meaning. */

function essence(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[`*_]+/g, "")
    .replace(/[\s.,;:!?]+/g, " ")
    .trim();
}

/** Do both say the same in the same words? */
export function sameWording(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && essence(a) === essence(b));
}
