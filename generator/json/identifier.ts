/** Turns names of a document, which can be any text, into TypeScript identifiers. */

/**
 * The words of a name: runs of ASCII letters and digits, split at case changes (`sendPrepared`, `HTTPStatus`) as well.
 * Other letters and digits that ECMAScript allows in identifiers stay as they are; everything else separates.
 */
export function identifierWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^\p{ID_Continue}]+|_+/u)
    .filter((word) => word !== "");
}

/** `send-prepared_broadcast` → `sendPreparedBroadcast`; a leading digit gets a `_`, an empty name becomes `_`. */
export function camelCase(name: string): string {
  const [first = "", ...rest] = identifierWords(name);
  return legal(lowerFirst(first) + rest.map(upperFirst).join(""));
}

/** `send-prepared_broadcast` → `SendPreparedBroadcast`. */
export function pascalCase(name: string): string {
  return legal(identifierWords(name).map(upperFirst).join(""));
}

/**
 * A function that gives each name back at its first use and numbers the later ones (`Name2`, `Name3`), without regard
 * to case: file systems and readers do not tell `Blob` from `blob`. Names in `taken` count as used.
 */
export function uniqueNames(taken: Iterable<string> = []): (name: string) => string {
  const used = new Set(Array.from(taken, (name) => name.toLowerCase()));
  return (name) => {
    let candidate = name;
    for (let n = 2; used.has(candidate.toLowerCase()); n++) candidate = `${name}${String(n)}`;
    used.add(candidate.toLowerCase());
    return candidate;
  };
}

function legal(name: string): string {
  return /^[\p{ID_Start}_]/u.test(name) ? name : `_${name}`;
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function lowerFirst(word: string): string {
  // An acronym goes down as a whole: `URLParser` → words `URL`, `Parser` → `urlParser`.
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}
